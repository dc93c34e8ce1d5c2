package org.civicswitch.ops.cli.benefits;

import java.nio.file.Path;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.ops.cli.report.DecimalAmount;
import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which switch, which programme, and in what form the answer is wanted. */
class OfficeOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Data directory of the running switch; default ${DEFAULT-VALUE}.")
  Path data;

  @Option(
      names = "--programme",
      paramLabel = "N",
      defaultValue = "" + SeededWorld.PROGRAMME,
      description = "Number of the programme; default ${DEFAULT-VALUE}.")
  int programme;

  @Option(names = "--json", description = "One JSON object on standard output.")
  boolean json;

  /**
   * Reads an amount in minor units.
   *
   * @throws ParameterException naming the option
   */
  long amount(final String option, final String text, final int exponent) {
    return DecimalAmount.parse(command, option, text, exponent);
  }

  /**
   * Reads {@code TYPE:VALUE}.
   *
   * @throws ParameterException naming the option
   */
  PersonId id(final String option, final String text) {
    try {
      return PersonId.parse(text);
    } catch (final IllegalArgumentException e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  ParameterException wrong(final String message) {
    return new ParameterException(command.commandLine(), message);
  }

  static String decimal(final long minorUnits, final int exponent) {
    return DecimalAmount.text(minorUnits, exponent);
  }
}
