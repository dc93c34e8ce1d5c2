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
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * One hostile participant offers ten times what can be carried, while the other banks go about a
 * tenth of it: what they get, beside what they had alone, and how late the flood's unanswered
 * payments come back. Nothing may be lost and memory must stay flat.
 */
final class OverloadBenchmark implements Benchmark {
  private static final long ALONE_NS = 5_000_000_000L;
  private static final double TIMES = 10;
  private static final double SHARE = 0.1;
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
    final BenchReport report = new BenchReport(name(), "fsync");
    LongRun.checkReplay(directory, live(directory, options.seconds(), report));
    return report;
  }

  private static LongRun.End live(final Path directory, final int seconds, final BenchReport report)
      throws IOException, InterruptedException, WrongResultException {
    final SwitchEngine engine = new SwitchEngine();
    final LongRun run = new LongRun();
    try (BenchSwitch bench = BenchSwitch.open(directory, engine, HostOptions.defaults())) {
      bench.seedForgetful();
      final long firstEvent = engine.feedSequence() + 1;
      try (SwitchClient client = bench.host().newClient();
          FeedReader feed = bench.host().feedFrom(firstEvent)) {
        final PaymentDriver driver =
            new PaymentDriver(
                client, new PaymentCommands(EmbeddedBenchmark.SMALL_SUBMIT_BYTES, ANSWER_MS));
        final double max = LongRun.maxPerS(driver, seconds);
        final double offered = Math.max(1, max * SHARE);
        final Measured alone = driver.open(offered, ALONE_NS);
        report.add("banks, alone", offered, alone.perS(), alone.latencyNs());
        final ExpiryWatch watch = new ExpiryWatch(feed, Flood.PARTICIPANT);
        final Thread watching = new Thread(watch, "bench-expiry");
        watching.setDaemon(true);
        watching.start();
        try (Flood flood = new Flood(bench.host(), max * TIMES)) {
          final Thread flooding = new Thread(flood, "bench-flood");
          flooding.setDaemon(true);
          flooding.start();
          final long startNs = System.nanoTime();
          final Measured under = run.run(driver, offered, seconds);
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
              .with("intervals", run.intervals())
              .with("expired_late_ms", late(watch.lateMs()))
              .with("memory_judged", run.memoryJudged());
          check(flood, watch);
        }
        for (final Bank bank : SeededWorld.accountBanks()) {
          bench.checkBank(bank, driver.done());
        }
      }
    }
    return LongRun.End.of(engine);
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
