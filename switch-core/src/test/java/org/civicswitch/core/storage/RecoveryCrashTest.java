package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** Journal, snapshots, archive and feed through crashes anywhere. */
class RecoveryCrashTest {
  @Test
  void nothingAcknowledgedIsLostAndTheFeedHasEveryEventOnce() throws IOException {
    for (long seed = 1; seed <= 30; seed++) {
      run(seed);
    }
  }

  private static void run(final long seed) throws IOException {
    final SplittableRandom random = new SplittableRandom(seed);
    final SimStorage storage = new SimStorage();
    final SimStorage archiveDisk = new SimStorage();
    final JournalOptions options =
        new JournalOptions(
            JournalOptions.MIN_SEGMENT_BYTES,
            JournalOptions.MIN_BATCH_BYTES,
            random.nextInt(3),
            JournalFixture.nonces(random.nextLong()));
    final List<Long> feed = new ArrayList<>();
    final Map<Long, Long> hashes = new HashMap<>();
    long acknowledged = 0;
    long feedDurable = 0;
    for (int life = 0; life < 8; life++) {
      if (random.nextBoolean()) {
        storage.stopAfter(random.nextInt(200));
      } else if (random.nextInt(4) == 0) {
        storage.failForceAfter(random.nextInt(60));
      }
      try (ToySwitch toy = new ToySwitch(storage, options, feed)) {
        final long found = toy.engine.sequence();
        assertThat(found).as("seed %s", seed).isGreaterThanOrEqualTo(acknowledged);
        if (hashes.containsKey(found)) {
          assertThat(toy.engine.stateHash()).as("seed %s", seed).isEqualTo(hashes.get(found));
        }
        checkFeed(seed, toy, feed);
        acknowledged = found;
        final Archive archive = Archive.open(archiveDisk);
        for (int i = random.nextInt(60); i > 0; i--) {
          for (int k = 1 + random.nextInt(20); k > 0; k--) {
            final byte[] command = new byte[1 + random.nextInt(400)];
            random.nextBytes(command);
            if (command[0] == ToyEngine.POISON) {
              command[0] = 0;
            }
            hashes.remove(toy.engine.sequence() + 1);
            toy.take(command);
          }
          hashes.put(toy.engine.sequence(), toy.engine.stateHash());
          toy.commit();
          acknowledged = toy.engine.sequence();
          if (random.nextInt(12) == 0) {
            toy.snapshot();
            feedDurable = feed.size();
            toy.archive(archive);
          }
        }
      } catch (final JournalFailedException | IOException e) {
        assertThat(e).as("seed %s", seed).isNotNull();
      }
      if (random.nextInt(4) == 0) {
        storage.kill();
      } else {
        storage.crash(random);
        final int kept = (int) feedDurable + random.nextInt(feed.size() - (int) feedDurable + 1);
        feed.subList(kept, feed.size()).clear();
      }
    }
    final ToyEngine engine = new ToyEngine();
    new Recovery(storage, note -> {})
        .read(engine, new SnapshotFiles(storage).newestSequence(), ReplayVisitor.NONE);
    assertThat(engine.sequence()).as("seed %s", seed).isGreaterThanOrEqualTo(acknowledged);
    assertThat(Archive.open(archiveDisk).verify()).as("seed %s", seed).isEmpty();
  }

  private static void checkFeed(final long seed, final ToySwitch toy, final List<Long> feed) {
    assertThat(feed).as("seed %s", seed).hasSize((int) toy.engine.feedSequence());
    for (int i = 1; i < feed.size(); i++) {
      assertThat(feed.get(i)).as("seed %s", seed).isGreaterThanOrEqualTo(feed.get(i - 1));
    }
  }
}
