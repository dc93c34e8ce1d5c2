package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
