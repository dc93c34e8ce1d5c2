package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {
  @TempDir private Path directory;

  @Test
  void helpOfEveryCommandNamesDefaultsThatThereAre() {
    assertHelp(Main.commandLine());
  }

  private static void assertHelp(final CommandLine line) {
    final String help = line.getUsageMessage();
    assertThat(help).contains("Usage: civicswitch").doesNotContain("null");
    line.getSubcommands().values().forEach(MainTest::assertHelp);
  }

  /** Somebody who types a command meets the launcher first. */
  @Test
  void theLauncherKnowsEveryCommand() throws IOException {
    final Path root = Path.of(System.getProperty("user.dir")).resolve("../..").normalize();
    final String launcher = Files.readString(root.resolve("civicswitch"));
    for (final String command : Main.commandLine().getSubcommands().keySet()) {
      if (!command.equals("help")) {
        assertThat(launcher).containsPattern("[ |(]" + command + "[|)]");
        assertThat(launcher).as("in its usage").containsPattern("(?m)^  " + command + " ");
      }
    }
  }

  @Test
  void errorsNameTheCommandOnce() {
    final String absent = directory.resolve("absent").toString();
    assertThat(failed("benefits", "enrol", absent))
        .isEqualTo("civicswitch benefits enrol: cannot read " + absent);
    assertThat(failed("alias", "resolve", "phone:+4930123456", "--data", absent))
        .startsWith("civicswitch alias resolve: no switch is running in");
  }

  private static String failed(final String... args) {
    final StringWriter err = new StringWriter();
    assertThat(Main.commandLine().setErr(new PrintWriter(err, true)).execute(args)).isEqualTo(1);
    return err.toString().strip();
  }
}
