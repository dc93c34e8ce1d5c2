package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.civicswitch.core.protocol.Code;

/**
 * Many simulated lives together.
 *
 * @param seeds how many lives
 * @param failed the seeds of those that broke a promise
 */
public record SimSummary(
    long seeds,
    long commands,
    long crashes,
    SortedMap<String, Long> faults,
    SortedMap<Integer, Long> messages,
    SortedMap<String, Long> codes,
    List<Long> failed) {

  /** In every life at least so many commands and crashes. */
  public static final int COMMANDS = 2_000;

  public static final int CRASHES = 3;

  private static final int LIVES_PER_THREAD = 16;

  /**
   * Lives one life after the other.
   *
   * @param firstSeed the others follow it by one
   * @param each told of every life once it is over; a failed one should be printed with its seed
   */
  public static SimSummary run(
      final long firstSeed, final int seeds, final Consumer<SimReport> each) {
    SimSummary summary = none();
    for (int i = 0; i < seeds; i++) {
      final SimReport report = Simulation.run(firstSeed + i, COMMANDS, CRASHES);
      each.accept(report);
      summary = summary.with(report);
    }
    return summary;
  }

  /** Of no life yet. */
  public static SimSummary none() {
    return new SimSummary(0, 0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of());
  }

  /**
   * Goes on with a run until it has so many lives, several at a time.
   *
   * @param firstSeed of the whole run
   * @param seeds lives of the whole run
   * @param threads lives at a time, at least 1
   * @param each told of every life once it is over, by one thread, in the order of the seeds
   * @param progress told what there is, after every few lives: enough to go on from there
   */
  public SimSummary goOn(
      final long firstSeed,
      final long seeds,
      final int threads,
      final Consumer<SimReport> each,
      final Consumer<SimSummary> progress) {
    final ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      SimSummary summary = this;
      while (summary.seeds < seeds) {
        final long from = summary.seeds;
        final List<Future<SimReport>> lives = new ArrayList<>();
        for (long i = from; i < Math.min(seeds, from + (long) threads * LIVES_PER_THREAD); i++) {
          final long seed = firstSeed + i;
          lives.add(pool.submit(() -> Simulation.run(seed, COMMANDS, CRASHES)));
        }
        for (final Future<SimReport> life : lives) {
          final SimReport report = life.get();
          each.accept(report);
          summary = summary.with(report);
        }
        progress.accept(summary);
      }
      return summary;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (final ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private SimSummary with(final SimReport report) {
    final List<Long> failures = new ArrayList<>(failed);
    if (report.failed()) {
      failures.add(report.seed());
    }
    return new SimSummary(
        seeds + 1,
        commands + report.commands(),
        crashes + report.crashes(),
        sum(faults, report.faults()),
        sum(messages, report.messages()),
        sum(codes, report.codes()),
        failures);
  }

  private static <K> SortedMap<K, Long> sum(
      final SortedMap<K, Long> before, final Map<K, Long> more) {
    final SortedMap<K, Long> sum = new TreeMap<>(before);
    more.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }

  /** Codes that no command and no item was ever answered with. */
  public List<String> missingCodes() {
    return Arrays.stream(Code.values())
        .filter(code -> code != Code.NULL_VAL)
        .map(Code::name)
        .filter(name -> !codes.containsKey(name))
        .sorted()
        .toList();
  }
}
