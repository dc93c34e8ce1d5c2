package org.civicswitch.ops.cli.treasury;

import java.nio.file.Path;
import org.civicswitch.ops.cli.report.DecimalAmount;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which switch, and in what form the answer is wanted. */
class OperateOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Data directory of the running switch; default ${DEFAULT-VALUE}.")
  Path data;

  @Option(names = "--json", description = "One JSON object on standard output.")
  boolean json;

  ParameterException wrong(final String message) {
    return new ParameterException(command.commandLine(), message);
  }

  TreasuryBook.Participant participant(final TreasuryBook book, final String text) {
    return book.participant(text)
        .orElseThrow(() -> wrong("--participant: no participant has the code or number " + text));
  }

  TreasuryBook.Asset asset(final TreasuryBook book, final String text) {
    return book.asset(text).orElseThrow(() -> wrong("--asset: no asset has the code " + text));
  }

  /** Minor units of a decimal amount of an asset. */
  long amount(final String option, final String text, final TreasuryBook.Asset asset) {
    return DecimalAmount.parse(command, option, text, asset.exponent());
  }
}
