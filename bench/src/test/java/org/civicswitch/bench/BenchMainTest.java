package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class BenchMainTest {
  @Test
  void wrongUsageExitsTwo() {
    assertThat(BenchMain.run()).as("no name").isEqualTo(2);
    assertThat(BenchMain.run("no-such-benchmark")).isEqualTo(2);
    assertThat(BenchMain.run("embedded", "--pairs", "0")).isEqualTo(2);
    assertThat(BenchMain.run("embedded", "--seconds", "-1")).isEqualTo(2);
    assertThat(BenchMain.run("reporting", "--payments", "999")).isEqualTo(2);
    assertThat(BenchMain.run("--no-such-option")).isEqualTo(2);
  }

  @Test
  void helpNamesWhatIsTyped() {
    assertThat(outputOf("--help")).startsWith("Usage: civicswitch bench [");
  }

  @Test
  void theListIsOneJsonObject() {
    assertThat(
            JsonMapper.shared()
                .readTree(outputOf("--list", "--json"))
                .get("benchmarks")
                .has("embedded"))
        .isTrue();
  }

  private static String outputOf(final String... args) {
    final PrintStream before = System.out;
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(BenchMain.run(args)).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
