package org.civicswitch.core.host;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;

/**
 * Applies commands, ahead of the journal: nothing it knows may be seen before the gate. The only
 * reader of engine state; what others need it publishes.
 */
final class EngineHandler implements EventHandler<HostEntry> {
  /** Far enough ahead to hide memory, near enough to stay in the cache (measured: 32). */
  private static final int LOOK_AHEAD = 32;

  private final Engine engine;
  private final RingBuffer<HostEntry> ring;
  private final DirectBuffer commands;
  private final OutputRing output;
  private final Sequence freed;
  private final Gate gate;
  private final Snapshots snapshots;

  private volatile long appliedSequence;
  private volatile long engineTimeMs;
  private volatile long nextDeadlineMs;
  private long batchSize;
  private long batchLast = -1;
  private long touched = -1;

  EngineHandler(
      final Engine engine,
      final RingBuffer<HostEntry> ring,
      final DirectBuffer commands,
      final OutputRing output,
      final Sequence freed,
      final Gate gate,
      final Snapshots snapshots) {
    this.engine = engine;
    this.ring = ring;
    this.commands = commands;
    this.output = output;
    this.freed = freed;
    this.gate = gate;
    this.snapshots = snapshots;
    publish();
  }

  @Override
  public void onBatchStart(final long size, final long queueDepth) {
    batchSize = size;
  }

  @Override
  public void onEvent(final HostEntry entry, final long place, final boolean endOfBatch) {
    if (place > batchLast) {
      batchLast = place + batchSize - 1;
    }
    if (place > touched) {
      touch(place);
    }
    if (!output.begin(entry)) {
      throw new IllegalStateException("halted while waiting for room");
    }
    engine.apply(
        entry.sequence, entry.timeMs, commands, entry.commandOffset, entry.commandLength, output);
    output.end();
    snapshots.afterApply(engine);
    if (endOfBatch) {
      publish();
      freed.set(entry.commandEnd);
      gate.applied(place);
    }
  }

  private void touch(final long place) {
    final long last = Math.min(batchLast, place + LOOK_AHEAD - 1);
    for (long p = place; p <= last; p++) {
      final HostEntry ahead = ring.get(p);
      engine.touch(commands, ahead.commandOffset, ahead.commandLength);
    }
    touched = last;
  }

  /**
   * Once a batch: each of these writes waits until the memory written before it is, which is most
   * of what a command touches.
   */
  private void publish() {
    appliedSequence = engine.sequence();
    engineTimeMs = engine.timeMs();
    nextDeadlineMs = engine.nextDeadlineMs();
  }

  long appliedSequence() {
    return appliedSequence;
  }

  long engineTimeMs() {
    return engineTimeMs;
  }

  long nextDeadlineMs() {
    return nextDeadlineMs;
  }
}
