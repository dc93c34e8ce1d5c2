package org.civicswitch.core.host;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Preallocated bytes handed out and freed in order. Positions count from the start of time; a piece
 * never wraps around the end. One thread hands out; freeing is told to it by whoever calls.
 */
final class ByteRing {
  private final UnsafeBuffer buffer;
  private final int mask;
  private long head;

  ByteRing(final int capacity) {
    buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, 64));
    // Touch every page now, not in the middle of the first burst.
    buffer.setMemory(0, capacity, (byte) 0);
    mask = capacity - 1;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  int capacity() {
    return mask + 1;
  }

  /** Where the next piece ends, counted from the start of time. */
  long head() {
    return head;
  }

  /**
   * @return the position of so many contiguous bytes, or -1 when there is no room
   */
  long next(final int length, final long freedUpTo) {
    final int offset = (int) head & mask;
    final long start = offset + length > mask + 1 ? head + (mask + 1 - offset) : head;
    return start + length - freedUpTo > mask + 1 ? -1 : start;
  }

  int offset(final long position) {
    return (int) position & mask;
  }

  /** Takes what {@link #next} offered. */
  void take(final long position, final int length) {
    head = position + length + 7 & ~7L;
  }
}
