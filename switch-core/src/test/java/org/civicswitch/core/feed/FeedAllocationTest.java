package org.civicswitch.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event in the feed costs no garbage, neither its writer nor a reader close behind. */
class FeedAllocationTest {
  private static final int EVENTS = 5_000;
  private static final int BYTES = 200;

  private final UnsafeBuffer event = new UnsafeBuffer(new byte[BYTES]);
  private final FeedReader.Handler nothing = (sequence, buffer, offset, length) -> {};
  private long sequence;

  @Test
  void appendingAndReadingAllocateNothing(@TempDir final Path directory) throws IOException {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (ChronicleFeed feed = ChronicleFeed.open(directory, FeedSettings.defaults());
        FeedReader reader = FeedReaders.open(directory, 1)) {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 8; round++) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        run(feed, reader);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(reader.nextSequence()).isEqualTo(8 * EVENTS + 1);
      // Warming up may allocate, and so does mapping another 16 MiB; one object for each event
      // would be 80,000 bytes in every round.
      assertThat(least).isLessThan(2000);
    }
  }

  private void run(final ChronicleFeed feed, final FeedReader reader) {
    for (int i = 0; i < EVENTS; i++) {
      feed.append(++sequence, event, 0, BYTES);
      while (reader.nextSequence() <= sequence) {
        reader.poll(nothing, 1);
      }
    }
  }
}
