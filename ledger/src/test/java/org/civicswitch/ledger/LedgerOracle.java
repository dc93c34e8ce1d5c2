package org.civicswitch.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the documentation of the ledger says, with plain collections and numbers without end, slow
 * and obvious: every refusal that applies is collected, and the lowest is the answer. Handles are
 * the ledger's; the oracle only remembers them.
 */
final class LedgerOracle {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  static final class Asset {
    int number;
    int rules;
  }

  static final class Account {
    long idHi;
    long idLo;
    int asset;
    int flags;
    BigInteger cap = BigInteger.ZERO;
    BigInteger debitsPosted = BigInteger.ZERO;
    BigInteger creditsPosted = BigInteger.ZERO;
    BigInteger debitsPending = BigInteger.ZERO;
    BigInteger creditsPending = BigInteger.ZERO;

    boolean is(final int flag) {
      return (flags & flag) == flag;
    }

    BigInteger debits() {
      return debitsPosted.add(debitsPending);
    }

    BigInteger credits() {
      return creditsPosted.add(creditsPending);
    }

    boolean isEmpty() {
      return debitsPosted.equals(creditsPosted)
          && debitsPending.signum() == 0
          && creditsPending.signum() == 0;
    }

    Account copy() {
      final Account copy = new Account();
      copy.idHi = idHi;
      copy.idLo = idLo;
      copy.asset = asset;
      copy.flags = flags;
      copy.cap = cap;
      copy.debitsPosted = debitsPosted;
      copy.creditsPosted = creditsPosted;
      copy.debitsPending = debitsPending;
      copy.creditsPending = creditsPending;
      return copy;
    }
  }

  record Pending(int debit, int credit, BigInteger amount, long deadlineMs, long sequence) {}

  final Map<Integer, Asset> assets = new TreeMap<>();
  final Map<Integer, Account> accounts = new TreeMap<>();
  final Map<Integer, Pending> pendings = new TreeMap<>();
  int accountCapacity;
  int pendingCapacity;
  int assetCapacity;

  /** For trying a chain; assets are shared, a chain does not change them. */
  LedgerOracle copy() {
    final LedgerOracle copy = new LedgerOracle();
    copy.assets.putAll(assets);
    accounts.forEach((handle, account) -> copy.accounts.put(handle, account.copy()));
    copy.pendings.putAll(pendings);
    copy.accountCapacity = accountCapacity;
    copy.pendingCapacity = pendingCapacity;
    copy.assetCapacity = assetCapacity;
    return copy;
  }

  void adopt(final LedgerOracle other) {
    accounts.clear();
    accounts.putAll(other.accounts);
    pendings.clear();
    pendings.putAll(other.pendings);
  }

  private static int lowest(final NavigableSet<Integer> refusals) {
    return refusals.isEmpty() ? LedgerResult.OK : refusals.first();
  }

  int define(final int number, final int rules) {
    final NavigableSet<Integer> no = new TreeSet<>();
    if (assets.size() >= assetCapacity) {
      no.add(LedgerResult.CAPACITY);
    }
    if (assets.values().stream().anyMatch(a -> a.number == number)) {
      no.add(LedgerResult.ASSET_EXISTS);
    }
    if (rules < 0 || rules > 255) {
      no.add(LedgerResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  int open(
      final long idHi, final long idLo, final int assetHandle, final int flags, final long cap) {
    final NavigableSet<Integer> no = new TreeSet<>();
    if (accounts.size() >= accountCapacity) {
      no.add(LedgerResult.CAPACITY);
    }
    if (accounts.values().stream().anyMatch(a -> a.idHi == idHi && a.idLo == idLo)) {
      no.add(LedgerResult.ACCOUNT_EXISTS);
    }
    final boolean strict = (flags & AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS) != 0;
    final boolean issuer = (flags & AccountFlags.ISSUER) != 0;
    final boolean creditLimit = (flags & AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS) != 0;
    final Asset asset = assets.get(assetHandle);
    if (asset == null) {
      no.add(LedgerResult.ASSET_UNKNOWN);
    } else {
      if ((asset.rules & AssetRules.RETIRED) != 0) {
        no.add(LedgerResult.ASSET_RETIRED);
      }
      final boolean another =
          accounts.values().stream()
              .anyMatch(a -> a.asset == assetHandle && a.is(AccountFlags.ISSUER));
      if ((asset.rules & AssetRules.UNIQUE) != 0 && (issuer ? another : !strict)) {
        no.add(LedgerResult.ASSET_RULE);
      }
    }
    if ((idHi == 0 && idLo == 0)
        || flags < 0
        || flags > 7
        || (strict && creditLimit)
        || (strict && issuer)
        || cap < 0) {
      no.add(LedgerResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  /** For freezing, unfreezing and the cap: open accounts only. */
  int ofOpenAccount(final int handle) {
    final Account account = accounts.get(handle);
    if (account == null) {
      return LedgerResult.ACCOUNT_UNKNOWN;
    }
    return account.is(AccountFlags.CLOSED) ? LedgerResult.ACCOUNT_CLOSED : LedgerResult.OK;
  }

  int close(final int handle) {
    final int result = ofOpenAccount(handle);
    if (result != LedgerResult.OK) {
      return result;
    }
    return accounts.get(handle).isEmpty() ? LedgerResult.OK : LedgerResult.ACCOUNT_NOT_EMPTY;
  }

  int remove(final int handle) {
    final Account account = accounts.get(handle);
    if (account == null) {
      return LedgerResult.ACCOUNT_UNKNOWN;
    }
    return account.isEmpty() ? LedgerResult.OK : LedgerResult.ACCOUNT_NOT_EMPTY;
  }

  int move(final boolean reserve, final int debit, final int credit, final long units) {
    final NavigableSet<Integer> no = new TreeSet<>();
    if (reserve && pendings.size() >= pendingCapacity) {
      no.add(LedgerResult.CAPACITY);
    }
    final Account d = accounts.get(debit);
    final Account c = accounts.get(credit);
    if (d == null || c == null) {
      no.add(LedgerResult.ACCOUNT_UNKNOWN);
      return lowest(no);
    }
    if (d.asset != c.asset) {
      no.add(LedgerResult.ASSETS_DIFFER);
      return lowest(no);
    }
    final BigInteger amount = BigInteger.valueOf(units);
    final int rules = assets.get(d.asset).rules;
    if ((rules & AssetRules.RETIRED) != 0 && !c.is(AccountFlags.ISSUER)) {
      no.add(LedgerResult.ASSET_RETIRED);
    }
    if ((rules & AssetRules.FROZEN) != 0) {
      no.add(LedgerResult.ASSET_FROZEN);
    }
    if (breaksRule(rules, d, c, amount)) {
      no.add(LedgerResult.ASSET_RULE);
    }
    if (d.is(AccountFlags.CLOSED) || c.is(AccountFlags.CLOSED)) {
      no.add(LedgerResult.ACCOUNT_CLOSED);
    }
    if (d.is(AccountFlags.FROZEN) || c.is(AccountFlags.FROZEN)) {
      no.add(LedgerResult.ACCOUNT_FROZEN);
    }
    if (amount.signum() <= 0) {
      no.add(LedgerResult.AMOUNT_NOT_POSITIVE);
    }
    final BigInteger debits = d.debits().add(amount);
    final BigInteger credits = c.credits().add(amount);
    if (debits.compareTo(MAX) > 0 || credits.compareTo(MAX) > 0) {
      no.add(LedgerResult.AMOUNT_OVERFLOW);
    }
    if (debit == credit) {
      no.add(LedgerResult.SAME_ACCOUNT);
    }
    if (d.is(AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS)) {
      if (debits.compareTo(d.creditsPosted) > 0) {
        no.add(LedgerResult.INSUFFICIENT_FUNDS);
      }
    } else if (!d.is(AccountFlags.ISSUER) && debits.compareTo(d.creditsPosted.add(d.cap)) > 0) {
      no.add(LedgerResult.NET_DEBIT_CAP);
    }
    if (c.is(AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS)
        && credits.compareTo(c.debitsPosted) > 0) {
      no.add(LedgerResult.CREDIT_LIMIT);
    }
    return lowest(no);
  }

  private static boolean breaksRule(
      final int rules, final Account d, final Account c, final BigInteger amount) {
    final boolean fromIssuer = d.is(AccountFlags.ISSUER);
    final boolean toIssuer = c.is(AccountFlags.ISSUER);
    final List<Boolean> broken = new ArrayList<>();
    if ((rules & AssetRules.INDIVISIBLE) != 0 && !fromIssuer) {
      final BigInteger all = d.creditsPosted.subtract(d.debitsPosted);
      broken.add(!amount.equals(all) || d.debitsPending.signum() != 0);
    }
    if ((rules & AssetRules.NOT_TRANSFERABLE) != 0) {
      broken.add(!fromIssuer && !toIssuer);
    }
    if ((rules & AssetRules.UNIQUE) != 0) {
      broken.add(!amount.equals(BigInteger.ONE));
      final BigInteger out = d.debits().subtract(d.creditsPosted);
      broken.add(fromIssuer && out.compareTo(BigInteger.ONE) >= 0);
    }
    if ((rules & AssetRules.ONE_PER_HOLDER) != 0 && !toIssuer) {
      final BigInteger then = c.credits().subtract(c.debitsPosted).add(amount);
      broken.add(then.compareTo(BigInteger.ONE) > 0);
    }
    return broken.contains(true);
  }

  void doReserve(final int handle, final Pending pending) {
    final Account d = accounts.get(pending.debit());
    final Account c = accounts.get(pending.credit());
    d.debitsPending = d.debitsPending.add(pending.amount());
    c.creditsPending = c.creditsPending.add(pending.amount());
    pendings.put(handle, pending);
  }

  void doTransfer(final int debit, final int credit, final BigInteger amount) {
    final Account d = accounts.get(debit);
    final Account c = accounts.get(credit);
    d.debitsPosted = d.debitsPosted.add(amount);
    c.creditsPosted = c.creditsPosted.add(amount);
  }

  /** Ends a reservation, of which this much is posted. */
  void doSettle(final int handle, final BigInteger posted) {
    final Pending pending = pendings.remove(handle);
    final Account d = accounts.get(pending.debit());
    final Account c = accounts.get(pending.credit());
    d.debitsPending = d.debitsPending.subtract(pending.amount());
    c.creditsPending = c.creditsPending.subtract(pending.amount());
    doTransfer(pending.debit(), pending.credit(), posted);
  }

  int post(final int handle, final long units, final long nowMs) {
    final Pending pending = pendings.get(handle);
    if (pending == null) {
      return LedgerResult.PENDING_UNKNOWN;
    }
    final NavigableSet<Integer> no = new TreeSet<>();
    final BigInteger amount = BigInteger.valueOf(units);
    final int rules = assets.get(accounts.get(pending.debit()).asset).rules;
    if ((rules & AssetRules.INDIVISIBLE) != 0 && !amount.equals(pending.amount())) {
      no.add(LedgerResult.ASSET_RULE);
    }
    if (amount.signum() <= 0) {
      no.add(LedgerResult.AMOUNT_NOT_POSITIVE);
    }
    if (amount.compareTo(pending.amount()) > 0) {
      no.add(LedgerResult.AMOUNT_EXCEEDS_PENDING);
    }
    if (nowMs >= pending.deadlineMs()) {
      no.add(LedgerResult.DEADLINE_PASSED);
    }
    return lowest(no);
  }

  int voidPending(final int handle) {
    return pendings.containsKey(handle) ? LedgerResult.OK : LedgerResult.PENDING_UNKNOWN;
  }

  int expire(final int handle, final long nowMs) {
    final Pending pending = pendings.get(handle);
    if (pending == null) {
      return LedgerResult.PENDING_UNKNOWN;
    }
    return nowMs < pending.deadlineMs() ? LedgerResult.NOT_DUE : LedgerResult.OK;
  }
}
