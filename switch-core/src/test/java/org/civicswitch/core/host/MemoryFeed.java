package org.civicswitch.core.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.civicswitch.core.feed.FeedArchive;
import org.civicswitch.core.feed.FeedSink;

/** A feed that remembers only sequences. */
final class MemoryFeed implements FeedSink {
  private final List<Long> sequences = new ArrayList<>();
  volatile CountDownLatch syncWaits;
  volatile String syncFails;
  volatile long releasedBelow;

  synchronized List<Long> sequences() {
    return List.copyOf(sequences);
  }

  @Override
  public synchronized void append(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    sequences.add(feedSequence);
  }

  @Override
  public long firstSequence() {
    return 1;
  }

  @Override
  public synchronized long lastSequence() {
    return sequences.isEmpty() ? 0 : sequences.get(sequences.size() - 1);
  }

  @Override
  public long durableSequence() {
    return lastSequence();
  }

  @Override
  public void sync() throws IOException {
    final CountDownLatch latch = syncWaits;
    if (latch != null) {
      try {
        latch.await();
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (syncFails != null) {
      throw new IOException(syncFails);
    }
  }

  @Override
  public void cutBack(final long lastSequence) {}

  @Override
  public void release(final long belowSequence, final FeedArchive archive) {
    releasedBelow = belowSequence;
  }

  @Override
  public void close() {}
}
