package org.civicswitch.ops.funds;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.civicswitch.gateway.kit.Digest256;

/**
 * Something that bank and switch do not agree on.
 *
 * @param id the same at every look, as long as it is the same entry or movement
 * @param amount minor units: by how much the bank says more than the switch; negative for less
 * @param reference as the bank writes it, or the switch's id of it
 * @param since the day of the booking or of the log
 * @param ageDays from then to the day asked for
 * @param where place in the statement, or sequence in the log
 * @param suggestion what a person could do, in words or as a command
 * @param booking that suggestion as a booking in the switch; null where it is another
 */
public record Break(
    String id,
    Kind kind,
    long amount,
    String reference,
    LocalDate since,
    long ageDays,
    String where,
    String suggestion,
    Booking booking) {
  /** Hexadecimal digits of an id. */
  public static final int ID_CHARACTERS = 12;

  /**
   * What the switch would have to book to agree with the bank.
   *
   * @param collateral lies there as collateral, or in the default fund
   * @param step as {@code operate} calls it
   * @param participant its code; empty when nobody can know whose it is, or for the default fund
   * @param amount minor units, above zero
   */
  public record Booking(
      boolean collateral, String step, String participant, long amount, String reference) {}

  /** Of what names it; what it comes to and what sort it is may change. */
  static String id(
      final String currency, final String reference, final LocalDate since, final String where) {
    final String named = String.join("\n", currency, reference, since.toString(), where);
    return Digest256.sha256(named.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, ID_CHARACTERS);
  }

  /** What sort of disagreement. */
  public enum Kind {
    /** The switch says that money came in or went out; the bank has not booked it. */
    NOT_AT_BANK("booked in the switch, not at the bank"),
    /** The bank has booked what the switch does not know of. */
    NOT_IN_SWITCH("booked at the bank, not in the switch"),
    /** The bank has paid out what the switch has reserved and nobody has confirmed. */
    NOT_CONFIRMED("paid out by the bank, not confirmed in the switch"),
    /** The same reference with another amount. */
    AMOUNT("another amount than in the switch"),
    /** The same reference twice at the bank. */
    TWICE("booked twice by the bank"),
    /** Booked, and taken back again by the bank. */
    TAKEN_BACK("taken back by the bank"),
    /** No statement has come that would show it, for days. */
    NO_STATEMENT("waits for a statement, for too long"),
    /** What was there before the first statement. */
    OPENING("before the first statement");

    private final String words;

    Kind(final String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
