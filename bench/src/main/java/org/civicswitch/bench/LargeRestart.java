package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starting from a large snapshot, each time in a new process. What comes back must be what was
 * filled, to the bit.
 */
final class LargeRestart {
  private static final List<String> SAME = List.of("sequence", "feed_sequence", "state_hash");

  private final LargeState state;
  private final BenchOptions options;

  LargeRestart(final LargeState state, final BenchOptions options) {
    this.state = state;
    this.options = options;
  }

  void addTo(final BenchReport report)
      throws IOException, InterruptedException, WrongResultException {
    if (state.ids() < state.commandsToMakeIt()) {
      throw new IllegalArgumentException(
          "--ids must be at least " + state.commandsToMakeIt() + " for so many accounts");
    }
    final Path directory =
        state.kept() == null ? options.directory().resolve("large") : state.kept();
    final Path filled = directory.resolve("filled.json");
    final boolean again = Files.exists(filled);
    if (!again) {
      Files.createDirectories(directory);
      final String made = process(LargeStateFill.arguments(directory, state, options.seconds()));
      Files.writeString(filled, made);
    }
    final JsonNode expected = JsonMapper.shared().readTree(Files.readString(filled));
    if (!again) {
      addPayments(report, expected);
    }
    final List<Double> seconds = new ArrayList<>();
    JsonNode last = null;
    for (int i = 0; i < options.pairs(); i++) {
      last = JsonMapper.shared().readTree(process(List.of("start", directory.toString())));
      System.err.println("bench: " + last);
      check(expected, last);
      seconds.add(last.get("seconds").asDouble());
    }
    final List<Double> sorted = seconds.stream().sorted().toList();
    final double median = sorted.get(sorted.size() / 2);
    report
        .add("restart, large", state.accounts() / median, state.accounts() / median, null)
        .with("seconds", median)
        .with("seconds_each", seconds)
        .with("accounts", state.accounts())
        .with("remembered_ids", state.ids())
        .with("snapshot_bytes", RecoveryBenchmark.newestSnapshotBytes(directory))
        .with("last", JsonMapper.shared().convertValue(last, Map.class));
  }

  private String process(final List<String> arguments)
      throws IOException, InterruptedException, WrongResultException {
    final List<String> javaOptions = new ArrayList<>();
    javaOptions.add("-Xmx" + state.heapMb() + "m");
    javaOptions.addAll(state.javaOptions());
    return Processes.run(LargeStateProcess.class, javaOptions, arguments);
  }

  private static void check(final JsonNode expected, final JsonNode found)
      throws WrongResultException {
    for (final String field : SAME) {
      if (!expected.get(field).equals(found.get(field))) {
        throw new WrongResultException(
            field + " is " + found.get(field) + " instead of " + expected.get(field));
      }
    }
    if (found.get("replayed").asLong() != 0) {
      throw new WrongResultException("commands were replayed behind the snapshot");
    }
  }

  private static void addPayments(final BenchReport report, final JsonNode filled) {
    for (final String when : List.of("alone", "beside_snapshot", "alone_again")) {
      report
          .add(
              "payments, " + when.replace('_', ' '),
              filled.get("offered_per_s").asDouble(),
              filled.get(when).get("accepted_per_s").asDouble(),
              null)
          .with("loop", "open")
          .with("found", JsonMapper.shared().convertValue(filled.get(when), Map.class));
    }
    report.with("fill_seconds", filled.get("fill_seconds").asDouble());
  }
}
