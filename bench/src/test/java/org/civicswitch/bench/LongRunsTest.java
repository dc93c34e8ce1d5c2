package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runs of hours, for seconds: what they check must hold all the same. */
@Tag("slow")
final class LongRunsTest {
  @TempDir private Path directory;

  private JsonNode run(final Benchmark benchmark) throws Exception {
    return JsonMapper.shared()
        .readTree(benchmark.run(new BenchOptions(4, 1, directory)).json())
        .get("cases");
  }

  @Test
  void theSoakEndsInTheStateThatAReplayGives() throws Exception {
    final JsonNode soak = run(new SoakBenchmark()).get(0);
    assertThat(soak.get("intervals").size()).isEqualTo(4);
    assertThat(soak.get("commands_replayed").asLong()).isPositive();
    assertThat(soak.get("memory_judged").asBoolean(true)).as("too short to say").isFalse();
  }

  @Test
  void theFloodIsRefusedAndNothingOfItIsLost() throws Exception {
    final JsonNode flood = run(new OverloadBenchmark()).get(2);
    assertThat(flood.get("offered_per_s").asLong())
        .isGreaterThan(flood.get("accepted_per_s").asLong());
    assertThat(flood.get("expired").asLong()).isPositive();
    assertThat(flood.get("answers").has("MALFORMED")).isTrue();
    assertThat(flood.get("answers").has("CONNECTION_NOT_GRANTED")).isTrue();
  }

  @Test
  void growingMemoryIsSeen() throws Exception {
    final MemoryWatch flat = new MemoryWatch();
    final MemoryWatch growing = new MemoryWatch();
    for (int minute = 0; minute < 20; minute++) {
      flat.note(minute * 60.0, 1_000 + minute % 3 * 10 + (minute < 5 ? minute * 100 : 500));
      growing.note(minute * 60.0, 1_000 + minute * 20);
    }
    flat.check();
    assertThat(flat.isConclusive()).isTrue();
    assertThatThrownBy(growing::check)
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("memory grew");
  }
}
