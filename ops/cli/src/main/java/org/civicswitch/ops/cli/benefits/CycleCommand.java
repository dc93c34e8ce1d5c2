package org.civicswitch.ops.cli.benefits;

import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./civicswitch benefits cycle}. */
@Command(
    name = "cycle",
    description = "Closes a cycle of a programme.",
    mixinStandardHelpOptions = true)
final class CycleCommand {
  private static final String CHECKER = "" + SeededWorld.CHECKER;

  @Command(
      name = "close",
      description =
          "Closes the cycle for ever: nothing is paid for it any more, repairs neither. Every"
              + " envelope of it must be closed or cancelled. Again changes nothing.",
      mixinStandardHelpOptions = true)
  int close(
      @Mixin final OfficeOptions options,
      @Option(
              names = "--cycle",
              required = true,
              paramLabel = "N",
              description = "The cycle, from 1.")
          final int cycle,
      @Option(
              names = "--operator",
              defaultValue = CHECKER,
              description =
                  "Number of the operator who signs and may approve; default ${DEFAULT-VALUE}.")
          final int operator) {
    if (cycle < 1) {
      throw options.wrong("--cycle: from 1");
    }
    return OfficeSession.report(
        options,
        (session, report) -> {
          session.programmes().closeCycle(options.programme, cycle, session.operator(operator));
          report
              .put("programme", options.programme)
              .put("cycle", cycle)
              .put("closed", true)
              .say("cycle " + cycle + " of programme " + options.programme + " is closed");
        });
  }
}
