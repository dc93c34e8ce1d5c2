package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What it measures is right, whatever it measures. */
@Tag("slow")
@Tag("process")
final class ReportingBenchmarkProcessTest {
  @TempDir private Path directory;

  @Test
  void everyCaseChecksItsResult() throws Exception {
    assumeTrue(
        PostgresServer.find().isPresent(),
        "no PostgreSQL server here; Debian: apt-get install postgresql");
    final JsonNode report =
        JsonMapper.shared()
            .readTree(
                new ReportingBenchmark()
                    .run(new BenchOptions(1, 1, directory, null, 5_000))
                    .json());
    assertThat(report.get("name").asString()).isEqualTo("reporting");
    assertThat(report.get("cases").size()).isGreaterThan(15);
  }
}
