package org.civicswitch.ops.funds;

import java.time.LocalDate;
import java.util.List;

/**
 * One currency: whether the money of the switch is at the settlement bank. Amounts are minor units.
 *
 * @param account at the settlement bank; empty before the first statement
 * @param statement id of the last one; empty before the first
 * @param closingDate of the last one; null before the first
 * @param atBank its closing balance
 * @param inSwitch what entered less what left, so positions, programme cash and vouchers together
 * @param reservedOut instructed to leave, not confirmed; still in {@code inSwitch}
 * @param awaiting of {@code inSwitch}: moved on or after the last day of the last statement, so the
 *     next one will show it
 * @param matched entries of statements that are movements of the switch
 */
public record FundsReport(
    String currency,
    String account,
    String statement,
    LocalDate closingDate,
    long atBank,
    long inSwitch,
    long reservedOut,
    long awaiting,
    int matched,
    List<Break> breaks) {

  /** What breaks do not explain; anything but zero is a defect of this comparison itself. */
  public long unexplained() {
    return atBank - (inSwitch - awaiting) - breaks.stream().mapToLong(Break::amount).sum();
  }

  /** Whether bank and switch agree, up to what the next statement will show. */
  public boolean agrees() {
    return breaks.isEmpty() && unexplained() == 0;
  }
}
