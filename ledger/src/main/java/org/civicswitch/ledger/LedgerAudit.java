package org.civicswitch.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.civicswitch.memory.RecordStore;

/** One walk over everything a ledger holds, with sums that cannot overflow. */
final class LedgerAudit {
  private static final String[] SIDES = {
    "debits posted", "credits posted", "debits pending", "credits pending"
  };

  private final Ledger ledger;
  private final Assets assets;
  private final Accounts accounts;
  private final RecordStore pendings;
  private final List<String> wrong = new ArrayList<>();
  private final BigInteger[][] sums;
  private final long[] reservedDebits;
  private final long[] reservedCredits;

  LedgerAudit(
      final Ledger ledger,
      final Assets assets,
      final Accounts accounts,
      final RecordStore pendings) {
    this.ledger = ledger;
    this.assets = assets;
    this.accounts = accounts;
    this.pendings = pendings;
    sums = new BigInteger[assets.count() + 1][SIDES.length];
    for (final BigInteger[] row : sums) {
      Arrays.fill(row, BigInteger.ZERO);
    }
    reservedDebits = new long[accounts.records().highWater() + 1];
    reservedCredits = new long[accounts.records().highWater() + 1];
  }

  List<String> run() {
    pendings.forEach(this::addPending);
    accounts.records().forEach(this::addAccount);
    for (int asset = 1; asset < sums.length; asset++) {
      compare(asset, 0);
      compare(asset, 2);
    }
    return wrong;
  }

  private void addPending(final int pending) {
    final int debit = ledger.pendingDebit(pending);
    final int credit = ledger.pendingCredit(pending);
    if (!accounts.isKnown(debit) || !accounts.isKnown(credit)) {
      wrong.add("reservation " + pending + " names an account that is not there");
      return;
    }
    // Wraps only if the account's own total does, which is then found to be negative.
    reservedDebits[debit] += ledger.pendingAmount(pending);
    reservedCredits[credit] += ledger.pendingAmount(pending);
  }

  private void addAccount(final int account) {
    final int asset = accounts.asset(account);
    if (!assets.isKnown(asset)) {
      wrong.add("account " + account + " names an asset that is not there");
      return;
    }
    add(account, sums[asset], 0, accounts.debitsPosted(account));
    add(account, sums[asset], 1, accounts.creditsPosted(account));
    add(account, sums[asset], 2, accounts.debitsPending(account));
    add(account, sums[asset], 3, accounts.creditsPending(account));
    if (accounts.debitsPending(account) != reservedDebits[account]) {
      wrong.add("account " + account + ": debits pending are not those reserved");
    }
    if (accounts.creditsPending(account) != reservedCredits[account]) {
      wrong.add("account " + account + ": credits pending are not those reserved");
    }
  }

  private void add(final int account, final BigInteger[] row, final int side, final long value) {
    if (value < 0) {
      wrong.add("account " + account + ": " + SIDES[side] + " negative");
    }
    row[side] = row[side].add(BigInteger.valueOf(value));
  }

  private void compare(final int asset, final int side) {
    if (!sums[asset][side].equals(sums[asset][side + 1])) {
      wrong.add(
          "asset "
              + Integer.toUnsignedString(assets.number(asset))
              + ": "
              + SIDES[side]
              + " "
              + sums[asset][side]
              + ", "
              + SIDES[side + 1]
              + " "
              + sums[asset][side + 1]);
    }
  }
}
