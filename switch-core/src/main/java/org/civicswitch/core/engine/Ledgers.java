package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.ledger.LedgerResult;

/** What the ledger answers, in the engine's words. */
final class Ledgers {
  private Ledgers() {}

  /** A handle that must have been given, because everything was checked before. */
  static int made(final int handle) {
    if (handle <= 0) {
      throw new IllegalStateException("the ledger refused: " + LedgerResult.name(-handle));
    }
    return handle;
  }

  /** A change that must have been made, because everything was checked before. */
  static void done(final int result) {
    if (result != LedgerResult.OK) {
      throw new IllegalStateException("the ledger refused: " + LedgerResult.name(result));
    }
  }

  /**
   * The refusal of a move.
   *
   * @param debit an account with a cap of zero has no cap to exceed: it lacks funds
   */
  static Code code(final Ledger ledger, final int result, final int debit) {
    switch (result) {
      case LedgerResult.OK:
        return Code.OK;
      case LedgerResult.CAPACITY:
        return Code.CAPACITY;
      case LedgerResult.ASSET_UNKNOWN:
        return Code.ASSET_UNKNOWN;
      case LedgerResult.ASSET_EXISTS:
        return Code.ASSET_EXISTS;
      case LedgerResult.ACCOUNT_UNKNOWN:
        return Code.ACCOUNT_UNKNOWN;
      case LedgerResult.ACCOUNT_EXISTS:
        return Code.ACCOUNT_EXISTS;
      case LedgerResult.ASSET_RETIRED:
        return Code.ASSET_RETIRED;
      case LedgerResult.ASSET_FROZEN:
        return Code.ASSET_FROZEN;
      case LedgerResult.ASSET_RULE:
        return Code.ASSET_RULE;
      case LedgerResult.ACCOUNT_CLOSED:
        return Code.ACCOUNT_CLOSED;
      case LedgerResult.ACCOUNT_FROZEN:
        return Code.ACCOUNT_FROZEN;
      case LedgerResult.AMOUNT_NOT_POSITIVE:
        return Code.AMOUNT_NOT_POSITIVE;
      case LedgerResult.AMOUNT_OVERFLOW:
        return Code.AMOUNT_OVERFLOW;
      case LedgerResult.SAME_ACCOUNT:
        return Code.SAME_AGENT;
      case LedgerResult.INSUFFICIENT_FUNDS:
        return Code.INSUFFICIENT_FUNDS;
      case LedgerResult.NET_DEBIT_CAP:
        return ledger.accounts().netDebitCap(debit) == 0
            ? Code.INSUFFICIENT_FUNDS
            : Code.NET_DEBIT_CAP;
      default:
        throw new IllegalStateException("not an answer to a move: " + LedgerResult.name(result));
    }
  }
}
