package org.civicswitch.core.engine;

/** The high words of ledger account ids: what an account is for. The low word says whose. */
final class AccountIds {
  /** Low word: the asset. */
  static final long ISSUER = 1;

  /** Low word: participant in the high half, asset in the low half. */
  static final long POSITION = 2;

  /** Low word: programme in the high half, asset in the low half. */
  static final long PROGRAMME = 3;

  /** Low word: programme in the high half, asset in the low half. */
  static final long PROGRAMME_SPENT = 4;

  /** Low word: programme in the high half, asset in the low half. */
  static final long VOUCHER_RESERVE = 5;

  /** Low word: programme in the high half, asset in the low half. */
  static final long PROGRAMME_COMMITTED = 6;

  /** Low word: handle of the voucher. */
  static final long VOUCHER = 7;

  /** What a participant has under deferred models. Low word as of {@link #POSITION}. */
  static final long DEFERRED_POSITION = 8;

  /** Low word as of {@link #POSITION}. */
  static final long COLLATERAL = 9;

  /** Low word: the asset. */
  static final long SETTLEMENT = 10;

  /** Low word: the asset. */
  static final long DEFAULT_FUND = 11;

  private AccountIds() {}

  static long owned(final int owner, final int asset) {
    return ((long) owner << 32) | Integer.toUnsignedLong(asset);
  }
}
