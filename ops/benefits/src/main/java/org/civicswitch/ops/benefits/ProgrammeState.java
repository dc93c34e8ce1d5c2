package org.civicswitch.ops.benefits;

/**
 * A programme and its money as the feed last told. Amounts in minor units.
 *
 * @param currency ISO 4217 letters of its cash
 * @param exponent decimals of that currency
 * @param cash not paid out, committed included
 * @param authority not spent, committed included
 * @param committed of cash, and as much of authority: held by released envelopes
 */
public record ProgrammeState(
    int programme,
    String code,
    int payingParticipant,
    String currency,
    int exponent,
    long cash,
    long authority,
    long committed,
    long spent,
    long voucherReserve) {

  /** What the next release may take of the budget. */
  public long freeAuthority() {
    return authority - committed;
  }

  /** What the next release may take of the cash. */
  public long freeCash() {
    return cash - committed;
  }
}
