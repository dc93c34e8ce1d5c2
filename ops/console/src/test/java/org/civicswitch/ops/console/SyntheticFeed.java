package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;

/** A feed in memory that can begin anywhere; sequence 1 is the first ever. */
final class SyntheticFeed implements SwitchConnection {
  private final List<UnsafeBuffer> events = new ArrayList<>();
  private long firstKept = 1;

  synchronized void append(final DirectBuffer event, final int length) {
    final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
    copy.putBytes(0, event, 0, length);
    events.add(copy);
  }

  synchronized long size() {
    return events.size();
  }

  /** Another feed, which ends behind the events of this command. */
  synchronized SyntheticFeed upTo(final long logSequence) {
    final SyntheticFeed cut = new SyntheticFeed();
    final EventHeadDecoder head = new EventHeadDecoder();
    for (final UnsafeBuffer event : events) {
      if (head.wrap(event, MessageHeaderDecoder.ENCODED_LENGTH).sequence() <= logSequence) {
        cut.append(event, event.capacity());
      }
    }
    return cut;
  }

  synchronized void forgetBefore(final long sequence) {
    firstKept = sequence;
  }

  private synchronized UnsafeBuffer get(final long sequence) {
    if (sequence < firstKept) {
      throw new FeedReader.FeedGoneException(sequence, firstKept);
    }
    return sequence <= events.size() ? events.get((int) sequence - 1) : null;
  }

  @Override
  public SwitchClient newClient() {
    throw new AssertionError("the console sends no command");
  }

  @Override
  public FeedReader feedFrom(final long feedSequence) {
    return new FeedReader() {
      private long next = feedSequence;

      @Override
      public int poll(final Handler handler, final int limit) {
        int count = 0;
        while (count < limit) {
          final UnsafeBuffer event = get(next);
          if (event == null) {
            break;
          }
          handler.onEvent(next++, event, 0, event.capacity());
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

  @Override
  public void close() {}
}
