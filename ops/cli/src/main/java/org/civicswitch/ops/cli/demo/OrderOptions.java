package org.civicswitch.ops.cli.demo;

import java.util.UUID;
import org.civicswitch.gateway.iso20022.message.Amounts;
import org.civicswitch.gateway.iso20022.message.Currencies;
import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a person says of one payment on the command line. */
public final class OrderOptions {
  /** Integer digits that an ISO 20022 amount with two decimals can have. */
  private static final int WHOLE_DIGITS_MAX = 15;

  private static final int PAYER = 42;
  private static final int PAYEE = 4_711;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "BANK",
      description = "BIC of the payer's bank, for example AURBXX2A.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "BANK",
      description = "BIC of the payee's bank, for example BORBXX2A.")
  private String to;

  @Option(
      names = "--amount",
      required = true,
      paramLabel = "N",
      description = "A decimal amount without separators of thousands, for example 12.50.")
  private String amount;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      defaultValue = "EUR",
      description = "Three letters of ISO 4217; default ${DEFAULT-VALUE}.")
  private String currency;

  @Option(
      names = "--payee",
      paramLabel = "NUMBER",
      defaultValue = "" + PAYEE,
      description =
          "Serial number of the payee's account; those ending in 404 and 606 are refused, in 99999"
              + " never answered. Default ${DEFAULT-VALUE}.")
  private int payee;

  /**
   * The payment meant, under a fresh UETR.
   *
   * @throws ParameterException naming the option that is wrong
   */
  public PaymentOrder order() {
    final int exponent = Currencies.exponent(currency);
    if (exponent < 0) {
      throw wrong("--currency: no current currency of ISO 4217: " + currency);
    }
    final String form = "[0-9]{1," + WHOLE_DIGITS_MAX + "}(\\.[0-9]{1," + exponent + "})?";
    if (!amount.matches(exponent == 0 ? "[0-9]{1," + WHOLE_DIGITS_MAX + "}" : form)) {
      throw wrong(
          "--amount: not a decimal amount with at most "
              + exponent
              + " decimals, a point before them and no separators: "
              + amount);
    }
    final long minor = Amounts.minorUnits(amount, exponent);
    if (minor <= 0) {
      throw wrong("--amount: must be above zero");
    }
    if (payee < 0 || payee > DemoAccounts.SERIAL_MAX) {
      throw wrong("--payee: 0 to " + DemoAccounts.SERIAL_MAX);
    }
    return new PaymentOrder(
        UUID.randomUUID(),
        bic("--from", from),
        bic("--to", to),
        minor,
        currency,
        PAYER,
        payee,
        "Sent by hand");
  }

  private String bic(final String option, final String bic) {
    try {
      return SeededWorld.bank(bic).bic();
    } catch (final IllegalArgumentException e) {
      throw wrong(
          option
              + ": "
              + e.getMessage()
              + "; there are "
              + SeededWorld.BANKS.stream()
                  .map(org.civicswitch.ops.cli.world.Bank::bic)
                  .collect(java.util.stream.Collectors.joining(", ")));
    }
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
