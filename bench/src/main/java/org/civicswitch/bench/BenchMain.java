package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.bench.jmh.JmhRun;
import org.civicswitch.ops.cli.node.DirectoryTree;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch bench NAME}. */
@Command(
    name = "civicswitch bench",
    description = "Runs one macro benchmark and checks the result of what it ran.",
    mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {
  private static final String JMH = "jmh";
  private static final List<Benchmark> ALL =
      List.of(
          new LedgerBenchmark(),
          new EmbeddedBenchmark(),
          new PeersBenchmark(),
          new RecoveryBenchmark(),
          new SoakBenchmark(),
          new OverloadBenchmark(),
          new GatewayBenchmark(),
          new ReportingBenchmark());

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One of --list.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REGEX",
      description = "With jmh: which of its benchmarks (default all).")
  private String regex = "org.civicswitch.bench.jmh";

  @Option(names = "--list", description = "Prints the benchmarks.")
  private boolean list;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Option(names = "--seconds", description = "Per measured case (default ${DEFAULT-VALUE}).")
  private int seconds = 5;

  @Option(
      names = "--pairs",
      description = "Interleaved pairs of subject and limit (default ${DEFAULT-VALUE}).")
  private int pairs = 7;

  @Option(
      names = "--data",
      description = "A directory on the disk to measure; made for the run and removed after it.")
  private Path data;

  @Option(
      names = "--accounts",
      description = "With recovery: starts from a state with so many accounts.")
  private Integer accounts;

  @Option(names = "--ids", description = "With --accounts: so many remembered ids.")
  private int ids;

  @Option(
      names = "--state",
      description = "With --accounts: a directory that is filled once, kept and used again.")
  private Path state;

  @Option(
      names = "--java-options",
      split = " ",
      description = "With --accounts: more Java options for the processes that fill and start.")
  private List<String> javaOptions = List.of();

  @Option(
      names = "--payments",
      description =
          "With reporting: how many there are to search among (default ${DEFAULT-VALUE}).")
  private long payments = BenchOptions.PAYMENTS_DEFAULT;

  private BenchMain() {}

  public static void main(final String[] args) {
    System.exit(run(args));
  }

  static int run(final String... args) {
    return new CommandLine(new BenchMain())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              System.err.println("civicswitch bench: " + failure);
              if (System.getenv("CIVICSWITCH_TRACE") != null) {
                failure.printStackTrace();
              }
              return 1;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || pairs < 1) {
      System.err.println("civicswitch bench: --seconds and --pairs must be at least 1");
      return 2;
    }
    if (payments < BenchOptions.PAYMENTS_MIN || payments > BenchOptions.PAYMENTS_MAX) {
      System.err.println("civicswitch bench: --payments must be from 1,000 to 1,000,000,000");
      return 2;
    }
    if (list) {
      list();
      return 0;
    }
    if (JMH.equals(name)) {
      JmhRun.run(regex, seconds, json);
      return 0;
    }
    final Benchmark chosen =
        ALL.stream().filter(b -> b.name().equals(name)).findFirst().orElse(null);
    if (chosen == null) {
      System.err.println(
          "civicswitch bench: " + (name == null ? "no NAME given" : "no benchmark '" + name + "'"));
      ALL.forEach(b -> System.err.printf("  %-10s %s%n", b.name(), b.description()));
      return 2;
    }
    final Path directory =
        data == null
            ? Files.createTempDirectory(Path.of("").toAbsolutePath(), ".bench-")
            : Files.createDirectories(data.resolve("bench-" + ProcessHandle.current().pid()));
    System.err.printf(
        "civicswitch bench %s: %d s a case, %d pairs%n", chosen.name(), seconds, pairs);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
    try {
      final LargeState large =
          accounts == null ? null : new LargeState(accounts, ids, state, javaOptions);
      final BenchReport report =
          chosen.run(new BenchOptions(seconds, pairs, directory, large, payments));
      System.out.println(json ? report.json() : report.table());
      return 0;
    } catch (final WrongResultException e) {
      System.err.println("civicswitch bench " + name + ": wrong result: " + e.getMessage());
      return 1;
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  /** After a ctrl-C: gigabytes that nobody would find again. */
  private static void remove(final Path directory) {
    try {
      if (Files.exists(directory)) {
        DirectoryTree.delete(directory);
      }
    } catch (final IOException e) {
      System.err.println("civicswitch bench: left behind: " + directory);
    }
  }

  private void list() {
    final Map<String, String> all = new LinkedHashMap<>();
    ALL.forEach(b -> all.put(b.name(), b.description()));
    all.put(JMH, "single pieces under JMH, with allocation counted");
    if (json) {
      System.out.println(JsonMapper.shared().writeValueAsString(Map.of("benchmarks", all)));
    } else {
      all.forEach((name, what) -> System.out.printf("%-10s %s%n", name, what));
    }
  }
}
