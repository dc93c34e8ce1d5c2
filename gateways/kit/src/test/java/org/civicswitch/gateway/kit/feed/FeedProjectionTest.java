package org.civicswitch.gateway.kit.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.DeliveryAcknowledgedDecoder;
import org.civicswitch.core.protocol.DeliveryAcknowledgedEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.WindowClosedDecoder;
import org.civicswitch.core.protocol.WindowClosedEncoder;
import org.junit.jupiter.api.Test;

class FeedProjectionTest {
  private final AtomicLong released = new AtomicLong();

  @Test
  void reachesEverySequenceInOrderAndWakesWhoWaits() throws Exception {
    final List<Long> windows = new ArrayList<>();
    final List<Long> both = new ArrayList<>();
    final EventHandlers handlers =
        new EventHandlers()
            .on(
                WindowClosedDecoder.TEMPLATE_ID,
                new WindowClosedDecoder(),
                WindowClosedDecoder::wrap,
                (sequence, event) -> windows.add(event.window()))
            .on(
                WindowClosedDecoder.TEMPLATE_ID,
                new WindowClosedDecoder(),
                WindowClosedDecoder::wrap,
                (sequence, event) -> both.add(sequence))
            .on(
                DeliveryAcknowledgedDecoder.TEMPLATE_ID,
                new DeliveryAcknowledgedDecoder(),
                DeliveryAcknowledgedDecoder::wrap,
                (sequence, event) -> both.add(event.cursor()));
    try (FeedProjection projection = FeedProjection.start("test", connection(), 3, handlers)) {
      assertThat(projection.asOf()).isEqualTo(2);
      final CompletableFuture<Long> waiting = projection.waitFor(500);
      assertThat(waiting).isNotDone();
      released.set(600);
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(500);
      projection.waitFor(600).get(20, TimeUnit.SECONDS);
      assertThat(projection.asOf()).isEqualTo(600);
      assertThat(projection.waitFor(4)).isCompletedWithValue(600L);
      assertThat(both).hasSize(598).isSorted();
      assertThat(windows).hasSize(299);
    }
  }

  @Test
  void aHandlerThatThrowsStopsItBeforeAGap() throws Exception {
    released.set(100);
    final EventHandlers handlers =
        new EventHandlers()
            .on(
                WindowClosedDecoder.TEMPLATE_ID,
                new WindowClosedDecoder(),
                WindowClosedDecoder::wrap,
                (sequence, event) -> {
                  throw new IllegalStateException("no");
                });
    try (FeedProjection projection = FeedProjection.start("test", connection(), 1, handlers)) {
      assertThatThrownBy(() -> projection.failure().get(20, TimeUnit.SECONDS))
          .hasRootCauseMessage("no");
      assertThatThrownBy(() -> projection.waitFor(100).get(20, TimeUnit.SECONDS))
          .hasMessageContaining("stopped");
      assertThat(projection.asOf()).isZero();
    }
  }

  /** A feed of window closings (even) and acknowledgements (odd), each naming its sequence. */
  private SwitchConnection connection() {
    return new SwitchConnection() {
      @Override
      public SwitchClient newClient() {
        throw new AssertionError("no commands here");
      }

      @Override
      public FeedReader feedFrom(long feedSequence) {
        return new NumberedFeed(released, feedSequence);
      }

      @Override
      public void close() {}
    };
  }

  private static final class NumberedFeed implements FeedReader {
    private final AtomicLong released;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private long next;

    private NumberedFeed(AtomicLong released, long next) {
      this.released = released;
      this.next = next;
    }

    @Override
    public int poll(Handler handler, int limit) {
      int count = 0;
      while (count < limit && next <= released.get()) {
        final int length;
        if (next % 2 == 0) {
          final WindowClosedEncoder event = new WindowClosedEncoder();
          event.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
          event.at().feedSequence(next);
          event.window(next);
          length = event.encodedLength();
        } else {
          final DeliveryAcknowledgedEncoder event = new DeliveryAcknowledgedEncoder();
          event.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
          event.at().feedSequence(next);
          event.cursor(next);
          length = event.encodedLength();
        }
        handler.onEvent(next, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
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
  }
}
