package org.civicswitch.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleFeedTest {
  private static final FeedSettings SMALL_RUNS = new FeedSettings(100, 1 << 20);

  @TempDir Path temp;

  private Path feed() {
    return temp.resolve("feed");
  }

  @Test
  void resumesAtAnySequenceWithoutGapOrRepetition() throws IOException {
    final long seed = new SplittableRandom().nextLong();
    final SplittableRandom random = new SplittableRandom(seed);
    try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS)) {
      FeedFixture.append(feed, 1, 1_234);
      assertThat(feed.firstSequence()).isEqualTo(1);
      assertThat(feed.lastSequence()).isEqualTo(1_234);
      for (int i = 0; i < 25; i++) {
        final long from = 1 + random.nextLong(1_234);
        try {
          FeedFixture.readAll(feed(), from, 1_234);
        } catch (final RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + ", from " + from, e);
        }
      }
    }
    assertThat(FeedRun.list(feed())).hasSizeGreaterThan(12);
  }

  @Test
  void readersFollowTheWriterFromBeforeTheFirstRecord() throws IOException {
    try (FeedReader early = FeedReaders.open(feed(), 1);
        ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS);
        FeedReader ahead = FeedReaders.open(feed(), 150)) {
      final FeedFixture.Check first = new FeedFixture.Check(1);
      final FeedFixture.Check second = new FeedFixture.Check(150);
      assertThat(early.poll(first, 10)).isZero();
      for (long sequence = 1; sequence <= 320; sequence++) {
        FeedFixture.append(feed, sequence, sequence);
        FeedFixture.readTo(early, first, sequence);
        if (sequence >= 150) {
          FeedFixture.readTo(ahead, second, sequence);
        } else {
          assertThat(ahead.poll(second, 1)).isZero();
        }
      }
    }
  }

  @Test
  void handsAnEventOverAgainWhenTheHandlerFailed() throws IOException {
    try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS);
        FeedReader reader = FeedReaders.open(feed(), 1)) {
      FeedFixture.append(feed, 1, 5);
      assertThatThrownBy(
              () ->
                  reader.poll(
                      (sequence, event, offset, length) -> {
                        if (sequence == 3) {
                          throw new IllegalArgumentException("not now");
                        }
                      },
                      10))
          .hasMessage("not now");
      assertThat(reader.nextSequence()).isEqualTo(3);
      FeedFixture.readTo(reader, new FeedFixture.Check(3), 5);
    }
  }

  @Test
  void goesOnAfterReopening() throws IOException {
    for (int round = 0; round < 4; round++) {
      try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS)) {
        assertThat(feed.lastSequence()).isEqualTo(round * 130L);
        assertThat(feed.durableSequence()).isEqualTo(round * 130L);
        FeedFixture.append(feed, round * 130L + 1, round * 130L + 130);
      }
    }
    FeedFixture.readAll(feed(), 1, 520);
  }

  @Test
  void takesNoGapNoRepetitionAndNothingTooLong() throws IOException {
    try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS)) {
      FeedFixture.append(feed, 501, 510);
      assertThat(feed.firstSequence()).isEqualTo(501);
      assertThatThrownBy(() -> FeedFixture.append(feed, 512, 512))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> FeedFixture.append(feed, 510, 510))
          .isInstanceOf(IllegalStateException.class);
      FeedFixture.append(feed, 511, 511);
      final UnsafeBuffer large = new UnsafeBuffer(new byte[Output.MAX_MESSAGE_BYTES + 1]);
      feed.append(512, large, 0, Output.MAX_MESSAGE_BYTES);
      assertThatThrownBy(() -> feed.append(513, large, 0, large.capacity()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> FeedFixture.append(feed, 513, 513))
          .as("after a failure nothing is appended any more")
          .isInstanceOf(IllegalStateException.class);
    }
    FeedFixture.readAll(feed(), 501, 511);
  }

  @Test
  void becomesDurableOnlyBySync() throws IOException {
    try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS)) {
      FeedFixture.append(feed, 1, 250);
      assertThat(feed.durableSequence()).isZero();
      feed.sync();
      assertThat(feed.durableSequence()).isEqualTo(250);
      FeedFixture.append(feed, 251, 260);
      assertThat(feed.durableSequence()).isEqualTo(250);
      feed.sync();
      assertThat(feed.durableSequence()).isEqualTo(260);
    }
  }

  @Test
  void releasesWholeDurableRunsToTheArchive() throws IOException {
    try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS);
        FeedReader slow = FeedReaders.open(feed(), 1)) {
      final FeedFixture.Check check = new FeedFixture.Check(1);
      FeedFixture.append(feed, 1, 450);
      FeedFixture.readTo(slow, check, 50);
      final List<String> kept = new ArrayList<>();
      feed.release(
          Long.MAX_VALUE,
          (run, first, last) -> {
            throw new AssertionError("not durable");
          });
      feed.sync();
      feed.release(
          250,
          (run, first, last) -> {
            assertThat(run).isDirectory();
            kept.add(first + "-" + last);
          });
      assertThat(kept).containsExactly("1-100", "101-200");
      assertThat(feed.firstSequence()).isEqualTo(201);
      try (FeedReader late = FeedReaders.open(feed(), 200)) {
        assertThatThrownBy(() -> late.poll((sequence, event, offset, length) -> {}, 1))
            .isInstanceOfSatisfying(
                FeedReader.FeedGoneException.class,
                gone -> assertThat(gone.firstSequence()).isEqualTo(201));
      }
      assertThatThrownBy(() -> FeedFixture.readTo(slow, check, 101))
          .isInstanceOf(FeedReader.FeedGoneException.class);
      FeedFixture.readAll(feed(), 201, 450);
    }
    try (ChronicleFeed feed = ChronicleFeed.open(feed(), SMALL_RUNS)) {
      assertThat(feed.firstSequence()).isEqualTo(201);
      assertThat(feed.lastSequence()).isEqualTo(450);
    }
  }

  @Test
  void finishesAReleaseThatACrashInterrupted() throws IOException {
    Files.createDirectories(feed().resolve("gone-run-0000000001-0000000000000000001"));
    ChronicleFeed.open(feed(), SMALL_RUNS).close();
    assertThat(feed()).isEmptyDirectory();
  }
}
