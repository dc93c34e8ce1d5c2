package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class RecoveryBenchmarkTest {
  @TempDir Path directory;

  @Test
  void bothWaysOfStartingAreMeasured() throws Exception {
    final JsonNode report =
        JsonMapper.builder()
            .build()
            .readTree(new RecoveryBenchmark().run(new BenchOptions(1, 1, directory)).json());
    final JsonNode replay = report.get("cases").get(0);
    final JsonNode restart = report.get("cases").get(1);
    assertThat(replay.get("case").asString()).isEqualTo("replay");
    assertThat(replay.get("seconds").asDouble()).isPositive();
    assertThat(restart.get("case").asString()).isEqualTo("restart");
    assertThat(replay.get("commands").asLong()).isGreaterThan(restart.get("payments").asLong());
  }
}
