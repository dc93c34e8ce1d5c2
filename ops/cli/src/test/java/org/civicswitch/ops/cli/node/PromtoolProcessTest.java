package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alerts as Prometheus reads them. Skipped without Debian's package prometheus. */
final class PromtoolProcessTest {
  private static final Path RULES =
      Path.of(System.getProperty("user.dir")).resolve("../../deploy/prometheus").normalize();

  @BeforeEach
  void promtoolIsHere() {
    boolean here = true;
    try {
      run("--version");
    } catch (final IOException | InterruptedException e) {
      here = false;
    }
    Assumptions.assumeTrue(here, "promtool is not here (Debian: prometheus)");
  }

  private static String run(final String... words) throws IOException, InterruptedException {
    final String[] all = new String[words.length + 1];
    all[0] = "promtool";
    System.arraycopy(words, 0, all, 1, words.length);
    final Process process =
        new ProcessBuilder(all).directory(RULES.toFile()).redirectErrorStream(true).start();
    final String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void theRulesAreRules() throws Exception {
    assertThat(run("check", "rules", "civicswitch.rules.yml")).contains("SUCCESS");
    run("check", "config", "scrape.yml");
  }

  @Test
  void theAlertsFireWhenTheyShould() throws Exception {
    assertThat(run("test", "rules", "civicswitch.rules.test.yml")).contains("SUCCESS");
  }
}
