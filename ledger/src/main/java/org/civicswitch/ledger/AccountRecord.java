package org.civicswitch.ledger;

import static org.civicswitch.ledger.AccountFlags.CLOSED;
import static org.civicswitch.ledger.AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS;
import static org.civicswitch.ledger.AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS;
import static org.civicswitch.ledger.AccountFlags.FROZEN;
import static org.civicswitch.ledger.AccountFlags.ISSUER;
import static org.civicswitch.ledger.LedgerResult.OK;

/**
 * One account in eight words, and every rule of a move between two of them. The words lie at a
 * place in an array: in the ledger's own pages, or in the scratch of a chain of linked transfers,
 * so that both are judged by the same code.
 *
 * <p>Totals only grow, except the pending ones; posted + pending stays below 2^63 on either side,
 * which is why the differences taken here cannot overflow.
 */
final class AccountRecord {
  static final int WORDS = 8;
  static final int ID_HI = 0;
  static final int ID_LO = 1;
  static final int DEBITS_POSTED = 2;
  static final int CREDITS_POSTED = 3;
  static final int DEBITS_PENDING = 4;
  static final int CREDITS_PENDING = 5;
  static final int NET_DEBIT_CAP = 6;

  /** Asset handle in the high half, flags in the low one; zero in a record that is not in use. */
  static final int ASSET_AND_FLAGS = 7;

  private AccountRecord() {}

  static long assetAndFlags(final int asset, final int flags) {
    return ((long) asset << 32) | flags;
  }

  static int flags(final long[] a, final int at) {
    return (int) a[at + ASSET_AND_FLAGS];
  }

  static boolean has(final long[] a, final int at, final int flag) {
    return (flags(a, at) & flag) != 0;
  }

  /** Posted and pending debits. */
  static long debits(final long[] a, final int at) {
    return a[at + DEBITS_POSTED] + a[at + DEBITS_PENDING];
  }

  /** Posted and pending credits. */
  static long credits(final long[] a, final int at) {
    return a[at + CREDITS_POSTED] + a[at + CREDITS_PENDING];
  }

  /** Whether an amount may move from d to c, by rules of their one asset, state and limits. */
  static int checkMove(
      final long[] d,
      final int dAt,
      final long[] c,
      final int cAt,
      final boolean sameAccount,
      final int rules,
      final long amount) {
    if ((rules & AssetRules.RETIRED) != 0 && !has(c, cAt, ISSUER)) {
      return LedgerResult.ASSET_RETIRED;
    }
    if ((rules & AssetRules.FROZEN) != 0) {
      return LedgerResult.ASSET_FROZEN;
    }
    if (rules != 0 && !rulesAllow(d, dAt, c, cAt, rules, amount)) {
      return LedgerResult.ASSET_RULE;
    }
    final int either = flags(d, dAt) | flags(c, cAt);
    if ((either & CLOSED) != 0) {
      return LedgerResult.ACCOUNT_CLOSED;
    }
    if ((either & FROZEN) != 0) {
      return LedgerResult.ACCOUNT_FROZEN;
    }
    if (amount <= 0) {
      return LedgerResult.AMOUNT_NOT_POSITIVE;
    }
    if (amount > Long.MAX_VALUE - debits(d, dAt) || amount > Long.MAX_VALUE - credits(c, cAt)) {
      return LedgerResult.AMOUNT_OVERFLOW;
    }
    if (sameAccount) {
      return LedgerResult.SAME_ACCOUNT;
    }
    return checkLimits(d, dAt, c, cAt, amount);
  }

  private static int checkLimits(
      final long[] d, final int dAt, final long[] c, final int cAt, final long amount) {
    final int flags = flags(d, dAt);
    if ((flags & ISSUER) == 0) {
      final long netDebit = debits(d, dAt) + amount - d[dAt + CREDITS_POSTED];
      if ((flags & DEBITS_MUST_NOT_EXCEED_CREDITS) != 0) {
        if (netDebit > 0) {
          return LedgerResult.INSUFFICIENT_FUNDS;
        }
      } else if (netDebit > d[dAt + NET_DEBIT_CAP]) {
        return LedgerResult.NET_DEBIT_CAP;
      }
    }
    if (has(c, cAt, CREDITS_MUST_NOT_EXCEED_DEBITS)
        && credits(c, cAt) + amount > c[cAt + DEBITS_POSTED]) {
      return LedgerResult.CREDIT_LIMIT;
    }
    return OK;
  }

  private static boolean rulesAllow(
      final long[] d,
      final int dAt,
      final long[] c,
      final int cAt,
      final int rules,
      final long amount) {
    final boolean issue = has(d, dAt, ISSUER);
    final boolean redemption = has(c, cAt, ISSUER);
    if ((rules & AssetRules.NOT_TRANSFERABLE) != 0 && !issue && !redemption) {
      return false;
    }
    if ((rules & AssetRules.UNIQUE) != 0
        && (amount != 1 || (issue && debits(d, dAt) - d[dAt + CREDITS_POSTED] >= 1))) {
      return false;
    }
    if ((rules & AssetRules.INDIVISIBLE) != 0
        && !issue
        && (d[dAt + DEBITS_PENDING] != 0
            || amount != d[dAt + CREDITS_POSTED] - d[dAt + DEBITS_POSTED])) {
      return false;
    }
    if ((rules & AssetRules.ONE_PER_HOLDER) != 0 && !redemption && amount > 0) {
      final long held = credits(c, cAt) - c[cAt + DEBITS_POSTED];
      return amount - 1 <= -held;
    }
    return true;
  }

  static void reserve(
      final long[] d, final int dAt, final long[] c, final int cAt, final long amount) {
    d[dAt + DEBITS_PENDING] += amount;
    c[cAt + CREDITS_PENDING] += amount;
  }

  static void release(
      final long[] d, final int dAt, final long[] c, final int cAt, final long amount) {
    d[dAt + DEBITS_PENDING] -= amount;
    c[cAt + CREDITS_PENDING] -= amount;
  }

  static void post(
      final long[] d, final int dAt, final long[] c, final int cAt, final long amount) {
    d[dAt + DEBITS_POSTED] += amount;
    c[cAt + CREDITS_POSTED] += amount;
  }
}
