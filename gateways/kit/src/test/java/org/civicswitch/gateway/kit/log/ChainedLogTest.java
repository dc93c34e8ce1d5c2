package org.civicswitch.gateway.kit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainedLogTest {
  @TempDir Path directory;

  @Test
  void goesThroughManySegmentsAndRestarts() throws Exception {
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    final List<byte[]> written = new ArrayList<>();
    final Path path = directory.resolve("log");
    for (int start = 0; start < 4; start++) {
      try (ChainedLog log = ChainedLog.open(path, 2_000)) {
        assertThat(log.size()).as("seed %d", seed).isEqualTo(written.size());
        for (int i = 0; i < 50; i++) {
          final byte[] body = new byte[random.nextInt(300)];
          random.nextBytes(body);
          written.add(body);
          assertThat(log.append(body, 0, body.length)).isEqualTo(written.size());
        }
        final int one = 1 + random.nextInt(written.size());
        assertThat(log.read(one)).as("seed %d", seed).isEqualTo(written.get(one - 1));
        final List<byte[]> seen = new ArrayList<>();
        log.visit(one, (number, body) -> seen.add(body));
        assertThat(seen).hasSameSizeAs(written.subList(one - 1, written.size()));
        log.force();
        assertThat(ChainCheck.of(path))
            .isEqualTo(new ChainCheck(written.size(), log.lastHash(), null));
      }
    }
    // A segment that is missing is found, even between intact ones.
    final List<Path> segments = LogSegment.list(path);
    assertThat(segments).hasSizeGreaterThan(5);
    Files.delete(segments.get(2));
    assertThat(ChainCheck.of(path).ok()).isFalse();
  }
}
