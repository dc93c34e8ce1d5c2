package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.civicswitch.ops.cli.node.JavaProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal as early as one can be sent on purpose: behind the first line. */
@Tag("slow")
@Tag("process")
final class StopProcessTest {
  @TempDir private Path data;

  @Test
  void aSignalDuringTheStartEndsItInOrder() throws Exception {
    final List<String> arguments =
        new ArrayList<>(List.of("start", "--dev", "--data", data.toString()));
    for (final String listener : List.of("iso20022", "exchange", "identity", "console", "ops")) {
      arguments.addAll(List.of("--set", listener + ".port=0"));
    }
    final Process child =
        new ProcessBuilder(JavaProcess.command(Main.class, "512m", arguments))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.contains("opening")) {
        line = lines.readLine();
      }
      assertThat(line).as("the child came up").isNotNull();
      // Not Process.destroy: that closes the stream that tells how it ended.
      child.toHandle().destroy();
      final String said = lines.lines().collect(Collectors.joining("\n"));
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
      assertThat(child.exitValue()).as(said).isZero();
      assertThat(said).doesNotContain("Exception", "HALTED");
      assertThat(data.resolve("endpoints.json")).doesNotExist();
    } finally {
      child.destroyForcibly();
    }
  }
}
