package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.ops.cli.verify.Verification;

/** A constant rate for a long time, interval by interval, with a look at memory between two. */
final class LongRun {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int INTERVAL_S = 60;
  private static final int INTERVALS_MIN = 4;
  private static final int TRIES = 3;

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

  /**
   * The most that goes through: the best of a few tries of a few seconds, because whatever else the
   * machine does then would have the whole run be too gentle.
   */
  static double maxPerS(final PaymentDriver driver, final int seconds) throws WrongResultException {
    driver.closed(SECOND_NS);
    double most = 0;
    for (int i = 0; i < TRIES; i++) {
      most = Math.max(most, driver.closed(Math.min(5, seconds) * SECOND_NS).perS());
    }
    return most;
  }

  /**
   * What a replay of everything comes to, from a time when the engine itself is gone: two states
   * together are more than the heap holds.
   *
   * @throws WrongResultException if it is another state, or verification finds anything
   */
  static void checkReplay(final Path directory, final End end)
      throws IOException, WrongResultException {
    final Verification found = Verification.of(directory);
    if (!found.ok()) {
      throw new WrongResultException("verify: " + found.problems());
    }
    if (found.stateHash() != end.stateHash() || found.replayed() != end.sequence()) {
      throw new WrongResultException(
          "a replay of " + found.replayed() + " commands leads to another state");
    }
  }

  /** How an engine ended. */
  record End(long sequence, long stateHash) {
    static End of(final Engine engine) {
      return new End(engine.sequence(), engine.stateHash());
    }
  }
}
