package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.civicswitch.ops.cli.benefits.BenefitsCommand;
import org.civicswitch.ops.cli.node.JavaProcess;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A switch here, the office in processes of its own that are killed in the midst of filling. */
@Tag("slow")
@Tag("process")
final class BenefitsProcessTest {
  private static final int PEOPLE = 6_000;
  private static final int KILLS = 3;

  @TempDir private Path data;
  @TempDir private Path files;

  @Test
  void aKilledOfficeGoesOnWithoutLossOrDouble() throws Exception {
    final NodeConfig anyPorts =
        NodeConfig.load(
            null,
            Map.of(
                "iso20022.port", "0",
                "exchange.port", "0",
                "identity.port", "0",
                "console.port", "0",
                "ops.port", "0"));
    final List<String> rows = new ArrayList<>();
    rows.add("beneficiary,entitlement,amount,currency,agent,account,name");
    IntStream.range(0, PEOPLE)
        .forEach(i -> rows.add("NID:K" + i + ",1,1.50,EUR,AURBXX2A,XX00AURB" + i + ",Holder " + i));
    final Path roll = Files.write(files.resolve("roll.csv"), rows, StandardCharsets.UTF_8);
    try (SwitchNode node =
        SwitchNode.start(new SwitchNode.Options(data, anyPorts, true, "TEST", null), note -> {})) {
      assertThat(here("enrol", roll.toString()).get("enrolled").asInt()).isEqualTo(PEOPLE);
      int before = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        final Process office = office("fill", roll.toString(), "--cycle", "1");
        try {
          // Kills at about a quarter, a half and three quarters; a slow look sees a later place.
          before = untilAdded(roll, Math.max(before + 1, kill * PEOPLE / (KILLS + 1)), office);
        } finally {
          office.destroyForcibly();
        }
        assertThat(office.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      final Process last = office("fill", roll.toString(), "--cycle", "1");
      assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).isZero();
      final JsonNode filled = here("seal", roll.toString(), "--cycle", "1");
      assertThat(filled.get("added").asInt()).isEqualTo(PEOPLE);
      assertThat(filled.get("declared_total").asString()).isEqualTo("9000.00");
      assertThat(here("approve", roll.toString(), "--cycle", "1").get("state").asString())
          .isEqualTo("APPROVED");
      assertThat(node.local().host().isHalted()).isFalse();
    }
  }

  /** The lines in the envelope, once there are so many or the office has ended. */
  private int untilAdded(final Path roll, final int lines, final Process office) {
    int added = 0;
    while (added < lines && office.isAlive()) {
      final JsonNode progress = here("progress", roll.toString(), "--cycle", "1");
      added = progress.has("added") ? progress.get("added").asInt() : 0;
    }
    return added;
  }

  private JsonNode here(final String... words) {
    final StringWriter out = new StringWriter();
    final List<String> args = new ArrayList<>(List.of(words));
    args.addAll(List.of("--json", "--data", data.toString()));
    new CommandLine(new BenefitsCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(args.toArray(new String[0]));
    return JsonMapper.shared().readTree(out.toString());
  }

  private Process office(final String... words) throws Exception {
    final List<String> arguments = new ArrayList<>(List.of("benefits"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--data", data.toString()));
    return new ProcessBuilder(JavaProcess.command(Main.class, "256m", arguments))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
