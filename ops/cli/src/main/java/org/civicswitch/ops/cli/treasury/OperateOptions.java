package org.civicswitch.ops.cli.treasury;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.civicswitch.gateway.iso20022.message.Amounts;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which switch, and in what form the answer is wanted. */
class OperateOptions {
  private static final int WHOLE_DIGITS_MAX = 15;

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

  /** As it was typed, for what is printed to be typed next. */
  String launcher() {
    return System.getProperty("civicswitch.command", "./civicswitch");
  }

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
    final int exponent = asset.exponent();
    final String decimals = exponent == 0 ? "" : "(\\.[0-9]{1," + exponent + "})?";
    if (!text.matches("[0-9]{1," + WHOLE_DIGITS_MAX + "}" + decimals)) {
      throw wrong(
          option
              + ": not a decimal amount with at most "
              + exponent
              + " decimals, a point before them and no separators: "
              + text);
    }
    return Amounts.minorUnits(text, exponent);
  }

  static String decimal(final long minorUnits, final int exponent) {
    return BigDecimal.valueOf(minorUnits, exponent).toPlainString();
  }
}
