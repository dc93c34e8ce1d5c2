package org.civicswitch.gateway.iso20022.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PulseEncoder;

/** The real engine without journal or threads: a command is applied when it is offered. */
final class MemorySwitch implements SwitchConnection {
  final AtomicLong clockMs = new AtomicLong(1_795_000_000_000L);
  private final SwitchEngine engine = new SwitchEngine();
  private final List<byte[]> feed = new ArrayList<>();
  private final Collector output = new Collector();
  private volatile boolean full;

  /** From now on there is room for nothing, or for everything again. */
  void full(boolean now) {
    full = now;
  }

  /** Applies a command and gives its outcome. */
  synchronized byte[] apply(DirectBuffer command, int offset, int length) {
    engine.apply(engine.sequence() + 1, clockMs.get(), command, offset, length, output);
    feed.addAll(output.events);
    output.events.clear();
    return output.outcome;
  }

  /** Moves the clock on and lets what is due happen. */
  void pass(long ms) {
    clockMs.addAndGet(ms);
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    final PulseEncoder pulse = new PulseEncoder();
    pulse.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    pulse.head().participant(0).connection(0).keyHi(0).keyLo(0).createdMs(clockMs.get());
    apply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + pulse.encodedLength());
  }

  private synchronized byte[] event(long feedSequence) {
    return feedSequence <= feed.size() ? feed.get((int) feedSequence - 1) : null;
  }

  @Override
  public SwitchClient newClient() {
    return new Client();
  }

  @Override
  public FeedReader feedFrom(long feedSequence) {
    return new Reader(feedSequence);
  }

  @Override
  public void close() {}

  private final class Client implements SwitchClient {
    private record Waiting(long correlationId, UnsafeBuffer outcome) {}

    private final Deque<Waiting> outcomes = new ArrayDeque<>();

    @Override
    public int offer(DirectBuffer command, int offset, int length, long correlationId) {
      if (full) {
        return BACK_PRESSURED;
      }
      outcomes.add(new Waiting(correlationId, new UnsafeBuffer(apply(command, offset, length))));
      return ACCEPTED;
    }

    @Override
    public int poll(OutcomeHandler handler, int limit) {
      int count = 0;
      while (count < limit && !outcomes.isEmpty()) {
        final Waiting next = outcomes.remove();
        handler.onOutcome(next.correlationId(), next.outcome(), 0, next.outcome().capacity());
        count++;
      }
      return count;
    }

    @Override
    public void close() {}
  }

  private final class Reader implements FeedReader {
    private long next;

    private Reader(long next) {
      this.next = next;
    }

    @Override
    public int poll(Handler handler, int limit) {
      int count = 0;
      byte[] event;
      while (count < limit && (event = event(next)) != null) {
        handler.onEvent(next++, new UnsafeBuffer(event), 0, event.length);
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

  private static final class Collector implements Output {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_COMMAND_BYTES]);
    private final List<byte[]> events = new ArrayList<>();
    private byte[] outcome;

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public void outcome(int length) {
      outcome = copy(length);
    }

    @Override
    public void event(int length) {
      events.add(copy(length));
    }

    private byte[] copy(int length) {
      final byte[] bytes = new byte[length];
      buffer.getBytes(0, bytes);
      return bytes;
    }
  }
}
