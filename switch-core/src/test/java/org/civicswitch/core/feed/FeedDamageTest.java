package org.civicswitch.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FeedDamageTest {
  private static final FeedSettings RUNS = new FeedSettings(200, 1 << 24);

  @TempDir Path temp;

  /** A feed of 300 records in two runs; the first 100 are durable; its process died. */
  private Path died(final String name) throws IOException {
    final Path source = temp.resolve("source");
    if (!Files.exists(source)) {
      // Never closed: closing would sync.
      final ChronicleFeed feed = ChronicleFeed.open(source, RUNS);
      FeedFixture.append(feed, 1, 100);
      feed.sync();
      FeedFixture.append(feed, 101, 300);
    }
    return FeedFixture.copy(source, temp.resolve(name));
  }

  @Test
  void keepsWhatAProcessWroteBeforeItDied() throws IOException {
    final Path feed = died("died");
    try (ChronicleFeed again = ChronicleFeed.open(feed, RUNS)) {
      assertThat(again.durableSequence()).isEqualTo(100);
      assertThat(again.lastSequence()).isEqualTo(300);
      FeedFixture.append(again, 301, 310);
    }
    FeedFixture.readAll(feed, 1, 310);
  }

  @Test
  void cutsATornTailAndTakesTheRestAgain() throws IOException {
    for (final long torn : new long[] {101, 150, 200, 201, 250, 300}) {
      final Path feed = died("torn" + torn);
      final Path file = FeedFixture.dataFile(feed, torn <= 200 ? 0 : 1);
      FeedFixture.overwrite(file, FeedFixture.positionOf(file, torn) + 20, (byte) 1, (byte) 2);
      try (ChronicleFeed again = ChronicleFeed.open(feed, RUNS)) {
        assertThat(again.lastSequence()).as("torn at %d", torn).isEqualTo(torn - 1);
        FeedFixture.append(again, torn, 320);
      }
      FeedFixture.readAll(feed, 1, 320);
      try (ChronicleFeed third = ChronicleFeed.open(feed, RUNS)) {
        assertThat(third.lastSequence()).isEqualTo(320);
      }
    }
  }

  @Test
  void survivesATailOfAnyGarbage() throws IOException {
    final long seed = new SplittableRandom().nextLong();
    final SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 12; round++) {
      final String where = "seed " + seed + " round " + round;
      final Path feed = died("garbage" + round);
      final Path file = FeedFixture.dataFile(feed, 1);
      final long from = FeedFixture.positionOf(file, 201 + random.nextInt(100)) - 4;
      final byte[] garbage = new byte[1 + random.nextInt(3_000)];
      if (random.nextBoolean()) {
        random.nextBytes(garbage);
      }
      FeedFixture.overwrite(file, from + random.nextInt(200), garbage);
      final long last;
      try (ChronicleFeed again = ChronicleFeed.open(feed, RUNS)) {
        last = again.lastSequence();
        assertThat(last).as(where).isBetween(200L, 300L);
        FeedFixture.append(again, last + 1, 330);
      } catch (final RuntimeException e) {
        throw new AssertionError(where, e);
      }
      FeedFixture.readAll(feed, 1, 330);
    }
  }

  @Test
  void survivesAFileThatLostItsEnd() throws IOException {
    final Path feed = died("short");
    final Path file = FeedFixture.dataFile(feed, 1);
    final long end = FeedFixture.positionOf(file, 260) + 30;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
    }
    final long last;
    try (ChronicleFeed again = ChronicleFeed.open(feed, RUNS)) {
      last = again.lastSequence();
      assertThat(last).isLessThan(260);
      FeedFixture.append(again, last + 1, 330);
    }
    FeedFixture.readAll(feed, 1, 330);
  }

  @Test
  void refusesAFeedWhoseDurablePartIsDamaged() throws IOException {
    final Path feed = died("durable");
    final Path file = FeedFixture.dataFile(feed, 0);
    FeedFixture.overwrite(file, FeedFixture.positionOf(file, 100) + 20, (byte) 1, (byte) 2);
    assertThatThrownBy(() -> ChronicleFeed.open(feed, RUNS))
        .isInstanceOfSatisfying(
            FeedDamagedException.class, e -> assertThat(e.sequence()).isEqualTo(100))
        .hasMessageContaining("checksum");
  }

  @Test
  void readersStopAtACorruptedRecord() throws IOException {
    final Path feed = died("corrupted");
    final Path file = FeedFixture.dataFile(feed, 0);
    FeedFixture.overwrite(file, FeedFixture.positionOf(file, 42) + 20, (byte) 1, (byte) 2);
    try (FeedReader reader = FeedReaders.open(feed, 1)) {
      final FeedFixture.Check check = new FeedFixture.Check(1);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> FeedFixture.readTo(reader, check, 100))
            .isInstanceOf(FeedDamagedException.class)
            .hasMessageContaining("42");
        assertThat(check.next()).isEqualTo(42);
      }
    }
  }

  @Test
  void checksEverythingAgainWhenTheDurableMarkIsDamaged() throws IOException {
    final Path feed = died("mark");
    FeedFixture.overwrite(feed.resolve("durable"), 9, (byte) 77);
    try (ChronicleFeed again = ChronicleFeed.open(feed, RUNS)) {
      assertThat(again.durableSequence()).isZero();
      assertThat(again.lastSequence()).isEqualTo(300);
      again.sync();
      assertThat(again.durableSequence()).isEqualTo(300);
    }
  }

  @Test
  void isCutBackWhenTheJournalHasLostCommands() throws IOException {
    for (final long to : new long[] {300, 299, 200, 130, 100, 7}) {
      final Path feed = died("ahead" + to);
      try (FeedReader reader = FeedReaders.open(feed, 1)) {
        final FeedFixture.Check check = new FeedFixture.Check(1);
        FeedFixture.readTo(reader, check, 300);
        try (ChronicleFeed again = ChronicleFeed.open(feed, RUNS)) {
          again.cutBack(to);
          assertThat(again.lastSequence()).isEqualTo(to);
          assertThat(again.durableSequence()).isEqualTo(Math.min(to, 100));
          FeedFixture.append(again, to + 1, to + 250);
          assertThatThrownBy(() -> again.cutBack(to)).isInstanceOf(IllegalStateException.class);
        }
        FeedFixture.readAll(feed, 1, to + 250);
        if (to < 300) {
          assertThatThrownBy(() -> FeedFixture.readTo(reader, check, 301))
              .isInstanceOf(FeedDamagedException.class)
              .hasMessageContaining("cut back");
        }
      }
      try (ChronicleFeed third = ChronicleFeed.open(feed, RUNS)) {
        assertThat(third.lastSequence()).isEqualTo(to + 250);
      }
    }
  }
}
