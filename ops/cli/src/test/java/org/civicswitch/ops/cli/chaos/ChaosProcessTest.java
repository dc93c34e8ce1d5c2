package org.civicswitch.ops.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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

  /** Behind all that 20 lives can use. */
  private static final long MISSING = 8_000_000;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void sigkillLosesNothingAcknowledged() throws Exception {
    // In two parts, as a run of many hours is.
    assertThat(run(KILLS / 2)).as(out + "\n" + err).isZero();
    out.getBuffer().setLength(0);
    theRunItselfIsStopped();
    assertThat(run(KILLS)).as(out + "\n" + err).isZero();
    final JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("faults").get("sigkill").asInt()).isEqualTo(KILLS);
    assertThat(json.get("faults").get("sigkill_in_start").asInt()).isLessThan(KILLS);
    assertThat(json.get("acknowledged").asLong()).isGreaterThan(1_000);
    assertThat(json.get("lost").asInt(-1)).isZero();
    assertThat(json.get("duplicated").asInt(-1)).isZero();
    assertThat(json.get("unavailable_ms").get("max").asLong()).isPositive();
    whatIsMissingIsSeen();
  }

  /** The end of what it had noted is missing, and the last line is half. */
  private void theRunItselfIsStopped() throws Exception {
    final Path answers = directory.resolve("answers");
    final byte[] bytes = Files.readAllBytes(answers);
    Files.write(answers, Arrays.copyOf(bytes, bytes.length - 1_003));
  }

  /** The check itself: a payment said to be acknowledged that the switch never had. */
  private void whatIsMissingIsSeen() throws Exception {
    Files.writeString(
        directory.resolve("answers"),
        "s " + MISSING + " OK\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    out.getBuffer().setLength(0);
    assertThat(run(KILLS)).isEqualTo(1);
    final JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("lost").asInt()).isEqualTo(1);
    assertThat(json.get("problems").toString())
        .contains("SUBMIT of payment " + MISSING + " was not known");
  }

  private int run(final int kills) {
    return new CommandLine(new ChaosCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("--kills", "" + kills, "--data", directory.toString(), "--json");
  }
}
