package org.civicswitch.bench;

import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.memory.SnapshotSource;

/** An engine that lets the bench see what its last image has cost. */
final class WatchedEngine implements Engine {
  private final Engine engine;
  private volatile Image image;

  WatchedEngine(final Engine engine) {
    this.engine = engine;
  }

  /** Of the last image that was frozen. Any thread. */
  long copiedBytes() {
    return image.copiedBytes();
  }

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
    engine.apply(sequence, timeMs, command, offset, length, output);
  }

  @Override
  public long nextDeadlineMs() {
    return engine.nextDeadlineMs();
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
    image = engine.freeze();
    return image;
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
