package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.storage.SnapshotInfo;

/**
 * Fills a directory through the host, like any client, and then measures payments with and without
 * a snapshot under way: in the run in which the state is in memory anyway.
 */
final class LargeStateFill {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long DAY_MS = 86_400_000L;

  /** Below a client's credits. */
  private static final int WINDOW = 3072;

  /** Of what goes through at most: what a switch should be run at. */
  private static final double SHARE = 0.1;

  private final LargeState state;
  private final int seconds;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private int answered;
  private String wrong;

  LargeStateFill(final LargeState state, final int seconds) {
    this.state = state;
    this.seconds = seconds;
  }

  /** What was made and measured, ready to be printed as JSON. */
  Map<String, Object> run(final Path directory)
      throws IOException, WrongResultException, InterruptedException {
    final WatchedEngine engine = new WatchedEngine(new SwitchEngine());
    final Map<String, Object> found = new LinkedHashMap<>();
    final long startNs = System.nanoTime();
    try (BenchSwitch bench = BenchSwitch.open(directory, engine)) {
      bench.configure(
          Parameter.CAPACITY_ACCOUNTS,
          state.accounts() + 1_000,
          Parameter.CAPACITY_IDS,
          state.ids() + BenchSwitch.PAYMENTS_MAX,
          Parameter.CAPACITY_PAYMENTS,
          BenchSwitch.PAYMENTS_MAX,
          Parameter.DUPLICATE_WINDOW_MS,
          31 * DAY_MS);
      try (SwitchClient client = bench.host().newClient()) {
        fill(client);
        bench.genesis();
        found.put("fill_seconds", seconds(startNs));
        final PaymentDriver driver =
            new PaymentDriver(client, new PaymentCommands(EmbeddedBenchmark.SUBMIT_BYTES));
        final double perS = SHARE * LongRun.maxPerS(driver, seconds);
        found.put("offered_per_s", Math.round(perS));
        found.put("alone", latencies(driver.open(perS, seconds * SECOND_NS)));
        found.put("beside_snapshot", besideSnapshot(bench, engine, driver, perS));
        found.put("alone_again", latencies(driver.open(perS, seconds * SECOND_NS)));
      }
    }
    found.put("sequence", engine.sequence());
    found.put("feed_sequence", engine.feedSequence());
    found.put("state_hash", engine.stateHash());
    return found;
  }

  private void fill(final SwitchClient client) throws WrongResultException {
    final LargeStateCommands commands = new LargeStateCommands(state);
    final IdleStrategy idle = new BackoffIdleStrategy(100, 10, 1_000, 50_000);
    int sent = 0;
    int told = 0;
    while (answered < state.ids()) {
      int worked = client.poll(this::onOutcome, 256);
      if (wrong != null) {
        throw new WrongResultException(wrong);
      }
      while (sent < state.ids() && sent - answered < WINDOW) {
        final DirectBuffer command = commands.encode(sent, System.currentTimeMillis());
        while (client.offer(command, 0, commands.length(), sent) != SwitchClient.ACCEPTED) {
          worked += client.poll(this::onOutcome, 256);
        }
        sent++;
        worked++;
      }
      if (sent - told >= 5_000_000) {
        told = sent;
        System.err.println("bench: " + sent + " of " + state.ids() + " commands");
      }
      idle.idle(worked);
    }
  }

  private void onOutcome(
      final long number, final DirectBuffer buffer, final int offset, final int length) {
    outcome.wrapAndApplyHeader(buffer, offset, header);
    if (outcome.code() != Code.OK) {
      wrong = "command " + number + " of the fill: " + outcome.code();
    }
    answered++;
  }

  private Map<String, Object> besideSnapshot(
      final BenchSwitch bench,
      final WatchedEngine engine,
      final PaymentDriver driver,
      final double perS)
      throws IOException, WrongResultException, InterruptedException {
    final long heapBefore = Processes.heapMb();
    final long startNs = System.nanoTime();
    final CompletableFuture<SnapshotInfo> written = bench.host().host().requestSnapshot();
    final Histogram all = PaymentDriver.histogram();
    long payments = 0;
    double tookS = 0;
    do {
      final Measured one = driver.open(perS, SECOND_NS);
      all.add(one.latencyNs());
      payments += one.payments();
      tookS += one.payments() / one.perS();
    } while (!written.isDone());
    final Map<String, Object> found = latencies(new Measured(payments, payments / tookS, all));
    try {
      written.get();
    } catch (final ExecutionException e) {
      throw new IOException("the snapshot failed", e.getCause());
    }
    found.put("snapshot_seconds", seconds(startNs));
    found.put("copied_bytes", engine.copiedBytes());
    found.put("heap_mb_before", heapBefore);
    found.put("heap_mb_after", Processes.heapMb());
    found.put("rss_mb_max", Processes.rssMbMax());
    return found;
  }

  private static Map<String, Object> latencies(final Measured measured) {
    final Map<String, Object> found = new LinkedHashMap<>();
    found.put("accepted_per_s", Math.round(measured.perS()));
    found.put("p50_us", measured.latencyNs().getValueAtPercentile(50) / 1000);
    found.put("p99_us", measured.latencyNs().getValueAtPercentile(99) / 1000);
    found.put("p999_us", measured.latencyNs().getValueAtPercentile(99.9) / 1000);
    found.put("max_us", measured.latencyNs().getMaxValue() / 1000);
    return found;
  }

  private static double seconds(final long sinceNs) {
    return Math.round((System.nanoTime() - sinceNs) / 1e6) / 1e3;
  }

  /** Everything a process of this kind is told. */
  static List<String> arguments(final Path directory, final LargeState state, final int seconds) {
    return List.of(
        "fill",
        directory.toString(),
        Integer.toString(state.accounts()),
        Integer.toString(state.ids()),
        Integer.toString(seconds));
  }
}
