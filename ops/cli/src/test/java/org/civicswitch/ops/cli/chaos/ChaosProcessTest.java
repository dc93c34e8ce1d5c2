package org.civicswitch.ops.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real process under load, killed with SIGKILL at random moments: nothing acknowledged is lost.
 */
@Tag("slow")
@Tag("process")
final class ChaosProcessTest {
  private static final int KILLS = 20;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void sigkillLosesNothingAcknowledged() throws Exception {
    // In two parts, as a run of many hours is.
    assertThat(run(KILLS / 2)).as(out + "\n" + err).isZero();
    out.getBuffer().setLength(0);
    assertThat(run(KILLS)).as(out + "\n" + err).isZero();
    final JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("faults").get("sigkill").asInt()).isEqualTo(KILLS);
    assertThat(json.get("faults").get("sigkill_in_start").asInt()).isLessThan(KILLS);
    assertThat(json.get("acknowledged").asLong()).isGreaterThan(1_000);
    assertThat(json.get("lost").asInt(-1)).isZero();
    assertThat(json.get("duplicated").asInt(-1)).isZero();
    assertThat(json.get("unavailable_ms").get("max").asLong()).isPositive();
    whatIsMissingIsSeen(json.get("acknowledged").asLong());
  }

  /** The check itself: a payment said to be acknowledged that the switch never had. */
  private void whatIsMissingIsSeen(final long beyond) throws Exception {
    Files.writeString(
        directory.resolve("answers"),
        "s " + beyond * 8 + " OK\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    out.getBuffer().setLength(0);
    assertThat(run(KILLS)).isEqualTo(1);
    final JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("lost").asInt()).isEqualTo(1);
    assertThat(json.get("problems").toString()).contains("payment " + beyond * 8);
  }

  private int run(final int kills) {
    return new CommandLine(new ChaosCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("--kills", "" + kills, "--data", directory.toString(), "--json");
  }
}
