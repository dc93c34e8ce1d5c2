package org.civicswitch.ops.cli.report;

import java.math.BigDecimal;
import org.civicswitch.gateway.iso20022.message.Amounts;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Amounts as people type and read them. */
public final class DecimalAmount {
  /** Integer digits of the largest amount. */
  private static final int WHOLE_DIGITS_MAX = 15;

  private DecimalAmount() {}

  /**
   * Reads an amount in minor units.
   *
   * @throws ParameterException naming the option
   */
  public static long parse(
      final CommandSpec command, final String option, final String text, final int exponent) {
    final String decimals = exponent == 0 ? "" : "(\\.[0-9]{1," + exponent + "})?";
    if (!text.matches("[0-9]{1," + WHOLE_DIGITS_MAX + "}" + decimals)) {
      throw new ParameterException(
          command.commandLine(),
          option
              + ": not a decimal amount with at most "
              + exponent
              + " decimals, a point before them and no separators: "
              + text);
    }
    return Amounts.minorUnits(text, exponent);
  }

  public static String text(final long minorUnits, final int exponent) {
    return BigDecimal.valueOf(minorUnits, exponent).toPlainString();
  }
}
