package org.civicswitch.gateway.iso20022.message;

/** Whether an account number is an IBAN: its form and its two check digits (ISO 7064, mod 97). */
final class Ibans {
  private static final int LENGTH_MIN = 15;
  private static final int LENGTH_MAX = 34;

  private Ibans() {}

  static boolean isIban(String number) {
    int length = number.length();
    if (length < LENGTH_MIN
        || length > LENGTH_MAX
        || !isLetter(number.charAt(0))
        || !isLetter(number.charAt(1))
        || !isDigit(number.charAt(2))
        || !isDigit(number.charAt(3))) {
      return false;
    }
    int remainder = 0;
    for (int i = 0; i < length; i++) {
      char c = number.charAt((i + 4) % length);
      if (isDigit(c)) {
        remainder = (remainder * 10 + c - '0') % 97;
      } else if (isLetter(c)) {
        remainder = (remainder * 100 + c - 'A' + 10) % 97;
      } else {
        return false;
      }
    }
    return remainder == 1;
  }

  private static boolean isLetter(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
