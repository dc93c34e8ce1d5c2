package org.civicswitch.gateway.kit.keys;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * A person's identifier or alias in its one canonical form, {@code type:value@provider}. Two ways
 * of writing the same thing give the same text and so the same token: no case, no blanks,
 * compatible characters folded; telephone numbers with their country code and nothing but digits.
 *
 * @param text the canonical form
 */
public record PersonId(String text) {
  /** The longest identifier as written. */
  public static final int MAX_CHARACTERS = 256;

  private static final Set<String> PHONE_TYPES = Set.of("phone", "msisdn", "tel", "mobile");
  private static final String PHONE = "phone";

  /**
   * Reads {@code type:value} or {@code type:value@provider}.
   *
   * @throws IllegalArgumentException saying what is wrong, never repeating the value
   */
  public static PersonId parse(String written) {
    if (written.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException("an identifier has at most 256 characters");
    }
    final String folded =
        Normalizer.normalize(written, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s\\p{Cf}\\p{Z}]", "");
    final int colon = folded.indexOf(':');
    if (colon < 1 || colon == folded.length() - 1) {
      throw new IllegalArgumentException("an identifier is type:value or type:value@provider");
    }
    final String type = folded.substring(0, colon);
    if (!type.matches("[a-z][a-z0-9_-]*")) {
      throw new IllegalArgumentException("an identifier's type is letters, digits, - and _");
    }
    final String rest = folded.substring(colon + 1);
    return PHONE_TYPES.contains(type)
        ? new PersonId(PHONE + ":" + phone(rest))
        : new PersonId(folded);
  }

  /** The part before the colon. */
  public String type() {
    return text.substring(0, text.indexOf(':'));
  }

  private static String phone(String written) {
    // The operator behind @ does not name the person: numbers are ported.
    final int at = written.indexOf('@');
    String number = (at < 0 ? written : written.substring(0, at)).replaceAll("[-()./]", "");
    if (number.startsWith("00")) {
      number = "+" + number.substring(2);
    }
    if (!number.matches("\\+[1-9][0-9]{6,14}")) {
      throw new IllegalArgumentException(
          "a telephone number is + or 00, country code and number, 7 to 15 digits");
    }
    return number;
  }

  /** Never the identifier itself: it must not get into a log by accident. */
  @Override
  public String toString() {
    return type() + ":***";
  }
}
