package org.civicswitch.ops.reporting;

import java.util.List;
import org.agrona.DirectBuffer;
import org.civicswitch.core.feed.FeedReader;

/** A feed in memory; it can be shortened at both ends. */
final class MemoryFeed {
  private final List<DirectBuffer> events;
  private volatile long first = 1;
  private volatile long last;

  MemoryFeed(final List<DirectBuffer> events) {
    this.events = events;
    last = events.size();
  }

  long size() {
    return events.size();
  }

  MemoryFeed upTo(final long sequence) {
    last = sequence;
    return this;
  }

  MemoryFeed from(final long sequence) {
    first = sequence;
    return this;
  }

  FeedReader reader(final long from) {
    return new FeedReader() {
      private long next = from;

      @Override
      public int poll(final Handler handler, final int limit) {
        int count = 0;
        while (count < limit && next <= last) {
          if (next < first) {
            throw new FeedGoneException(next, first);
          }
          final DirectBuffer event = events.get((int) next - 1);
          handler.onEvent(next, event, 0, event.capacity());
          next++;
          count++;
        }
        return count;
      }

      @Override
      public long nextSequence() {
        return next;
      }

      @Override
      public void close() {}
    };
  }
}
