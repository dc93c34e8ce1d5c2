package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.AccountPicks.Distribution;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.ops.cli.node.DirectoryTree;

/**
 * The embedded switch beside PostgreSQL in the same run, in turns: the same number of accounts, of
 * payments under way and the same skew, two commits or two commands a payment, each durable before
 * it is answered. PostgreSQL once more with commits that do not wait for the disk.
 */
final class PeersBenchmark implements Benchmark {
  static final int ACCOUNTS = 10_000;

  /** With more, or fewer, clients PostgreSQL made fewer payments on two cores. */
  static final int UNDER_WAY = 32;

  /** The least skew that pgbench knows; the switch is driven with the same. */
  static final double ZIPF_EXPONENT = 1.001;

  private static final double OFFERED = 0.5;
  private static final long SECOND_NS = 1_000_000_000L;

  private int runs;

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public String description() {
    return "two-phase payments, embedded switch and PostgreSQL in turns, the same load and skew";
  }

  /** What was measured of one of the three in one distribution. */
  private static final class Series {
    private final String label;
    private final String durability;
    private final Histogram latencies = PaymentDriver.histogram();
    private double[] perS = new double[0];

    Series(final String label, final String durability) {
      this.label = label;
      this.durability = durability;
    }

    void add(final Measured measured) {
      perS = Arrays.copyOf(perS, perS.length + 1);
      perS[perS.length - 1] = measured.perS();
      latencies.add(measured.latencyNs());
    }

    double last() {
      return perS[perS.length - 1];
    }

    double median() {
      return PairedRatio.median(perS.clone());
    }
  }

  @Override
  public BenchReport run(final BenchOptions options) throws Exception {
    return run(options, ACCOUNTS);
  }

  BenchReport run(final BenchOptions options, final int accounts) throws Exception {
    final BenchReport report = new BenchReport(name(), "fsync");
    try (PostgresPeer postgres = PostgresPeer.open(options.directory(), accounts, UNDER_WAY)) {
      System.err.println("bench peers: PostgreSQL " + postgres.settings());
      for (final Distribution distribution : Distribution.values()) {
        final AccountPicks picks =
            new AccountPicks(
                accounts,
                distribution,
                AccountPicks.PAIRS,
                new SplittableRandom(accounts),
                ZIPF_EXPONENT);
        compare(report, options, postgres, distribution, accounts, picks);
      }
      postgres.check();
    }
    return report;
  }

  private void compare(
      final BenchReport report,
      final BenchOptions options,
      final PostgresPeer postgres,
      final Distribution distribution,
      final int accounts,
      final AccountPicks picks)
      throws IOException, WrongResultException {
    final boolean zipf = distribution == Distribution.ZIPF;
    final int seconds = options.seconds();
    postgres.closed(true, zipf, Math.min(2, seconds));
    final Series subject = new Series("switch", "fsync");
    final Series durable = new Series("postgresql", "fsync");
    final Series async = new Series("postgresql async", "none");
    final PairedRatio ratio = new PairedRatio();
    for (int i = 0; i < options.pairs(); i++) {
      // Each is as often before as behind the others.
      if (i % 2 == 0) {
        subject.add(embedded(options, accounts, picks, p -> p.closed(seconds * SECOND_NS)));
        durable.add(postgres.closed(true, zipf, seconds));
        async.add(postgres.closed(false, zipf, seconds));
      } else {
        async.add(postgres.closed(false, zipf, seconds));
        durable.add(postgres.closed(true, zipf, seconds));
        subject.add(embedded(options, accounts, picks, p -> p.closed(seconds * SECOND_NS)));
      }
      ratio.add(subject.last(), durable.last());
    }
    final double offered = durable.median() * OFFERED;
    final Measured paced =
        embedded(options, accounts, picks, p -> p.open(offered, seconds * SECOND_NS));
    final Measured pacedDurable = postgres.open(true, zipf, seconds, offered);
    final Measured pacedAsync = postgres.open(false, zipf, seconds, offered);

    final String skew = zipf ? "zipf" : "uniform";
    for (final Series one : new Series[] {subject, durable, async}) {
      report
          .add(label(one, skew, "max"), one.median(), one.median(), one.latencies)
          .with("loop", "closed")
          .with("durability", one.durability)
          .with("accounts", accounts)
          .with("distribution", skew)
          .with("under_way", UNDER_WAY);
      if (one == subject) {
        report
            .with("times_postgresql", round(ratio.median()))
            .with("times_postgresql_min", round(ratio.min()))
            .with("times_postgresql_max", round(ratio.max()))
            .with("pairs", ratio.size());
      }
    }
    open(report, label(subject, skew, "paced"), subject, offered, paced);
    open(report, label(durable, skew, "paced"), durable, offered, pacedDurable);
    open(report, label(async, skew, "paced"), async, offered, pacedAsync);
  }

  private static String label(final Series series, final String skew, final String what) {
    return String.format(Locale.ROOT, "%s, %s, %s", series.label, skew, what);
  }

  private static void open(
      final BenchReport report,
      final String label,
      final Series series,
      final double offered,
      final Measured measured) {
    report
        .add(label, offered, measured.perS(), measured.latencyNs())
        .with("loop", "open")
        .with("durability", series.durability)
        .with("under_way", UNDER_WAY);
  }

  private static double round(final double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** What is done in one run on a fresh switch, after its warming up. */
  @FunctionalInterface
  private interface Work {
    Measured on(SwitchPeer peer) throws WrongResultException;
  }

  private Measured embedded(
      final BenchOptions options, final int accounts, final AccountPicks picks, final Work work)
      throws IOException, WrongResultException {
    final Path directory = Files.createDirectory(options.directory().resolve("run-" + runs++));
    final Measured measured;
    try (SwitchPeer peer = new SwitchPeer(directory, accounts, picks, UNDER_WAY)) {
      peer.closed(SECOND_NS / 2);
      System.gc();
      measured = work.on(peer);
      peer.check();
    }
    DirectoryTree.delete(directory);
    return measured;
  }
}
