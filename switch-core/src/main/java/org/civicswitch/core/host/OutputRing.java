package org.civicswitch.core.host;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.engine.Output;

/**
 * The engine's output. Each message lies behind its length (8 bytes, to keep messages aligned).
 * Written by the engine's thread; freed by the two stages behind the gate.
 */
final class OutputRing implements Output {
  static final int LENGTH_BYTES = 8;
  private static final long WAIT_NS = 20_000;

  private final ByteRing ring;
  private final Sequence outcomesFreed;
  private final Sequence eventsFreed;
  private final HostState state;
  private final int largest;

  private HostEntry entry;
  private int start;
  private int at;

  OutputRing(
      final int capacity,
      final Sequence outcomesFreed,
      final Sequence eventsFreed,
      final HostState state) {
    this(capacity, MAX_COMMAND_BYTES + MAX_MESSAGE_BYTES, outcomesFreed, eventsFreed, state);
  }

  /**
   * @param capacity a power of two
   * @param largest the room one command may need
   */
  OutputRing(
      final int capacity,
      final int largest,
      final Sequence outcomesFreed,
      final Sequence eventsFreed,
      final HostState state) {
    this.largest = largest;
    this.ring = new ByteRing(capacity);
    this.outcomesFreed = outcomesFreed;
    this.eventsFreed = eventsFreed;
    this.state = state;
  }

  /**
   * Most commands whose outputs fit at once, whatever they are; two places less for what is lost
   * where the ring ends and for the command before.
   */
  int batchMax() {
    return Math.max(1, ring.capacity() / largest - 2);
  }

  MutableDirectBuffer bytes() {
    return ring.buffer();
  }

  /**
   * Waits for room for the largest output there can be. The stages behind the gate free it: the
   * journal does not depend on the engine, and a batch of the engine's is never larger than {@link
   * #batchMax}, so that it never waits for itself.
   *
   * @return false if the host halted meanwhile
   */
  boolean begin(final HostEntry forEntry) {
    long position;
    while ((position = ring.next(largest, Math.min(outcomesFreed.get(), eventsFreed.get()))) < 0) {
      if (state.isHalted()) {
        return false;
      }
      LockSupport.parkNanos(WAIT_NS);
    }
    entry = forEntry;
    entry.outcomeLength = 0;
    entry.events = 0;
    start = ring.offset(position);
    at = start;
    entry.outputEnd = position;
    return true;
  }

  void end() {
    if (entry.outcomeLength == 0) {
      throw new IllegalStateException("the engine gave no outcome at " + entry.sequence);
    }
    ring.take(entry.outputEnd, at - start);
    entry.outputEnd = ring.head();
  }

  @Override
  public MutableDirectBuffer buffer() {
    return ring.buffer();
  }

  @Override
  public int offset() {
    return at + LENGTH_BYTES;
  }

  @Override
  public void outcome(final int length) {
    if (entry.outcomeLength != 0) {
      throw new IllegalStateException("a second outcome at " + entry.sequence);
    }
    entry.outcomeOffset = at + LENGTH_BYTES;
    entry.outcomeLength = length;
    advance(length);
    entry.eventsOffset = at;
  }

  @Override
  public void event(final int length) {
    ring.buffer().putLong(at, length);
    entry.events++;
    advance(length);
  }

  private void advance(final int length) {
    at += LENGTH_BYTES + (length + 7 & ~7);
    if (length > MAX_MESSAGE_BYTES || at - start > MAX_COMMAND_BYTES) {
      throw new IllegalStateException("output over its bound at " + entry.sequence);
    }
  }
}
