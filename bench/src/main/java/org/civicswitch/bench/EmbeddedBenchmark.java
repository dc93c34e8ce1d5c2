package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.ops.cli.node.DirectoryTree;

/**
 * Payments in two phases through the embedded host, from a client in its process to released
 * outcomes, journal forced. The limit is the same host, bytes, threads, journal and feed with an
 * engine that decides nothing.
 */
final class EmbeddedBenchmark implements Benchmark {
  /** A submission with its encrypted private fields, as a real message has them. */
  static final int SUBMIT_BYTES = 1024;

  /** One with next to no private fields: the wire itself needs 286 bytes. */
  static final int SMALL_SUBMIT_BYTES = 320;

  private static final double[] OFFERED = {0.1, 0.5, 0.8};
  private static final long SECOND_NS = 1_000_000_000L;

  /**
   * A load of another kind than the one before makes the compiler throw away what it had assumed;
   * what that costs is in a field of its own.
   */
  private static final long SETTLING_NS = SECOND_NS;

  private int runs;

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public String description() {
    return "two-phase payments through the embedded host, against the host with nothing decided";
  }

  /** What is done in one run on a fresh switch, after its warming up. */
  @FunctionalInterface
  private interface Work {
    Measured on(PaymentDriver driver) throws WrongResultException;
  }

  @Override
  public BenchReport run(final BenchOptions options) throws Exception {
    final long ns = options.seconds() * SECOND_NS;
    final Work max = driver -> driver.closed(ns);
    subject(options, SUBMIT_BYTES, max);
    limit(options, SUBMIT_BYTES, max);

    final PairedRatio pairs = new PairedRatio();
    final Histogram latencies = PaymentDriver.histogram();
    for (int i = 0; i < options.pairs(); i++) {
      final Measured subject;
      final Measured limit;
      if (i % 2 == 0) {
        subject = subject(options, SUBMIT_BYTES, max);
        limit = limit(options, SUBMIT_BYTES, max);
      } else {
        limit = limit(options, SUBMIT_BYTES, max);
        subject = subject(options, SUBMIT_BYTES, max);
      }
      latencies.add(subject.latencyNs());
      pairs.add(subject.perS(), limit.perS());
    }
    final double perS = pairs.medianSubject();
    final BenchReport report = new BenchReport(name(), "fsync");
    report
        .add("max", perS, perS, latencies)
        .with("loop", "closed")
        .with("submit_bytes", SUBMIT_BYTES);
    for (final double share : OFFERED) {
      final double offered = Math.max(1, perS * share);
      final Histogram settling = PaymentDriver.histogram();
      final Measured measured =
          subject(
              options,
              SUBMIT_BYTES,
              driver -> {
                settling.add(driver.open(offered, SETTLING_NS).latencyNs());
                return driver.open(offered, ns);
              });
      report
          .add(Math.round(share * 100) + "% of max", offered, measured.perS(), measured.latencyNs())
          .with("loop", "open")
          .with("settling_p99_us", settling.getValueAtPercentile(99) / 1000)
          .with("submit_bytes", SUBMIT_BYTES);
    }
    final Measured small = subject(options, SMALL_SUBMIT_BYTES, max);
    report
        .add("max, small", small.perS(), small.perS(), small.latencyNs())
        .with("loop", "closed")
        .with("submit_bytes", SMALL_SUBMIT_BYTES);
    return report.limit(
        "the same host, bytes, threads, journal and feed, with an engine that decides nothing",
        pairs);
  }

  private Measured subject(final BenchOptions options, final int submitBytes, final Work work)
      throws IOException, WrongResultException {
    final SwitchEngine engine = new SwitchEngine();
    return measure(options, engine, submitBytes, true, work);
  }

  private Measured limit(final BenchOptions options, final int submitBytes, final Work work)
      throws IOException, WrongResultException {
    final int payload = new PaymentCommands(submitBytes).payloadBytes();
    return measure(options, new NoDecisionEngine(payload), submitBytes, false, work);
  }

  private Measured measure(
      final BenchOptions options,
      final Engine engine,
      final int submitBytes,
      final boolean seeded,
      final Work work)
      throws IOException, WrongResultException {
    final Path directory = Files.createDirectory(options.directory().resolve("run-" + runs++));
    final Measured measured;
    try (BenchSwitch bench = BenchSwitch.open(directory, engine)) {
      long feedBefore = 0;
      if (seeded) {
        bench.seed();
        feedBefore = engine.feedSequence();
      }
      try (SwitchClient client = bench.host().newClient()) {
        final PaymentDriver driver = new PaymentDriver(client, new PaymentCommands(submitBytes));
        driver.closed(SECOND_NS / 2);
        System.gc();
        measured = work.on(driver);
        final long feedLast = feedBefore + 2 * driver.done();
        if (seeded) {
          bench.check(driver.done(), feedLast);
        } else {
          bench.checkFeed(feedLast);
        }
      }
    }
    DirectoryTree.delete(directory);
    return measured;
  }
}
