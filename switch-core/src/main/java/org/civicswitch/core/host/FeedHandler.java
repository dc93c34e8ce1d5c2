package org.civicswitch.core.host;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.civicswitch.core.feed.FeedArchive;
import org.civicswitch.core.feed.FeedSink;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;

/**
 * Behind journal and engine, beside the outcomes: writes events to the feed. The thread of
 * snapshots forces the feed meanwhile, before journal segments may go.
 */
final class FeedHandler implements EventHandler<HostEntry> {
  private static final int FEED_SEQUENCE_AT =
      MessageHeaderDecoder.ENCODED_LENGTH + EventHeadDecoder.feedSequenceEncodingOffset();

  private final FeedSink feed;
  private final DirectBuffer outputs;
  private final Sequence freed;
  private final HostState state;

  FeedHandler(
      final FeedSink feed,
      final DirectBuffer outputs,
      final Sequence freed,
      final HostState state) {
    this.feed = feed;
    this.outputs = outputs;
    this.freed = freed;
    this.state = state;
  }

  @Override
  public void onEvent(final HostEntry entry, final long place, final boolean endOfBatch) {
    int at = entry.eventsOffset;
    for (int i = 0; i < entry.events; i++) {
      final int length = (int) outputs.getLong(at);
      final int event = at + OutputRing.LENGTH_BYTES;
      feed.append(feedSequence(outputs, event), outputs, event, length);
      at = event + (length + 7 & ~7);
    }
    if (endOfBatch) {
      freed.set(entry.outputEnd);
    }
  }

  static long feedSequence(final DirectBuffer event, final int offset) {
    return event.getLong(offset + FEED_SEQUENCE_AT, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Lets go of whole files of events that are durable and not among the last so many. The journal
   * and its archive give them again.
   */
  void keepOnly(final long events) throws IOException {
    feed.release(feed.durableSequence() - events + 1, FeedArchive.NONE);
  }

  /** Forces the feed, beside the appending; a feed that cannot be forced halts the host. */
  long sync() throws IOException {
    try {
      feed.sync();
      return feed.durableSequence();
    } catch (final IOException | RuntimeException e) {
      state.halt("feed", e);
      throw e;
    }
  }
}
