package org.civicswitch.ops.cli.verify;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.ops.cli.report.Report;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./civicswitch as-of}. */
@Command(
    name = "as-of",
    description =
        "The state after a command of the log, with its hash, made again from snapshots, journal"
            + " and archive; beside a running switch too, which notices nothing.",
    mixinStandardHelpOptions = true)
public final class AsOfCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory of a switch, running or not.")
  private Path data;

  @ArgGroup(multiplicity = "1")
  private Wanted wanted;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  private static final class Wanted {
    @Option(
        names = "--sequence",
        paramLabel = "N",
        description = "After the command of this sequence of the log, from 1.")
    private Long sequence;

    @Option(
        names = "--time",
        paramLabel = "TIME",
        description =
            "After the last command at or before this time, such as 2026-03-01T12:00:00Z.")
    private String time;
  }

  @Override
  public Integer call() {
    final StateAt.Place place =
        wanted.sequence == null
            ? StateAt.Place.ofTime(time(wanted.time))
            : StateAt.Place.ofSequence(sequence(wanted.sequence));
    return Report.of(
        spec, json, report -> show(report, StateAt.of(data, place, System.currentTimeMillis())));
  }

  private long sequence(final long typed) {
    if (typed < 1) {
      throw new ParameterException(
          spec.commandLine(), "--sequence: sequences begin at 1, not " + typed);
    }
    return typed;
  }

  /** With an offset, or without one in UTC. */
  private long time(final String typed) {
    try {
      return OffsetDateTime.parse(typed).toInstant().toEpochMilli();
    } catch (final DateTimeException withoutOffset) {
      try {
        return LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC).toEpochMilli();
      } catch (final DateTimeException e) {
        throw new ParameterException(
            spec.commandLine(), "--time: not a time such as 2026-03-01T12:00:00Z: " + typed, e);
      }
    }
  }

  private static void show(final Report report, final StateAt.State state) {
    final EngineSummary summary = state.summary();
    report
        .put("sequence", state.sequence())
        .put("time", StateAt.iso(state.timeMs()))
        .put("feed_sequence", state.feedSequence())
        .put("state_hash", String.format("%016x", state.stateHash()))
        .put("from_snapshot", state.snapshot())
        .put("replayed", state.replayed())
        .put("earliest_sequence", state.earliest())
        .put("durable_sequence", state.durable())
        .put("positions", summary.positions().stream().map(AsOfCommand::asMap).toList())
        .put("assets", SummaryFields.assets(summary))
        .put("payments", SummaryFields.payments(summary))
        .put("problems", summary.problems())
        .put("notes", state.notes());
    state.notes().forEach(note -> report.say("note     " + note));
    report
        .say(
            String.format(
                "sequence %,d at %s, feed %,d",
                state.sequence(), StateAt.iso(state.timeMs()), state.feedSequence()))
        .say(String.format("state    %016x", state.stateHash()))
        .say(
            String.format(
                "made from %s and %,d commands; any from sequence %,d to %,d can be",
                state.snapshot() == 0 ? "the first command" : "snapshot " + state.snapshot(),
                state.replayed(),
                state.earliest(),
                state.durable()));
    positions(report, summary.positions());
    summary.assets().forEach(asset -> report.say(SummaryFields.line(asset)));
    SummaryFields.payments(summary)
        .forEach((name, count) -> report.say(String.format("%-8s %,d", name, count)));
    summary.problems().forEach(problem -> report.say("PROBLEM  " + problem));
    if (!summary.problems().isEmpty()) {
      report.fail();
    }
  }

  private static void positions(
      final Report report, final List<EngineSummary.PositionTotal> positions) {
    if (positions.isEmpty()) {
      report.say("positions none");
      return;
    }
    report.say(
        String.format(
            "%-16s %-12s %20s %20s %20s",
            "participant", "asset", "posted", "reserved", "net debit cap"));
    positions.forEach(
        p ->
            report.say(
                String.format(
                    "%-16s %-12s %,20d %,20d %,20d",
                    p.participantCode(),
                    p.assetCode(),
                    p.posted(),
                    p.reserved(),
                    p.netDebitCap())));
    report.say("(minor units)");
  }

  private static Map<String, Object> asMap(final EngineSummary.PositionTotal position) {
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("participant", position.participant());
    map.put("participant_code", position.participantCode());
    map.put("asset", position.asset());
    map.put("asset_code", position.assetCode());
    map.put("posted", position.posted());
    map.put("reserved", position.reserved());
    map.put("incoming", position.incoming());
    map.put("net_debit_cap", position.netDebitCap());
    return map;
  }
}
