package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.ops.cli.verify.Verification;

/**
 * Half of what one core carries, for as long as is asked: with snapshots, archiving and forgetting
 * under way all the time. Memory must stay flat, and a replay of everything from the first command
 * must lead to the same state.
 */
final class SoakBenchmark implements Benchmark {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int INTERVAL_S = 60;
  private static final int INTERVALS_MIN = 4;
  private static final int ANSWER_MS = 10_000;

  /** Journal, its archive and feed, generously. */
  private static final long DISK_BYTES_PER_PAYMENT = 3_072;

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
    final SwitchEngine engine = new SwitchEngine();
    final Histogram latencies = PaymentDriver.histogram();
    final List<Map<String, Object>> intervals = new ArrayList<>();
    final MemoryWatch memory = new MemoryWatch();
    final double offered;
    final double accepted;
    final boolean byDisk;
    try (BenchSwitch bench = BenchSwitch.open(directory, engine, HostOptions.defaults())) {
      bench.seedForgetful();
      final long feedBefore = engine.feedSequence();
      try (SwitchClient client = bench.host().newClient()) {
        final PaymentDriver driver =
            new PaymentDriver(
                client, new PaymentCommands(EmbeddedBenchmark.SMALL_SUBMIT_BYTES, ANSWER_MS));
        driver.closed(SECOND_NS);
        final double half =
            driver.closed(Math.max(1, Math.min(5, options.seconds())) * SECOND_NS).perS() / 2;
        final double room =
            Files.getFileStore(directory).getUsableSpace()
                / 2.0
                / DISK_BYTES_PER_PAYMENT
                / options.seconds();
        byDisk = room < half;
        offered = Math.max(1, Math.min(half, room));
        accepted = soak(options.seconds(), offered, driver, latencies, memory, intervals);
        bench.check(driver.done(), feedBefore + 2 * driver.done());
      }
    }
    memory.check();
    checkReplay(directory, engine);
    return new BenchReport(name(), "fsync")
        .add("soak", offered, accepted, latencies)
        .with("submit_bytes", EmbeddedBenchmark.SMALL_SUBMIT_BYTES)
        .with("rate_bound_by", byDisk ? "room on the disk" : "half of the maximum")
        .with("commands_replayed", engine.sequence())
        .with("memory_judged", memory.isConclusive())
        .with("intervals", intervals);
  }

  private static double soak(
      final int seconds,
      final double offered,
      final PaymentDriver driver,
      final Histogram latencies,
      final MemoryWatch memory,
      final List<Map<String, Object>> intervals)
      throws WrongResultException {
    final int count = Math.max(INTERVALS_MIN, seconds / INTERVAL_S);
    final double eachS = (double) seconds / count;
    long payments = 0;
    double tookS = 0;
    for (int i = 0; i < count; i++) {
      final Measured measured = driver.open(offered, (long) (eachS * SECOND_NS));
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
      System.err.println("bench soak: " + interval);
    }
    return payments / tookS;
  }

  private static void checkReplay(final Path directory, final SwitchEngine engine)
      throws IOException, WrongResultException {
    final Verification found = Verification.of(directory);
    if (!found.ok()) {
      throw new WrongResultException("verify: " + found.problems());
    }
    if (found.stateHash() != engine.stateHash() || found.replayed() != engine.sequence()) {
      throw new WrongResultException(
          "a replay of " + found.replayed() + " commands leads to another state");
    }
  }
}
