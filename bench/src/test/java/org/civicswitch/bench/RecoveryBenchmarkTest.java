package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
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

  @Test
  void aStateOfAGivenSizeComesBackInNewProcesses() throws Exception {
    final LargeState state = new LargeState(1_000, 3_000, directory.resolve("kept"), List.of());
    final BenchOptions options = new BenchOptions(1, 2, directory, state);
    final JsonNode cases =
        JsonMapper.shared().readTree(new RecoveryBenchmark().run(options).json()).get("cases");
    assertThat(cases).hasSize(4);
    assertThat(cases.get(1).get("found").get("copied_bytes").asLong()).isPositive();
    assertThat(cases.get(3).get("seconds_each")).hasSize(2);
    assertThat(cases.get(3).get("snapshot_bytes").asLong()).isGreaterThan(3_000 * 64);
    // What was kept is used again, and not filled a second time.
    final JsonNode again =
        JsonMapper.shared().readTree(new RecoveryBenchmark().run(options).json()).get("cases");
    assertThat(again).hasSize(1);
  }

  @Test
  void idsAreAtLeastWhatTheAccountsNeed() {
    final LargeState state = new LargeState(5_000, 100, null, List.of());
    assertThatThrownBy(() -> new RecoveryBenchmark().run(new BenchOptions(1, 1, directory, state)))
        .hasMessageContaining("--ids must be at least 4999");
  }
}
