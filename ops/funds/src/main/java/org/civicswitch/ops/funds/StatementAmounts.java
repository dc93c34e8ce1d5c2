package org.civicswitch.ops.funds;

import java.util.regex.Pattern;
import org.civicswitch.gateway.iso20022.message.Amounts;
import org.civicswitch.gateway.iso20022.message.Currencies;

/** Amounts of statements, exactly. */
final class StatementAmounts {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,17})?");

  private StatementAmounts() {}

  /**
   * Minor units of an unsigned decimal amount.
   *
   * @throws StatementRefused naming the place
   */
  static long parse(final String place, final String text, final String currency)
      throws StatementRefused {
    final int exponent = exponent(place, currency);
    final String decimal = text.strip();
    final long minor =
        DECIMAL.matcher(decimal).matches()
            ? Amounts.minorUnits(decimal, exponent)
            : Amounts.NOT_REPRESENTABLE;
    if (minor < 0) {
      throw new StatementRefused(place + ": not an amount of " + currency + ": " + text);
    }
    return minor;
  }

  static String text(final long minor, final String currency) {
    return (minor < 0 ? "-" : "")
        + Amounts.format(Math.abs(minor), Math.max(0, Currencies.exponent(currency)))
        + " "
        + currency;
  }

  private static int exponent(final String place, final String currency) throws StatementRefused {
    final int exponent = Currencies.exponent(currency);
    if (exponent < 0) {
      throw new StatementRefused(place + ": no currency that is booked in: " + currency);
    }
    return exponent;
  }
}
