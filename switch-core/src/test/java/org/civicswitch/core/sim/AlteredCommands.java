package org.civicswitch.core.sim;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.protocol.MessageHeaderDecoder;

/**
 * An engine that takes some commands for others: so it does to all who see only what it answers
 * what a defect within would do.
 */
final class AlteredCommands extends EngineShell {
  /** Changes a copy of a command; what is left as it is, is applied as it is. */
  @FunctionalInterface
  interface Change {
    void make(int template, UnsafeBuffer command);
  }

  private final Change change;

  AlteredCommands(final Engine inner, final Change change) {
    super(inner);
    this.change = change;
  }

  @Override
  public void apply(
      final long sequence,
      final long timeMs,
      final DirectBuffer command,
      final int offset,
      final int length,
      final Output output) {
    final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
    copy.putBytes(0, command, offset, length);
    if (length >= MessageHeaderDecoder.ENCODED_LENGTH) {
      change.make(copy.getShort(2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF, copy);
    }
    super.apply(sequence, timeMs, copy, 0, length, output);
  }
}
