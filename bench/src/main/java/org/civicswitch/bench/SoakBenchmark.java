package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;

/**
 * Half of what one core carries, for as long as is asked: with snapshots, archiving and forgetting
 * under way all the time. Memory must stay flat, and a replay of everything from the first command
 * must lead to the same state.
 */
final class SoakBenchmark implements Benchmark {
  private static final int ANSWER_MS = 10_000;

  /**
   * What its two commands take in the archive, generously: the bench's payloads pack well, 60 bytes
   * were measured.
   */
  private static final long DISK_BYTES_PER_PAYMENT = 128;

  /** The journal that is not archived yet, snapshots, and what is kept of the feed. */
  private static final long DISK_BYTES_BESIDE = 16L << 30;

  /** So that an hour fits on a disk; the verification compares what is left with the replay. */
  private static final long FEED_KEEP_EVENTS = 8_000_000;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String description() {
    return "half of capacity for --seconds: memory stays flat, a replay gives the same state";
  }

  @Override
  public BenchReport run(final BenchOptions options) throws IOException, WrongResultException {
    final Path directory = Files.createDirectory(options.directory().resolve("switch"));
    final BenchReport report = new BenchReport(name(), "fsync");
    final LongRun.End end = live(directory, options.seconds(), report);
    LongRun.checkReplay(directory, end);
    return report.with("commands_replayed", end.sequence());
  }

  private static LongRun.End live(final Path directory, final int seconds, final BenchReport report)
      throws IOException, WrongResultException {
    final SwitchEngine engine = new SwitchEngine();
    final LongRun run = new LongRun();
    try (BenchSwitch bench =
        BenchSwitch.open(
            directory, engine, HostOptions.defaults().withFeedKeeping(FEED_KEEP_EVENTS))) {
      bench.seedForgetful();
      final long feedBefore = engine.feedSequence();
      try (SwitchClient client = bench.host().newClient()) {
        final PaymentDriver driver =
            new PaymentDriver(
                client, new PaymentCommands(EmbeddedBenchmark.SMALL_SUBMIT_BYTES, ANSWER_MS));
        final double half = LongRun.maxPerS(driver, seconds) / 2;
        final double room =
            (Files.getFileStore(directory).getUsableSpace() - DISK_BYTES_BESIDE)
                / 1.5
                / DISK_BYTES_PER_PAYMENT
                / seconds;
        final double offered = Math.max(1, Math.min(half, room));
        final Measured measured = run.run(driver, offered, seconds);
        bench.check(driver.done(), feedBefore + 2 * driver.done());
        report
            .add("soak", offered, measured.perS(), measured.latencyNs())
            .with("submit_bytes", EmbeddedBenchmark.SMALL_SUBMIT_BYTES)
            .with("maximum_per_s", Math.round(2 * half))
            .with("rate_bound_by", room < half ? "room on the disk" : "half of the maximum")
            .with("memory_judged", run.memoryJudged())
            .with("intervals", run.intervals());
      }
    }
    return LongRun.End.of(engine);
  }
}
