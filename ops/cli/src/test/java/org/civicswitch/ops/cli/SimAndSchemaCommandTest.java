package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.civicswitch.core.sim.SimSummary;
import org.civicswitch.gateway.iso20022.schema.SchemaCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SimAndSchemaCommandTest {
  private static final String DEFINITION = "pacs.008.001.08";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void simTellsWhatItLivedThrough() {
    assertThat(run(new SimCommand(), "--seed", "7", "--json")).as(err.toString()).isZero();
    final JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("first_seed").asLong()).isEqualTo(7);
    assertThat(json.get("seeds").asLong()).isEqualTo(1);
    assertThat(json.get("commands").asLong()).isGreaterThanOrEqualTo(SimSummary.COMMANDS);
    assertThat(json.get("crashes").asLong()).isGreaterThanOrEqualTo(SimSummary.CRASHES);
    assertThat(json.get("faults").size()).isPositive();
    assertThat(json.get("codes").get("OK").asLong()).isPositive();
    assertThat(json.get("messages").size()).isPositive();
    assertThat(json.get("failed").asLong(-1)).isZero();
    assertThat(json.get("failed_seeds").size()).isZero();
    assertThat(err.toString().lines()).as("says what it does, and no failure").hasSize(1);
  }

  @Test
  void simGoesOnFromItsState() throws IOException {
    final String state = directory.resolve("state.json").toString();
    assertThat(run(new SimCommand(), "--seed", "7", "--seeds", "1", "--state", state)).isZero();
    out.getBuffer().setLength(0);
    assertThat(run(new SimCommand(), "--seeds", "2", "--state", state, "--json")).isZero();
    final JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("first_seed").asLong()).isEqualTo(7);
    assertThat(json.get("seeds").asLong()).isEqualTo(2);
    assertThat(json.get("codes_missing").size()).isPositive();
    assertThat(run(new SimCommand(), "--seed", "8", "--state", state)).isEqualTo(2);
    Files.writeString(Path.of(state), "{");
    assertThat(run(new SimCommand(), "--state", state)).isEqualTo(1);
  }

  @Test
  void wrongUsage() {
    assertThat(run(new SimCommand(), "--seeds", "0")).isEqualTo(2);
    assertThat(run(new SimCommand(), "--seed", "x")).isEqualTo(2);
    assertThat(run(new SimCommand(), "--seed")).isEqualTo(2);
    assertThat(run(new DevCompileSchemaCommand())).isEqualTo(2);
    assertThat(run(new GatewayCommand())).isEqualTo(2);
    assertThat(run(new GatewayCommand(), "smoke-signals")).isEqualTo(2);
    assertThat(run(new GatewayCommand(), "iso20022")).isEqualTo(2);
    assertThat(err.toString()).contains("gateway.data");
    assertThat(run(new GatewayCommand(), "iso20022", "--set", "iso20022.prot=1")).isEqualTo(2);
    assertThat(run(new GatewayCommand(), "iso20022", "--set", "iso20022.port=70000")).isEqualTo(2);
    final String absent = directory.resolve("absent.conf").toString();
    assertThat(run(new GatewayCommand(), "iso20022", "--config", absent)).isEqualTo(2);
    assertThat(err.toString()).contains("iso20022.prot", "70000", absent);
  }

  @Test
  void gatewayMakesNothingWhereNoSwitchEverWas() {
    assertThat(run(new GatewayCommand(), "iso20022", "--data", directory.toString())).isEqualTo(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void compileSchemaGivesTheCommittedDefinition() throws IOException {
    final Path schema = inputs().resolve("iso20022/xsd/" + DEFINITION + ".xsd");
    final String committed = committed();
    assertThat(run(new DevCompileSchemaCommand(), schema.toString())).isZero();
    assertThat(out.toString()).isEqualTo(committed);
    final Path file = directory.resolve("out.def");
    assertThat(run(new DevCompileSchemaCommand(), schema.toString(), "-o", file.toString()))
        .isZero();
    assertThat(file).hasContent(committed);
  }

  @Test
  void compileSchemaFailsOnWhatIsNoSchema() throws IOException {
    final Path file = Files.writeString(directory.resolve("a.xsd"), "<a/>");
    assertThat(run(new DevCompileSchemaCommand(), file.toString())).isEqualTo(1);
    assertThat(run(new DevCompileSchemaCommand(), file + "-absent")).isEqualTo(1);
    assertThat(run(new DevCompileSchemaCommand(), directory.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("root element is a", file + "-absent", "read " + directory);
    assertThat(out.toString()).isEmpty();
  }

  private static String committed() throws IOException {
    try (InputStream in = SchemaCompiler.class.getResourceAsStream(DEFINITION + ".def")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path inputs() {
    final String given = System.getProperty("civicswitch.inputs");
    if (given != null) {
      return Path.of(given);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/inputs"))) {
        return at.resolve("shared/inputs");
      }
    }
    assumeTrue(false, "no folder shared/inputs");
    return null;
  }

  private int run(final Object command, final String... args) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println(failure.getMessage());
              return 1;
            })
        .execute(args);
  }
}
