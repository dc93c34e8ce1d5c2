package org.civicswitch.ledger;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a run operates on: mostly what is there and near a limit, at times what is hostile. */
final class LedgerChoices {
  private final SplittableRandom random;
  private final LedgerOracle oracle;

  LedgerChoices(final SplittableRandom random, final LedgerOracle oracle) {
    this.random = random;
    this.oracle = oracle;
  }

  int asset() {
    return random.nextInt(20) == 0 ? hostile() : 1 + random.nextInt(oracle.assets.size() + 1);
  }

  int account() {
    if (random.nextInt(4) > 0 && !oracle.accounts.isEmpty()) {
      return someOf(oracle.accounts);
    }
    return random.nextInt(10) == 0 ? hostile() : 1 + random.nextInt(30);
  }

  /** Mostly an account of the same asset. */
  int partner(final int account) {
    final LedgerOracle.Account known = oracle.accounts.get(account);
    int partner = account();
    for (int i = 0; known != null && i < 12; i++) {
      final LedgerOracle.Account other = oracle.accounts.get(partner);
      if (other != null && other.asset == known.asset && partner != account) {
        break;
      }
      partner = account();
    }
    return partner;
  }

  int pending() {
    if (random.nextInt(3) > 0 && !oracle.pendings.isEmpty()) {
      return someOf(oracle.pendings);
    }
    return random.nextInt(10) == 0 ? hostile() : 1 + random.nextInt(40);
  }

  private int someOf(final Map<Integer, ?> things) {
    return List.copyOf(things.keySet()).get(random.nextInt(things.size()));
  }

  private int hostile() {
    return new int[] {0, -1, 31, 64, 9_000, Integer.MAX_VALUE, Integer.MIN_VALUE}
        [random.nextInt(7)];
  }

  long amount(final int debit) {
    final LedgerOracle.Account account = oracle.accounts.get(debit);
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> 1;
      case 4, 5, 6, 7 -> 1 + random.nextInt(20);
      case 8, 9 ->
          account == null ? 1 : account.creditsPosted.subtract(account.debits()).longValue();
      case 10 ->
          account == null
              ? 1
              : account.creditsPosted.subtract(account.debits()).add(account.cap).longValue()
                  + random.nextInt(2);
      case 11 -> random.nextInt(3) - 1;
      case 12 -> Long.MAX_VALUE - random.nextInt(30);
      default -> new long[] {Long.MIN_VALUE, Long.MAX_VALUE / 2, -5}[random.nextInt(3)];
    };
  }

  long amountOf(final int pending) {
    final LedgerOracle.Pending known = oracle.pendings.get(pending);
    final long whole = known == null ? 1 : known.amount().longValueExact();
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3, 4 -> whole;
      case 5 -> whole / 2;
      case 6 -> whole == Long.MAX_VALUE ? whole : whole + 1;
      default -> new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}[random.nextInt(4)];
    };
  }

  long deadline(final long nowMs) {
    return random.nextInt(5) == 0 ? Ledger.NO_DEADLINE : nowMs + random.nextInt(300) - 5;
  }
}
