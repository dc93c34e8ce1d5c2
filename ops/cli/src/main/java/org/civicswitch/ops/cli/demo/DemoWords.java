package org.civicswitch.ops.cli.demo;

import java.nio.file.Path;
import org.civicswitch.ops.cli.node.Endpoints;

/** What a running demo tells its person: where to look, and lines to paste. */
final class DemoWords {
  private DemoWords() {}

  /**
   * @param launcher as it was typed
   * @param data as it was typed
   * @param authority directory of the development authority's certificates
   * @param logins directory of the operators' one-time logins
   */
  static String of(
      final String launcher,
      final Path data,
      final Path authority,
      final Path logins,
      final Endpoints endpoints) {
    final String program = quoted(launcher);
    return String.join(
        System.lineSeparator(),
        "",
        "Civic Switch is running. Data: " + data,
        "",
        "  Open       " + endpoints.url("console"),
        "  Metrics    " + endpoints.url("metrics"),
        "  Sign in    the address that this prints, once; operator-1 proposes, operator-3 approves:",
        "             cat " + quoted(logins.resolve("operator-1").toString()),
        "",
        "Try, in another terminal in this directory. One payment with our client, one with curl:",
        "",
        program
            + " send --from AURBXX2A --to BORBXX2A --amount 12.50 --data "
            + quoted(data.toString()),
        "",
        program
            + " dev example pacs008 --from AURBXX2A --to CEDSXX2A --amount 7.25 | curl -sS --cacert "
            + quoted(authority.resolve("ca.pem").toString())
            + " --cert "
            + quoted(authority.resolve("aurbxx2a.pem").toString())
            + " --key "
            + quoted(authority.resolve("aurbxx2a.key").toString())
            + " -H 'Content-Type: application/xml' -H 'Prefer: wait=10' --data-binary @- "
            + endpoints.url("iso20022")
            + "/iso20022/messages",
        "");
  }

  /** One word for a shell. */
  static String quoted(final String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
