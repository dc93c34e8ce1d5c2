package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Throughput and latency as pages and charts show them. */
final class RateViews {
  /** Seconds over which payments per second are averaged. */
  static final int RATE_SECONDS = 5;

  /** Seconds that the latency table looks back. */
  static final int LATENCY_SECONDS = 60;

  static final String LIFE = "Reserved to final";

  private RateViews() {}

  static Views.Figures figures(final Projection projection, final long nowMs) {
    final Histogram lives = projection.rates.lives(nowMs, LATENCY_SECONDS);
    return new Views.Figures(
        Wording.rate(projection.rates.settledPerSecond(nowMs, RATE_SECONDS)),
        projection.payments.seen(),
        lives.getTotalCount() == 0
            ? Wording.NONE
            : Wording.micros((double) lives.getValueAtPercentile(99)),
        projection.positions.participants(),
        projection.subjects.count(),
        projection.proof().holds());
  }

  static Views.Totals totals(final Projection projection) {
    final Rates rates = projection.rates;
    return new Views.Totals(
        rates.reservedTotal,
        rates.settledTotal,
        rates.rejectedTotal,
        rates.expiredTotal,
        projection.refusals.values().stream().mapToLong(Long::longValue).sum());
  }

  static List<Views.Stage> stages(
      final Projection projection, final List<StageWindows.Named> hosts, final long nowMs) {
    final List<Views.Stage> rows = new ArrayList<>();
    for (final StageWindows.Named named : hosts) {
      rows.add(stage(named.stage(), named.micros()));
    }
    rows.add(stage(LIFE, projection.rates.lives(nowMs, LATENCY_SECONDS)));
    return rows;
  }

  private static Views.Stage stage(final String name, final Histogram micros) {
    final long count = micros.getTotalCount();
    if (count == 0) {
      return new Views.Stage(name, 0, Wording.NONE, Wording.NONE, Wording.NONE, Wording.NONE, 0);
    }
    return new Views.Stage(
        name,
        count,
        Wording.micros((double) micros.getValueAtPercentile(50)),
        Wording.micros((double) micros.getValueAtPercentile(99)),
        Wording.micros((double) micros.getValueAtPercentile(99.9)),
        Wording.micros((double) micros.getMaxValue()),
        micros.getValueAtPercentile(99));
  }

  /** Whole seconds only, the last one {@code nowMs}'s predecessor; at most {@code seconds}. */
  static Views.Series series(final Projection projection, final long nowMs, final int seconds) {
    final List<Long> second = new ArrayList<>(seconds);
    final List<Integer> settled = new ArrayList<>(seconds);
    final List<Integer> failed = new ArrayList<>(seconds);
    final List<Double> p50 = new ArrayList<>(seconds);
    final List<Double> p99 = new ArrayList<>(seconds);
    final List<Double> p999 = new ArrayList<>(seconds);
    final long now = nowMs / 1000;
    for (long s = now - seconds; s < now; s++) {
      final Rates.Second counted = projection.rates.get(s);
      second.add(s);
      settled.add(counted == null ? 0 : counted.settled);
      failed.add(counted == null ? 0 : counted.rejected + counted.expired);
      final Histogram lives = counted == null ? null : counted.lives;
      p50.add(millis(lives, 50));
      p99.add(millis(lives, 99));
      p999.add(millis(lives, 99.9));
    }
    return new Views.Series(projection.asOf(), second, settled, failed, p50, p99, p999);
  }

  private static Double millis(final Histogram lives, final double percentile) {
    return lives == null ? null : lives.getValueAtPercentile(percentile) / 1000.0;
  }
}
