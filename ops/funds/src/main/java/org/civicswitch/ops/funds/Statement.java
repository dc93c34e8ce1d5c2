package org.civicswitch.ops.funds;

import java.time.LocalDate;
import java.util.List;

/**
 * What a settlement bank says of an account from one balance to the next. Amounts are minor units,
 * what the account owns positive. Its entries lead from the opening to the closing balance.
 *
 * @param id the bank's own
 * @param account as the bank writes it
 * @param currency ISO 4217 code
 * @param openingDate day of the opening balance
 * @param closingDate last day that it covers
 */
public record Statement(
    String id,
    String account,
    String currency,
    LocalDate openingDate,
    long opening,
    LocalDate closingDate,
    long closing,
    List<Entry> entries) {

  /**
   * One booking.
   *
   * @param place where it is in the file, for people
   * @param booked the day
   * @param amount above zero when money came in
   * @param references everything that may name it, in the order of the file
   */
  public record Entry(String place, LocalDate booked, long amount, List<String> references) {}

  /** Most entries of one file. */
  static final int ENTRIES_MAX = 1_000_000;

  /**
   * Checks that it is whole.
   *
   * @throws StatementRefused if the entries do not lead from one balance to the other
   */
  Statement whole() throws StatementRefused {
    final long balance;
    try {
      balance = sum();
    } catch (final ArithmeticException e) {
      throw new StatementRefused(
          "statement " + id + ": its amounts add up to more than can be counted");
    }
    if (balance != closing) {
      throw new StatementRefused(
          "statement "
              + id
              + ": opening balance and entries come to "
              + StatementAmounts.text(balance, currency)
              + ", the closing balance says "
              + StatementAmounts.text(closing, currency));
    }
    if (closingDate.isBefore(openingDate)) {
      throw new StatementRefused(
          "statement " + id + ": closes on " + closingDate + ", before it opens on " + openingDate);
    }
    return this;
  }

  private long sum() {
    long balance = opening;
    for (final Entry entry : entries) {
      balance = Math.addExact(balance, entry.amount);
    }
    return balance;
  }

  /**
   * The first day that it covers. Banks date an opening balance by that day, or by the day before,
   * whose closing balance it was: then nothing is booked on it.
   */
  LocalDate firstDay() {
    final boolean dayBefore =
        openingDate.isBefore(closingDate)
            && entries.stream().noneMatch(entry -> !entry.booked.isAfter(openingDate));
    return dayBefore ? openingDate.plusDays(1) : openingDate;
  }
}
