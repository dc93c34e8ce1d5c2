package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;

/** Hears what becomes of payments that pay a disbursement line. */
interface LineFates {
  void settled(int payment);

  /** Refused by the creditor agent (code REJECTED_BY_CREDITOR), or expired (DEADLINE_PASSED). */
  void rejected(int payment, Code code);

  /** Whether the totals of the budget line have room for an amount that is given back. */
  boolean canTakeBack(int payment, long amount);

  /**
   * An amount was given back to the account that paid.
   *
   * @return whether budget authority was restored too
   */
  boolean returned(int payment, long amount);

  /** The payment's record is about to be forgotten. */
  void forgotten(int payment);
}
