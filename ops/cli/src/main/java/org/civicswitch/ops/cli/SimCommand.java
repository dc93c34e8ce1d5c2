package org.civicswitch.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.civicswitch.core.sim.SimReport;
import org.civicswitch.core.sim.SimSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch sim}. */
@Command(
    name = "sim",
    description = "The deterministic simulation: crashes, torn writes, retries, from seeds.",
    mixinStandardHelpOptions = true)
final class SimCommand implements Callable<Integer> {
  static final int SEEDS_DEFAULT = 20;

  /** Short enough to be read out and typed again. */
  private static final long RANDOM_SEED_MAX = 1_000_000_000_000L;

  private static final long TELL_EVERY_NS = 10_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many lives; default 20, or 1 with --seed.")
  private Integer seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first seed; a random one when not given. The others follow it by one.")
  private Long seed;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Keeps what was lived through so far; a run that was stopped goes on from there until it"
              + " has as many lives as --seeds says.")
  private Path state;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Lives at a time; default: as many as there are processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  private long lastToldNs = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    if ((seeds != null && seeds < 1) || threads < 1) {
      throw new ParameterException(spec.commandLine(), "--seeds and --threads must be at least 1");
    }
    final SimState before = before();
    final long first = before.firstSeed();
    final int count = seeds != null ? seeds : seed != null ? 1 : SEEDS_DEFAULT;
    final PrintWriter err = spec.commandLine().getErr();
    err.printf("civicswitch sim: %,d lives from seed %d...%n", count, first);
    err.flush();
    final long startNs = System.nanoTime();
    final SimSummary summary =
        before
            .summary()
            .goOn(
                first,
                count,
                threads,
                this::tellFailure,
                now -> {
                  keep(new SimState(first, now));
                  tellProgress(now, now.seeds() - before.summary().seeds(), count, startNs);
                });
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asMap(first, summary)));
    } else {
      print(out, first, summary);
    }
    out.flush();
    return summary.failed().isEmpty() ? 0 : 1;
  }

  private SimState before() throws IOException {
    if (state != null && Files.exists(state)) {
      final SimState found = SimState.read(state);
      if (seed != null && seed != found.firstSeed()) {
        throw new ParameterException(
            spec.commandLine(), state + " is of a run from seed " + found.firstSeed());
      }
      return found;
    }
    return new SimState(
        seed != null ? seed : ThreadLocalRandom.current().nextLong(RANDOM_SEED_MAX),
        SimSummary.none());
  }

  private void keep(final SimState now) {
    if (state != null) {
      try {
        now.write(state);
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void tellProgress(
      final SimSummary now, final long lived, final int count, final long startNs) {
    final long nowNs = System.nanoTime();
    if (now.seeds() < count && nowNs - lastToldNs > TELL_EVERY_NS) {
      lastToldNs = nowNs;
      final PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "civicswitch sim: %,d of %,d lives, %.1f a second, %,d failed%n",
          now.seeds(), count, lived * 1e9 / (nowNs - startNs), now.failed().size());
      err.flush();
    }
  }

  private void tellFailure(final SimReport report) {
    if (report.failed()) {
      final PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "civicswitch sim: seed %d failed; ./civicswitch sim --seed %d lives it again%n",
          report.seed(), report.seed());
      report.failure().printStackTrace(err);
      err.flush();
    }
  }

  private static Map<String, Object> asMap(final long first, final SimSummary summary) {
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("first_seed", first);
    map.put("seeds", summary.seeds());
    map.put("commands", summary.commands());
    map.put("crashes", summary.crashes());
    map.put("faults", summary.faults());
    map.put("messages", summary.messages());
    map.put("codes", summary.codes());
    map.put("codes_missing", summary.missingCodes());
    map.put("failed", summary.failed().size());
    map.put("failed_seeds", summary.failed());
    return map;
  }

  private static void print(final PrintWriter out, final long first, final SimSummary summary) {
    out.printf(
        "%,d lives from seed %d: %,d commands, %,d crashes%n",
        summary.seeds(), first, summary.commands(), summary.crashes());
    out.printf(
        "%d kinds of commands and events, %d codes answered%n",
        summary.messages().size(), summary.codes().size());
    out.println("codes never answered: " + summary.missingCodes());
    summary.faults().forEach((kind, times) -> out.printf("  %-24s %,12d%n", kind, times));
    out.println(
        summary.failed().isEmpty() ? "every promise held" : "FAILED: seeds " + summary.failed());
  }
}
