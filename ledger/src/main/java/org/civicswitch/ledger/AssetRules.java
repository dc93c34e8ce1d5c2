package org.civicswitch.ledger;

/**
 * What may not be done with an asset, one bit each, numbered as on the wire. A holding is what an
 * account that is not an issuer has been credited and not debited.
 *
 * <p>All but {@link #FROZEN} and {@link #RETIRED} are fixed when the asset is defined.
 */
public final class AssetRules {
  /**
   * A holding moves whole: a debit of an account that is not an issuer is all it has, with nothing
   * reserved from it, and a reservation is posted in full or not at all.
   */
  public static final int INDIVISIBLE = 1;

  /** Only issue and redemption: one side of every move is an issuer. */
  public static final int NOT_TRANSFERABLE = 1 << 1;

  /**
   * There is one unit: every amount is 1, the asset has at most one issuer, the issuer has at most
   * one unit out, and nobody else's debits may exceed their credits.
   */
  public static final int UNIQUE = 1 << 2;

  /** An account that is not an issuer holds at most one unit, what is to come included. */
  public static final int ONE_PER_HOLDER = 1 << 3;

  /** Nothing new moves. What is reserved can still be posted, voided and expired. */
  public static final int FROZEN = 1 << 4;

  /** For ever: units move only back to an issuer, no account is opened. */
  public static final int RETIRED = 1 << 5;

  /** Kept for the engine, which owns time: units lose their validity. */
  public static final int EXPIRES = 1 << 6;

  /** Kept for the engine, which knows purposes: units are good for some payees only. */
  public static final int PURPOSE_BOUND = 1 << 7;

  static final int ALL = (1 << 8) - 1;

  private AssetRules() {}
}
