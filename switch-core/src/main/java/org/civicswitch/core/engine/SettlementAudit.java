package org.civicswitch.core.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.civicswitch.core.protocol.WindowState;

/**
 * Whether deferred settlement is sound: windows sum to zero, and every deferred position is what
 * the windows that are not settled say. Slow; for checks.
 */
final class SettlementAudit {
  private final Core core;
  private final Windows windows;
  private final Obligations obligations;
  private final List<String> problems;

  /** What deferred positions must be, by position. */
  private final long[] nets;

  private final Map<Long, Long> sums = new TreeMap<>();
  private int seen;
  private int pending;

  SettlementAudit(final Core core, final Settlement settlement, final List<String> problems) {
    this.core = core;
    windows = settlement.windows;
    obligations = settlement.obligations;
    this.problems = problems;
    nets = new long[core.positions.records().highWater() + 1];
  }

  /** Returns how many reservations obligations hold. */
  int run() {
    windows.records().forEach(this::window);
    if (seen != obligations.records().size()) {
      problems.add(
          "obligations: " + seen + " in windows, " + obligations.records().size() + " kept");
    }
    final Netting netting = core.deferred.netting;
    netting.records().forEach(n -> count(netting.parties(n), netting.net(n)));
    core.positions.records().forEach(this::position);
    final SettlementAccounts accounts = core.deferred.accounts;
    accounts
        .records()
        .forEach(
            handle -> {
              final long rest =
                  core.ledger.accounts().balance(accounts.settlement(handle))
                      + sums.getOrDefault((long) accounts.asset(handle), 0L);
              if (rest != 0) {
                problems.add(
                    "asset " + accounts.asset(handle) + ": deferred positions sum to " + rest);
              }
            });
    return pending;
  }

  private void count(final long parties, final long net) {
    nets[(int) (parties >>> 32)] += net;
    if ((int) parties != 0) {
      nets[(int) parties] -= net;
    }
  }

  private void window(final int window) {
    final Map<Integer, Long> byAsset = new TreeMap<>();
    int count = 0;
    for (int o = windows.first(window); o != 0; o = obligations.next(o)) {
      count++;
      count(Netting.parties(obligations.position(o), obligations.other(o)), obligations.net(o));
      if (obligations.other(o) == 0) {
        byAsset.merge(core.positions.asset(obligations.position(o)), obligations.net(o), Long::sum);
      }
      if (obligations.window(o) != windows.number(window)) {
        problems.add("window " + windows.number(window) + " holds an obligation of another");
      }
      covers(o);
    }
    seen += count;
    final WindowState state = windows.state(window);
    if (state == WindowState.CLOSING || state == WindowState.SETTLING) {
      return;
    }
    if (count != windows.count(window)) {
      problems.add("window " + windows.number(window) + " lacks obligations");
    }
    byAsset.forEach(
        (asset, sum) -> {
          if (sum != 0) {
            problems.add(
                "window " + windows.number(window) + ", asset " + asset + " sums to " + sum);
          }
        });
  }

  private void covers(final int obligation) {
    long covered = 0;
    for (int from = Obligations.FROM_COLLATERAL; from <= Obligations.FROM_FUND; from++) {
      final int reservation = obligations.cover(obligation, from);
      if (reservation != 0) {
        pending++;
        covered += core.ledger.pendingAmount(reservation);
      }
    }
    if (covered != 0 && covered != Math.abs(obligations.net(obligation))) {
      problems.add("obligation " + obligation + " is covered by " + covered);
    }
  }

  private void position(final int position) {
    final int account = core.positions.deferred(position);
    if (account == 0) {
      return;
    }
    final long balance = core.ledger.accounts().balance(account);
    sums.merge((long) core.positions.asset(position), balance, Long::sum);
    if (balance != nets[position]) {
      problems.add(
          "deferred position "
              + position
              + " is "
              + balance
              + ", its windows say "
              + nets[position]);
    }
  }
}
