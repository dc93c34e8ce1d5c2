package org.civicswitch.core.host;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.civicswitch.core.client.SwitchClient;

/**
 * A client in the host's own process. A credit is taken by {@link #offer} and given back when the
 * outcome is polled: a client that does not poll can offer no more, and never stalls the engine. An
 * outcome that finds its queue full all the same is counted and dropped; the feed has the truth.
 */
final class HostClient implements SwitchClient {
  /** An eighth of it is the longest message: one outcome of a thousand items fits. */
  private static final int QUEUE_BYTES = 1 << 20;

  private static final int OUTCOME = 1;

  private final Sequencer sequencer;
  private final HostState state;
  private final int credits;
  private final Runnable onClose;
  private final OneToOneRingBuffer queue;
  private final AtomicLong underWay = new AtomicLong();
  private int polled;
  private volatile long dropped;
  private volatile boolean closed;

  HostClient(
      final Sequencer sequencer, final HostState state, final int credits, final Runnable onClose) {
    this(sequencer, state, credits, onClose, QUEUE_BYTES);
  }

  /**
   * @param queueBytes a power of two
   */
  HostClient(
      final Sequencer sequencer,
      final HostState state,
      final int credits,
      final Runnable onClose,
      final int queueBytes) {
    this.sequencer = sequencer;
    this.state = state;
    this.credits = credits;
    this.onClose = onClose;
    this.queue =
        new OneToOneRingBuffer(
            new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(
                    queueBytes + RingBufferDescriptor.TRAILER_LENGTH, 64)));
  }

  @Override
  public int offer(
      final DirectBuffer command, final int offset, final int length, final long correlationId) {
    if (length > MAX_COMMAND_BYTES || length < 1) {
      return TOO_LARGE;
    }
    if (closed || state.isClosed()) {
      return CLOSED;
    }
    if (underWay.get() >= credits) {
      return BACK_PRESSURED;
    }
    underWay.incrementAndGet();
    final int result = sequencer.offer(this, correlationId, command, offset, length);
    if (result != ACCEPTED) {
      underWay.decrementAndGet();
    }
    return result;
  }

  @Override
  public int poll(final OutcomeHandler handler, final int limit) {
    polled = 0;
    try {
      return queue.read(
          (type, buffer, index, length) -> {
            polled++;
            handler.onOutcome(
                buffer.getLong(index), buffer, index + Long.BYTES, length - Long.BYTES);
          },
          limit);
    } finally {
      // Also when the handler fails; and only now, as the queue's room is free only now.
      underWay.addAndGet(-polled);
    }
  }

  /** Called by the stage behind the gate alone. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void deliver(
      final long correlationId, final DirectBuffer outcome, final int offset, final int length) {
    final int at = closed ? -1 : queue.tryClaim(OUTCOME, length + Long.BYTES);
    if (at > 0) {
      queue.buffer().putLong(at, correlationId);
      queue.buffer().putBytes(at + Long.BYTES, outcome, offset, length);
      queue.commit(at);
    } else {
      dropped++;
      underWay.decrementAndGet();
    }
  }

  /** Outcomes that found no room. */
  long dropped() {
    return dropped;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
