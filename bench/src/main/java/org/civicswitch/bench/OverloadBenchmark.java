package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.ops.cli.verify.Verification;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * One hostile participant offers ten times what can be carried, while the other banks go about a
 * tenth of it: what they get, beside what they had alone, and how late the flood's unanswered
 * payments come back. Nothing may be lost and memory must stay flat.
 */
final class OverloadBenchmark implements Benchmark {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final double TIMES = 10;
  private static final double SHARE = 0.1;
  private static final int INTERVALS_MIN = 4;
  private static final int INTERVAL_S = 30;
  private static final int ANSWER_MS = 30_000;

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String description() {
    return "ten times more offered than can be carried, by one hostile participant, for --seconds";
  }

  @Override
  public BenchReport run(final BenchOptions options)
      throws IOException, InterruptedException, WrongResultException {
    final Path directory = Files.createDirectory(options.directory().resolve("switch"));
    final SwitchEngine engine = new SwitchEngine();
    final BenchReport report = new BenchReport(name(), "fsync");
    final MemoryWatch memory = new MemoryWatch();
    try (BenchSwitch bench = BenchSwitch.open(directory, engine, HostOptions.defaults())) {
      bench.seedForgetful();
      final long firstEvent = engine.feedSequence() + 1;
      try (SwitchClient client = bench.host().newClient();
          FeedReader feed = bench.host().feedFrom(firstEvent)) {
        final PaymentDriver driver =
            new PaymentDriver(
                client, new PaymentCommands(EmbeddedBenchmark.SMALL_SUBMIT_BYTES, ANSWER_MS));
        driver.closed(SECOND_NS);
        final long shortNs = Math.max(1, Math.min(5, options.seconds())) * SECOND_NS;
        final double max = driver.closed(shortNs).perS();
        final double offered = Math.max(1, max * SHARE);
        final Measured alone = driver.open(offered, shortNs);
        report.add("banks, alone", offered, alone.perS(), alone.latencyNs());
        final ExpiryWatch watch = new ExpiryWatch(feed, Flood.PARTICIPANT);
        final Thread watching = new Thread(watch, "bench-expiry");
        watching.start();
        try (Flood flood = new Flood(bench.host(), max * TIMES)) {
          final Thread flooding = new Thread(flood, "bench-flood");
          flooding.start();
          final long startNs = System.nanoTime();
          final Measured under = under(options.seconds(), offered, driver, memory);
          final double floodedS = (System.nanoTime() - startNs) / 1e9;
          flood.stop();
          flooding.join();
          // What was reserved last expires; then the feed is read to its end.
          TimeUnit.MILLISECONDS.sleep(Flood.ANSWER_MS + 1_000L);
          watch.stop();
          watching.join();
          report
              .add("banks, under the flood", offered, under.perS(), under.latencyNs())
              .add("flood", flood.offered() / floodedS, flood.taken() / floodedS, null)
              .with("answers", flood.codes())
              .with("expired", watch.expiries())
              .with("expired_late_ms", late(watch.lateMs()))
              .with("memory_judged", memory.isConclusive());
          check(flood, watch);
        }
        for (final Bank bank : SeededWorld.accountBanks()) {
          bench.checkBank(bank, driver.done());
        }
      }
    }
    memory.check();
    final Verification found = Verification.of(directory);
    if (!found.ok() || found.stateHash() != engine.stateHash()) {
      throw new WrongResultException("verify: " + found.problems());
    }
    return report;
  }

  private static Measured under(
      final int seconds, final double offered, final PaymentDriver driver, final MemoryWatch memory)
      throws WrongResultException {
    final int count = Math.max(INTERVALS_MIN, seconds / INTERVAL_S);
    final double eachS = (double) seconds / count;
    final Histogram latencies = PaymentDriver.histogram();
    long payments = 0;
    double tookS = 0;
    for (int i = 0; i < count; i++) {
      final Measured measured = driver.open(offered, (long) (eachS * SECOND_NS));
      payments += measured.payments();
      tookS += measured.payments() / measured.perS();
      latencies.add(measured.latencyNs());
      System.err.printf(
          "bench overload: %.0f s, p50 %,d us, p99 %,d us, memory %,d MB%n",
          tookS,
          measured.latencyNs().getValueAtPercentile(50) / 1000,
          measured.latencyNs().getValueAtPercentile(99) / 1000,
          memory.sample(tookS));
    }
    return new Measured(payments, payments / tookS, latencies);
  }

  private static Map<String, Object> late(final Histogram lateMs) {
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("p50", lateMs.getValueAtPercentile(50));
    map.put("p99", lateMs.getValueAtPercentile(99));
    map.put("max", lateMs.getMaxValue());
    return map;
  }

  private static void check(final Flood flood, final ExpiryWatch watch)
      throws WrongResultException {
    if (flood.unanswered() != 0) {
      throw new WrongResultException(flood.unanswered() + " commands were taken and not answered");
    }
    if (flood.taken() == flood.offered()) {
      throw new WrongResultException("nothing was refused: that was no overload");
    }
    if (watch.gaps() != 0 || watch.reservations() != watch.expiries()) {
      throw new WrongResultException(
          watch.reservations()
              + " reserved, "
              + watch.expiries()
              + " expired, gaps "
              + watch.gaps());
    }
    if (watch.reservations() < flood.acknowledged()) {
      throw new WrongResultException("payments were acknowledged and are not in the feed");
    }
  }
}
