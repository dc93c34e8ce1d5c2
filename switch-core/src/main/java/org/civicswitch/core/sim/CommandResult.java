package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Output;

/**
 * What one command put out, as bytes.
 *
 * @param outcome an SBE message with its message header
 * @param events the same, in the order of the feed
 */
record CommandResult(DirectBuffer outcome, List<DirectBuffer> events) {

  /** Equal bytes. */
  boolean isSame(final CommandResult other) {
    return outcome.equals(other.outcome) && events.equals(other.events);
  }

  /** Collects the result of the command at hand. */
  static final class Collector implements Output {
    private final UnsafeBuffer buffer =
        new UnsafeBuffer(new byte[MAX_COMMAND_BYTES + MAX_MESSAGE_BYTES]);
    private final List<DirectBuffer> messages = new ArrayList<>();
    private int offset;

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public int offset() {
      return offset;
    }

    @Override
    public void outcome(final int length) {
      SimFailure.unless(
          messages.isEmpty(), "an outcome must be the first message and the only one");
      add(length);
    }

    @Override
    public void event(final int length) {
      SimFailure.unless(!messages.isEmpty(), "an event came before the outcome");
      add(length);
    }

    private void add(final int length) {
      SimFailure.unless(length > 0 && length <= MAX_MESSAGE_BYTES, () -> "a message of " + length);
      messages.add(copy(buffer, offset, length));
      offset += length;
      SimFailure.unless(
          offset <= MAX_COMMAND_BYTES, () -> "one command put out " + offset + " bytes");
    }

    CommandResult take() {
      SimFailure.unless(!messages.isEmpty(), "a command without an outcome");
      final CommandResult result =
          new CommandResult(messages.get(0), List.copyOf(messages.subList(1, messages.size())));
      messages.clear();
      // What an engine leaves in its output's memory must never matter.
      Arrays.fill(buffer.byteArray(), 0, Math.min(offset + 4096, buffer.capacity()), (byte) 0x5A);
      offset = 0;
      return result;
    }
  }

  static DirectBuffer copy(final DirectBuffer source, final int offset, final int length) {
    final byte[] bytes = new byte[length];
    source.getBytes(offset, bytes);
    return new UnsafeBuffer(bytes);
  }
}
