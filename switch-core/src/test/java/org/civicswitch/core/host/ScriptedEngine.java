package org.civicswitch.core.host;

import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.AnySignature;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.memory.SnapshotSource;

/** The real engine, which can be made to wait or to fail at a sequence. */
final class ScriptedEngine implements Engine {
  static final int EVENT_BYTES = 64 * 1024;

  private final Engine engine = new SwitchEngine(new AnySignature());
  volatile int eventsPerCommand;
  volatile long failAt = Long.MAX_VALUE;
  volatile CountDownLatch waitFor;
  volatile long deadlineMs = Long.MAX_VALUE;

  @Override
  public void touch(final DirectBuffer command, final int offset, final int length) {
    engine.touch(command, offset, length);
  }

  @Override
  public void apply(
      final long sequence,
      final long timeMs,
      final DirectBuffer command,
      final int offset,
      final int length,
      final Output output) {
    final CountDownLatch latch = waitFor;
    if (latch != null) {
      try {
        latch.await();
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (sequence >= failAt) {
      throw new IllegalStateException("planted defect");
    }
    engine.apply(sequence, timeMs, command, offset, length, output);
    for (int i = 0; i < eventsPerCommand; i++) {
      output.event(EVENT_BYTES);
    }
    if (timeMs >= deadlineMs) {
      deadlineMs = Long.MAX_VALUE;
    }
  }

  @Override
  public long nextDeadlineMs() {
    return Math.min(deadlineMs, engine.nextDeadlineMs());
  }

  @Override
  public long sequence() {
    return engine.sequence();
  }

  @Override
  public long timeMs() {
    return engine.timeMs();
  }

  @Override
  public long feedSequence() {
    return engine.feedSequence();
  }

  @Override
  public Image freeze() {
    return engine.freeze();
  }

  @Override
  public void load(final SnapshotSource source) {
    engine.load(source);
  }

  @Override
  public long stateHash() {
    return engine.stateHash();
  }
}
