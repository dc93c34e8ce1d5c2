package org.civicswitch.ops.console;

import java.util.function.Function;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.treasury.SignOffs;
import org.civicswitch.ops.treasury.TreasuryDesk;

/**
 * What people change the platform with.
 *
 * @param desk stays open when the console closes
 * @param funds the bank's statements against the switch; stays open too
 * @param signOffs the sheets that they signed
 * @param keys what they sign with
 * @param references the id under which a settlement bank's reference counts once
 * @param launcher as a person types it: {@code ./civicswitch}
 * @param data the data directory, as a person types it
 */
public record Treasury(
    TreasuryDesk desk,
    FundsDesk funds,
    SignOffs signOffs,
    OperatorKeys keys,
    Function<String, Id128> references,
    String launcher,
    String data) {

  /** The line that does the same in a shell. */
  String command(final String... words) {
    return line("operate", words);
  }

  /**
   * @param command of the launcher
   */
  String line(final String command, final String... words) {
    final StringBuilder line = new StringBuilder(quoted(launcher)).append(' ').append(command);
    for (final String word : words) {
      line.append(' ').append(quoted(word));
    }
    return line.append(" --data ").append(quoted(data)).toString();
  }

  /** One word for a shell. */
  private static String quoted(final String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
