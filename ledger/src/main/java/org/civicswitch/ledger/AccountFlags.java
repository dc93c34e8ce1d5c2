package org.civicswitch.ledger;

/** Limits and state of an account, one bit each. */
public final class AccountFlags {
  /**
   * Posted and pending debits stay within posted credits; the net debit cap is not looked at. A
   * refusal is {@link LedgerResult#INSUFFICIENT_FUNDS}.
   */
  public static final int DEBITS_MUST_NOT_EXCEED_CREDITS = 1;

  /** Posted and pending credits stay within posted debits. */
  public static final int CREDITS_MUST_NOT_EXCEED_DEBITS = 1 << 1;

  /** The source of units: no limit on debits, and the other side of issue and redemption. */
  public static final int ISSUER = 1 << 2;

  /** Set by {@link Ledger#freeze}; not to be given at opening. */
  public static final int FROZEN = 1 << 3;

  /** Set by {@link Ledger#close}; not to be given at opening. */
  public static final int CLOSED = 1 << 4;

  static final int AT_OPENING =
      DEBITS_MUST_NOT_EXCEED_CREDITS | CREDITS_MUST_NOT_EXCEED_DEBITS | ISSUER;

  private AccountFlags() {}

  /** Whether an account may be opened so. No account could be used under both limits. */
  static boolean valid(final int flags) {
    return (flags & ~AT_OPENING) == 0
        && (flags & (DEBITS_MUST_NOT_EXCEED_CREDITS | CREDITS_MUST_NOT_EXCEED_DEBITS))
            != (DEBITS_MUST_NOT_EXCEED_CREDITS | CREDITS_MUST_NOT_EXCEED_DEBITS)
        && (flags & (DEBITS_MUST_NOT_EXCEED_CREDITS | ISSUER))
            != (DEBITS_MUST_NOT_EXCEED_CREDITS | ISSUER);
  }
}
