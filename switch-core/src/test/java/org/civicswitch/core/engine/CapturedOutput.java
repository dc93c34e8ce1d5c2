package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps what came out of one command, and holds the engine to the contract of {@link Output}. */
final class CapturedOutput implements Output {
  private final UnsafeBuffer buffer =
      new UnsafeBuffer(new byte[MAX_COMMAND_BYTES + MAX_MESSAGE_BYTES]);
  private int position;
  private byte[] outcome;
  private final List<byte[]> events = new ArrayList<>();

  void clear() {
    position = 0;
    outcome = null;
    events.clear();
  }

  byte[] outcome() {
    return outcome;
  }

  List<byte[]> events() {
    return events;
  }

  @Override
  public MutableDirectBuffer buffer() {
    return buffer;
  }

  @Override
  public int offset() {
    return position;
  }

  @Override
  public void outcome(final int length) {
    if (outcome != null || !events.isEmpty()) {
      throw new AssertionError("the outcome comes once and first");
    }
    outcome = take(length);
  }

  @Override
  public void event(final int length) {
    if (outcome == null) {
      throw new AssertionError("the outcome comes first");
    }
    events.add(take(length));
  }

  private byte[] take(final int length) {
    if (length > MAX_MESSAGE_BYTES || position + length > MAX_COMMAND_BYTES) {
      throw new AssertionError("too long: " + length + " at " + position);
    }
    final byte[] bytes = new byte[length];
    buffer.getBytes(position, bytes);
    position += length;
    return bytes;
  }
}
