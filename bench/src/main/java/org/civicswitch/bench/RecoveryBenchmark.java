package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.LocalSwitch;

/**
 * How long a start takes: from the journal alone, and from a snapshot. The journal is made by
 * running payments for a while; what comes back must be the same state to the bit.
 */
final class RecoveryBenchmark implements Benchmark {
  private static final long SECOND_NS = 1_000_000_000L;

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public String description() {
    return "replaying a journal, and restarting from a snapshot, of --seconds of payments or"
        + " --accounts and --ids";
  }

  @Override
  public BenchReport run(final BenchOptions options)
      throws IOException, InterruptedException, WrongResultException {
    final BenchReport report = new BenchReport(name(), "fsync");
    if (options.large() == null) {
      small(options, report);
    } else {
      new LargeRestart(options.large(), options).addTo(report);
    }
    return report;
  }

  private static void small(final BenchOptions options, final BenchReport report)
      throws IOException, WrongResultException {
    final Path directory = options.directory().resolve("switch");
    final SwitchEngine made = new SwitchEngine();
    final long payments;
    try (BenchSwitch bench = BenchSwitch.open(Files.createDirectory(directory), made)) {
      bench.seed();
      try (SwitchClient client = bench.host().newClient()) {
        final PaymentDriver driver =
            new PaymentDriver(client, new PaymentCommands(EmbeddedBenchmark.SUBMIT_BYTES));
        driver.closed(options.seconds() * SECOND_NS);
        payments = driver.done();
      }
    }
    final State expected = State.of(made);
    final long snapshotBytes = newestSnapshotBytes(directory);

    final double restart = start(directory, expected, 0);
    deleteSnapshots(directory);
    final double replay = start(directory, expected, expected.sequence());
    report
        .add("replay", expected.sequence() / replay, expected.sequence() / replay, null)
        .with("seconds", round(replay))
        .with("commands", expected.sequence())
        .with("submit_bytes", EmbeddedBenchmark.SUBMIT_BYTES)
        .add("restart", payments / restart, payments / restart, null)
        .with("seconds", round(restart))
        .with("payments", payments)
        .with("remembered_ids", 2 * payments)
        .with("snapshot_bytes", snapshotBytes);
  }

  private static double start(final Path directory, final State expected, final long replayed)
      throws IOException, WrongResultException {
    final SwitchEngine engine = new SwitchEngine();
    System.gc();
    final long startNs = System.nanoTime();
    final long endNs;
    final long found;
    final BenchSwitch bench = BenchSwitch.open(directory, engine);
    try (bench) {
      endNs = System.nanoTime();
      found = bench.host().recovered().replayed();
    }
    if (found != replayed || !State.of(engine).equals(expected)) {
      throw new WrongResultException(
          found + " commands replayed gave " + State.of(engine) + " instead of " + expected);
    }
    return (endNs - startNs) / 1e9;
  }

  /** What must be the same after every start. */
  private record State(long sequence, long feedSequence, long hash) {
    static State of(final SwitchEngine engine) {
      return new State(engine.sequence(), engine.feedSequence(), engine.stateHash());
    }
  }

  private static void deleteSnapshots(final Path directory) throws IOException {
    for (final Path file : snapshots(directory)) {
      Files.delete(file);
    }
  }

  static long newestSnapshotBytes(final Path directory) throws IOException {
    final List<Path> all = snapshots(directory);
    return all.isEmpty() ? 0 : Files.size(all.get(all.size() - 1));
  }

  private static List<Path> snapshots(final Path directory) throws IOException {
    try (Stream<Path> files = Files.list(LocalSwitch.journalDirectory(directory))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("snapshot-"))
          .sorted()
          .toList();
    }
  }

  private static double round(final double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
