package org.civicswitch.ops.cli.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.civicswitch.ops.cli.node.DirectoryTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch chaos}. */
@Command(
    name = "chaos",
    description =
        "Kills a real switch under load with SIGKILL, again and again, and checks that nothing"
            + " acknowledged is lost or done twice.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  private static final int KILLS_DEFAULT = 20;
  private static final int PROBLEMS_SHOWN = 20;
  private static final long TELL_EVERY_NS = 10_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "How many in all; default 20, or without end with --minutes.")
  private Integer kills;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Ends after so many minutes, whatever --kills says.")
  private Integer minutes;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keeps everything there; a run that was stopped goes on from it until it has as many"
              + " kills as --kills says. Default: a directory of its own, removed after success.")
  private Path data;

  @Option(names = "--seed", paramLabel = "S", description = "Of a new run's moments to kill.")
  private Long seed;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((kills != null && kills < 1) || (minutes != null && minutes < 1)) {
      throw new ParameterException(spec.commandLine(), "--kills and --minutes must be at least 1");
    }
    final Path directory =
        data == null
            ? Files.createTempDirectory("civicswitch-chaos-")
            : Files.createDirectories(data);
    final long startNs = System.nanoTime();
    try (ChaosLog log =
        ChaosLog.open(
            directory,
            System.currentTimeMillis(),
            seed != null ? seed : ThreadLocalRandom.current().nextInt(1_000_000_000))) {
      tell("seed %d in %s", log.seed(), directory);
      kill(directory, log, startNs);
      tell("%,d kills done; checking %,d payments", log.kills(), log.submitted().cardinality());
      final ChaosAudit audit = new ChaosAudit(log);
      audit.run(ChaosRun.data(directory));
      print(asMap(log, audit, (System.nanoTime() - startNs) / 60e9));
      if (!audit.problems().isEmpty()) {
        tell("what was found is in %s", directory);
        return 1;
      }
    }
    if (data == null) {
      DirectoryTree.delete(directory);
    }
    return 0;
  }

  private void kill(final Path directory, final ChaosLog log, final long startNs)
      throws IOException, InterruptedException {
    final int wanted = kills != null ? kills : minutes != null ? Integer.MAX_VALUE : KILLS_DEFAULT;
    final long endNs =
        minutes == null ? Long.MAX_VALUE : startNs + TimeUnit.MINUTES.toNanos(minutes);
    final ChaosRun run = new ChaosRun(directory, log);
    long toldNs = startNs;
    while (log.kills() < wanted && System.nanoTime() < endNs) {
      run.live();
      if (System.nanoTime() - toldNs > TELL_EVERY_NS) {
        toldNs = System.nanoTime();
        tell("%,d kills, %,d payments", log.kills(), log.submitted().cardinality());
      }
    }
  }

  private static Map<String, Object> asMap(
      final ChaosLog log, final ChaosAudit audit, final double minutes) {
    final List<Integer> gone = log.unavailableMs().stream().sorted().toList();
    final Map<String, Object> unavailable = new LinkedHashMap<>();
    unavailable.put("p50", gone.isEmpty() ? 0 : gone.get(gone.size() / 2));
    unavailable.put("max", gone.isEmpty() ? 0 : gone.get(gone.size() - 1));
    final Map<String, Object> faults = new LinkedHashMap<>();
    faults.put("sigkill", log.kills());
    faults.put("sigkill_in_start", log.killsInStart());
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("seed", log.seed());
    map.put("minutes", Math.round(minutes * 10) / 10.0);
    map.put("faults", faults);
    map.put("acknowledged", log.acknowledged());
    map.put("lost", audit.lost());
    map.put("duplicated", audit.duplicated());
    map.put("late", log.late().cardinality());
    map.put("unavailable_ms", unavailable);
    map.put("ok", audit.problems().isEmpty());
    map.put("problems", audit.problems());
    return map;
  }

  private void print(final Map<String, Object> map) {
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(map));
    } else {
      final List<?> problems = (List<?>) map.remove("problems");
      map.forEach((name, value) -> out.printf("  %-16s %s%n", name, value));
      problems.stream().limit(PROBLEMS_SHOWN).forEach(out::println);
      if (problems.size() > PROBLEMS_SHOWN) {
        out.printf("and %,d more%n", problems.size() - PROBLEMS_SHOWN);
      }
    }
    out.flush();
  }

  private void tell(final String format, final Object... values) {
    final PrintWriter err = spec.commandLine().getErr();
    err.printf("civicswitch chaos: " + format + "%n", values);
    err.flush();
  }
}
