package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.engine.EngineHarness.Logged;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  private static final int COMMANDS = 2_000;

  @Test
  void theSameCommandsGiveTheSameBytesAndState() {
    for (long seed = 1; seed <= 3; seed++) {
      final EngineHarness first = new EngineHarness().genesis();
      final Traffic traffic = new Traffic(first, new SplittableRandom(seed));
      final List<List<byte[]>> outputs = new ArrayList<>();
      final int before = first.log.size();
      for (int i = 0; i < COMMANDS; i++) {
        first.send(traffic.next());
        outputs.add(outputs(first));
      }
      final EngineHarness second = new EngineHarness();
      for (int i = 0; i < first.log.size(); i++) {
        second.apply(first.log.get(i));
        if (i >= before) {
          assertSame(outputs.get(i - before), outputs(second), seed, i);
        }
      }
      assertThat(second.engine.stateHash()).as("seed %d", seed).isEqualTo(first.engine.stateHash());
    }
  }

  @Test
  void aSnapshotAndTheRestOfTheLogGiveWhatTheWholeLogGives() throws Exception {
    for (long seed = 11; seed <= 13; seed++) {
      final EngineHarness whole = new EngineHarness().genesis();
      final SplittableRandom random = new SplittableRandom(seed);
      final Traffic traffic = new Traffic(whole, random);
      final int frozenAt = random.nextInt(COMMANDS);
      MemorySnapshot snapshot = null;
      Engine.Image image = null;
      long hash = 0;
      for (int i = 0; i < COMMANDS; i++) {
        whole.send(traffic.next());
        if (i == frozenAt) {
          hash = whole.engine.stateHash();
          image = whole.engine.freeze();
        }
        // Written later, beside the running engine: it must show the moment of the freeze.
        if (image != null && snapshot == null && (i == frozenAt + 50 || i == COMMANDS - 1)) {
          snapshot = new MemorySnapshot();
          image.writeTo(snapshot);
          assertThat(image.stateHash()).as("seed %d", seed).isEqualTo(hash);
          image.close();
        }
      }
      final EngineHarness restored = new EngineHarness();
      restored.engine.load(snapshot.source());
      assertThat(restored.engine.sequence()).isEqualTo(image.sequence());
      assertThat(restored.engine.feedSequence()).isEqualTo(image.feedSequence());
      for (final Logged logged : whole.log) {
        if (logged.sequence() > image.sequence()) {
          restored.apply(logged);
        }
      }
      assertSame(outputs(whole), outputs(restored), seed, COMMANDS);
      assertThat(restored.engine.stateHash())
          .as("seed %d", seed)
          .isEqualTo(whole.engine.stateHash());
      assertThat(restored.engine.audit().problems()).as("seed %d", seed).isEmpty();
    }
  }

  private static List<byte[]> outputs(final EngineHarness harness) {
    final List<byte[]> all = new ArrayList<>(harness.output.events());
    all.add(harness.output.outcome());
    return all;
  }

  private static void assertSame(
      final List<byte[]> expected, final List<byte[]> actual, final long seed, final int index) {
    assertThat(actual).as("seed %d, command %d", seed, index).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("seed %d, command %d", seed, index).isEqualTo(expected.get(i));
    }
  }
}
