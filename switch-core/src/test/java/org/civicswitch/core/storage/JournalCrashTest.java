package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.storage.JournalFixture.readAll;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** Power lost at any call, again and again, also in the middle of a recovery. */
class JournalCrashTest {
  private final TreeMap<String, Long> faults = new TreeMap<>();

  @Test
  void nothingCommittedIsEverLost() throws IOException {
    for (long seed = 1; seed <= 60; seed++) {
      run(seed);
    }
    assertThat(faults)
        .containsKeys(
            "crash",
            "kill",
            "lost",
            "torn",
            "flipped",
            "misdirected",
            "force_failed",
            "names_lost");
  }

  private void run(final long seed) throws IOException {
    final SplittableRandom random = new SplittableRandom(seed);
    final SimStorage storage = new SimStorage();
    final JournalOptions options =
        new JournalOptions(
            JournalOptions.MIN_SEGMENT_BYTES,
            JournalOptions.MIN_BATCH_BYTES,
            random.nextInt(3),
            JournalFixture.nonces(random.nextLong()));
    Journal.create(storage, options).close();
    long committed = 0;
    long appended = 0;
    long retired = 0;
    for (int life = 0; life < 12; life++) {
      switch (random.nextInt(3)) {
        case 0 -> storage.failForceAfter(random.nextInt(60));
        case 1 -> storage.stopAfter(random.nextInt(250));
        default -> {}
      }
      try (Journal journal = Journal.resume(storage, options)) {
        final long found = journal.committedSequence();
        assertThat(found).as("seed %s", seed).isBetween(committed, Math.max(appended, committed));
        committed = found;
        appended = found;
        final int groups = random.nextInt(80);
        for (int i = 0; i < groups; i++) {
          final int group = 1 + random.nextInt(12);
          for (int k = 0; k < group; k++) {
            appended = journal.appendedSequence() + 1;
            JournalFixture.append(journal, appended);
            committed = Math.max(committed, journal.committedSequence());
          }
          journal.commit();
          committed = appended;
          if (random.nextInt(20) == 0 && journal.sealed().size() > 1) {
            retired = journal.sealed().get(0).lastSequence();
            journal.retire(journal.sealed().get(0));
          }
        }
      } catch (final JournalFailedException | IOException e) {
        assertThat(e).as("seed %s", seed).hasMessageNotContaining("null");
      }
      if (random.nextInt(4) == 0) {
        storage.kill();
      } else {
        storage.crash(random);
      }
      final long last;
      try {
        last = readAll(storage, retired + 1);
      } catch (final StorageCorruptException e) {
        throw new AssertionError("seed " + seed + " life " + life, e);
      }
      assertThat(last)
          .as("seed %s life %s", seed, life)
          .isBetween(committed, Math.max(appended, committed));
    }
    storage.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
  }
}
