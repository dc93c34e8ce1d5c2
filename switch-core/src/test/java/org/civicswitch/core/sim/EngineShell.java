package org.civicswitch.core.sim;

import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.memory.SnapshotSource;

/** An engine around another one; tests change what they need. */
class EngineShell implements Engine {
  final Engine inner;

  EngineShell(final Engine inner) {
    this.inner = inner;
  }

  @Override
  public void touch(final DirectBuffer command, final int offset, final int length) {
    inner.touch(command, offset, length);
  }

  @Override
  public void apply(
      final long sequence,
      final long timeMs,
      final DirectBuffer command,
      final int offset,
      final int length,
      final Output output) {
    inner.apply(sequence, timeMs, command, offset, length, output);
  }

  @Override
  public long nextDeadlineMs() {
    return inner.nextDeadlineMs();
  }

  @Override
  public long sequence() {
    return inner.sequence();
  }

  @Override
  public long timeMs() {
    return inner.timeMs();
  }

  @Override
  public long feedSequence() {
    return inner.feedSequence();
  }

  @Override
  public Image freeze() {
    return inner.freeze();
  }

  @Override
  public void load(final SnapshotSource source) {
    inner.load(source);
  }

  @Override
  public long stateHash() {
    return inner.stateHash();
  }
}
