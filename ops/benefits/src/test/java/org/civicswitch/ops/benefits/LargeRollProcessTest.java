package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Tag("process")
final class LargeRollProcessTest {
  private static final int ROWS = 300_000;

  @TempDir private Path directory;

  @Test
  void aLargeRollNeedsNoMoreMemoryThanASmallOne() throws Exception {
    final Path roll = directory.resolve("roll.csv");
    try (BufferedWriter out = Files.newBufferedWriter(roll)) {
      out.write("beneficiary,entitlement,amount,currency,agent,account,name,remittance\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(
            "NID:1990-"
                + i
                + ",1,25.00,EUR,AURBXX2A,XX00AURB"
                + i
                + ",Beneficiary number "
                + i
                + ",support of the month of March\n");
      }
    }
    final Path said = directory.resolve("said.txt");
    // The rows alone would not fit into this heap.
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FirstPassMain.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(said, StandardCharsets.UTF_8).strip()).endsWith("0 " + ROWS);
    assertThat(Files.size(directory.resolve("roll.csv.verdicts.csv"))).isGreaterThan(ROWS * 20L);
  }
}
