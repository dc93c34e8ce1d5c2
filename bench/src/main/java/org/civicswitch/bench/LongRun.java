package org.civicswitch.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.PaymentDriver.Measured;

/** A constant rate for a long time, interval by interval, with a look at memory between two. */
final class LongRun {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int INTERVAL_S = 60;
  private static final int INTERVALS_MIN = 4;

  private final MemoryWatch memory = new MemoryWatch();
  private final List<Map<String, Object>> intervals = new ArrayList<>();

  /**
   * Runs and tells each interval on standard error.
   *
   * @throws WrongResultException if a payment did, or memory grew
   */
  Measured run(final PaymentDriver driver, final double perS, final int seconds)
      throws WrongResultException {
    final int count = Math.max(INTERVALS_MIN, seconds / INTERVAL_S);
    final double eachS = (double) seconds / count;
    final Histogram latencies = PaymentDriver.histogram();
    long payments = 0;
    double tookS = 0;
    for (int i = 0; i < count; i++) {
      final Measured measured = driver.open(perS, (long) (eachS * SECOND_NS));
      payments += measured.payments();
      tookS += measured.payments() / measured.perS();
      latencies.add(measured.latencyNs());
      final Map<String, Object> interval = new LinkedHashMap<>();
      interval.put("at_s", Math.round(tookS));
      interval.put("accepted_per_s", Math.round(measured.perS()));
      interval.put("p50_us", measured.latencyNs().getValueAtPercentile(50) / 1000);
      interval.put("p99_us", measured.latencyNs().getValueAtPercentile(99) / 1000);
      interval.put("memory_mb", memory.sample(tookS));
      intervals.add(interval);
      System.err.println("bench: " + interval);
    }
    memory.check();
    return new Measured(payments, payments / tookS, latencies);
  }

  /** What was told, for the report. */
  List<Map<String, Object>> intervals() {
    return intervals;
  }

  /** Whether it was long enough to say something about memory. */
  boolean memoryJudged() {
    return memory.isConclusive();
  }

  /** The most that goes through, measured for a few seconds. */
  static double maxPerS(final PaymentDriver driver, final int seconds) throws WrongResultException {
    driver.closed(SECOND_NS);
    return driver.closed(Math.min(5, seconds) * SECOND_NS).perS();
  }
}
