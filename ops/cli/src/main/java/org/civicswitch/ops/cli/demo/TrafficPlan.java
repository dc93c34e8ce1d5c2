package org.civicswitch.ops.cli.demo;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Which payment comes next. Amounts are log-normal, as real ones about are; of two banks drawn, the
 * one that has gained more pays, so that over time nobody runs dry. One thread at a time.
 */
final class TrafficPlan {
  static final long AMOUNT_MIN = 50;
  static final long AMOUNT_MAX = 25_000_00;

  /** Holders whose accounts take part at each bank. */
  static final int HOLDERS = 5_000;

  private static final double AMOUNT_MEDIAN = 42_00;
  private static final double AMOUNT_SIGMA = 1.1;
  private static final String[] CURRENCIES = {"EUR", "USD"};
  private static final double USD_SHARE = 0.1;
  private static final String[] REMITTANCES = {"Rent", "Invoice", "Groceries", "Thank you", null};

  private final List<String> bics;
  private final SplittableRandom random;
  private final Supplier<UUID> uetrs;
  private final long[][] gained;

  /**
   * @param bics at least two
   * @param seed decides all but the UETRs, which must never come again
   */
  TrafficPlan(final List<String> bics, final long seed, final Supplier<UUID> uetrs) {
    if (bics.size() < 2) {
      throw new IllegalArgumentException("payments need two banks");
    }
    this.bics = List.copyOf(bics);
    this.random = new SplittableRandom(seed);
    this.uetrs = uetrs;
    this.gained = new long[CURRENCIES.length][bics.size()];
  }

  PaymentOrder next() {
    final int currency = random.nextDouble() < USD_SHARE ? 1 : 0;
    final int one = random.nextInt(bics.size());
    final int other = (one + 1 + random.nextInt(bics.size() - 1)) % bics.size();
    final long[] positions = gained[currency];
    final boolean oneHasMore = positions[one] >= positions[other];
    final int payer = oneHasMore ? one : other;
    final int payee = oneHasMore ? other : one;
    final long amount =
        Math.max(
            AMOUNT_MIN,
            Math.min(
                AMOUNT_MAX,
                Math.round(AMOUNT_MEDIAN * Math.exp(AMOUNT_SIGMA * random.nextGaussian()))));
    positions[payer] -= amount;
    positions[payee] += amount;
    final String remittance = REMITTANCES[random.nextInt(REMITTANCES.length)];
    return new PaymentOrder(
        uetrs.get(),
        bics.get(payer),
        bics.get(payee),
        amount,
        CURRENCIES[currency],
        random.nextInt(HOLDERS),
        random.nextInt(HOLDERS),
        remittance);
  }

  /** Takes back what a payment that did not settle would have moved. */
  void undo(final PaymentOrder order) {
    final long[] positions = gained[order.currency().equals(CURRENCIES[1]) ? 1 : 0];
    positions[bics.indexOf(order.debtorBic())] += order.amount();
    positions[bics.indexOf(order.creditorBic())] -= order.amount();
  }

  /** Net gain by the payments so far, minor units. */
  long gained(final String bic, final String currency) {
    return gained[currency.equals(CURRENCIES[1]) ? 1 : 0][bics.indexOf(bic)];
  }
}
