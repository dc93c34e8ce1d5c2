package org.civicswitch.ops.cli.funds;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.funds.Break;
import org.civicswitch.ops.funds.WorkBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Working on what bank and switch do not agree on. */
final class BreakCommands {
  private static final String BREAK = "Its id, as funds status says it.";
  private static final String OPERATOR = "Number of the operator; default ${DEFAULT-VALUE}.";

  private BreakCommands() {}

  static List<Map<String, Object>> json(final WorkBook.Item item) {
    return item.lines().stream()
        .map(
            line -> {
              final Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("time", Instant.ofEpochMilli(line.timeMs()).toString());
              fields.put("by", line.who());
              fields.put("state", line.state().word());
              fields.put("note", line.note());
              return fields;
            })
        .toList();
  }

  /**
   * @param item null: nothing was written on it
   */
  static void say(final Report report, final WorkBook.Item item) {
    if (item == null) {
      report.say("    nobody has it");
      return;
    }
    for (final WorkBook.Line line : item.lines()) {
      report.say(
          "    "
              + Instant.ofEpochMilli(line.timeMs())
              + " "
              + line.who()
              + ": "
              + line.state().word()
              + (line.note().isEmpty() ? "" : ", " + line.note()));
    }
  }

  /** Adds a line to a break that there is. */
  private static int add(
      final FundsOptions options,
      final String id,
      final int operator,
      final WorkBook.State state,
      final String note) {
    return FundsSession.report(
        options,
        (session, report) -> {
          final boolean known =
              session.look().reports().stream()
                  .flatMap(one -> one.breaks().stream())
                  .map(Break::id)
                  .anyMatch(id::equals);
          if (!known) {
            throw new IOException("there is no break " + id + ": see funds status");
          }
          session
              .work()
              .add(id, SeededWorld.operatorName(operator), state, note, System.currentTimeMillis());
          final WorkBook.Item item = session.work().items().get(id);
          report
              .put("break", id)
              .put("holder", item.holder())
              .put("state", item.state().word())
              .put("notes", json(item));
          report.say("break " + id + ":");
          say(report, item);
        });
  }

  /** {@code funds take}. */
  @Command(
      name = "take",
      description = "Takes a break on: everybody sees who has it.",
      mixinStandardHelpOptions = true)
  static final class Take implements Callable<Integer> {
    @Mixin private FundsOptions options;

    @Parameters(paramLabel = "BREAK", description = BREAK)
    private String id;

    @Option(
        names = "--operator",
        paramLabel = "N",
        defaultValue = "" + SeededWorld.PLATFORM_OPERATOR,
        description = OPERATOR)
    private int operator;

    @Override
    public Integer call() {
      return add(options, id, operator, WorkBook.State.TAKEN, "");
    }
  }

  /** {@code funds note}. */
  @Command(
      name = "note",
      description = "Writes down what was found out about a break; nothing is ever deleted.",
      mixinStandardHelpOptions = true)
  static final class Note implements Callable<Integer> {
    @Mixin private FundsOptions options;

    @Parameters(index = "0", paramLabel = "BREAK", description = BREAK)
    private String id;

    @Parameters(
        index = "1",
        paramLabel = "TEXT",
        description = "One line of at most " + WorkBook.NOTE_MAX + " characters.")
    private String text;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "taken, waiting, answered or released; default: as it was.")
    private String state;

    @Option(
        names = "--operator",
        paramLabel = "N",
        defaultValue = "" + SeededWorld.PLATFORM_OPERATOR,
        description = OPERATOR)
    private int operator;

    @Override
    public Integer call() {
      final WorkBook.State next =
          state == null
              ? null
              : WorkBook.State.of(state)
                  .orElseThrow(
                      () ->
                          new picocli.CommandLine.ParameterException(
                              options.command.commandLine(),
                              "--state: "
                                  + Arrays.stream(WorkBook.State.values())
                                      .map(WorkBook.State::word)
                                      .collect(Collectors.joining(", "))
                                  + ", not "
                                  + state));
      return add(options, id, operator, next, text);
    }
  }
}
