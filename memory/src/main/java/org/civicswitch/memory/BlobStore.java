package org.civicswitch.memory;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Byte strings of any length as chains of 128-byte records. The first word of each record holds the
 * next handle (high half) and, in the first record of a chain, the length in bytes (low half).
 */
public final class BlobStore {
  private static final int RECORD_WORDS = 16;
  private static final int BYTES_PER_RECORD = (RECORD_WORDS - 1) * Long.BYTES;

  private final RecordStore store;

  public BlobStore(final StateSpace space, final String name, final int capacity) {
    store = space.add(name, RECORD_WORDS, capacity);
  }

  public RecordStore records() {
    return store;
  }

  public static int recordsFor(final int length) {
    return Math.max(1, (length + BYTES_PER_RECORD - 1) / BYTES_PER_RECORD);
  }

  /** Whether {@link #put} would find room. */
  public boolean hasRoomFor(final int length) {
    return store.capacity() - store.size() >= recordsFor(length);
  }

  /** Whether so many more records are free, for callers that must be sure of several puts. */
  public boolean hasRoomForRecords(final long records) {
    return store.capacity() - store.size() >= records;
  }

  /**
   * @return the handle of the chain, or 0 when there is no room; then nothing was kept
   */
  public int put(final DirectBuffer source, final int offset, final int length) {
    if (!hasRoomFor(length)) {
      return 0;
    }
    int next = 0;
    for (int i = recordsFor(length) - 1; i >= 0; i--) {
      final int handle = store.allocate();
      final long[] page = store.writable(handle);
      final int at = store.offset(handle);
      page[at] = ((long) next << 32) | (i == 0 ? length : 0);
      final int from = i * BYTES_PER_RECORD;
      final int bytes = Math.min(BYTES_PER_RECORD, length - from);
      for (int b = 0; b < bytes; b += Long.BYTES) {
        page[at + 1 + (b >> 3)] = word(source, offset + from + b, bytes - b);
      }
      next = handle;
    }
    return next;
  }

  private static long word(final DirectBuffer source, final int index, final int bytes) {
    if (bytes >= Long.BYTES) {
      return source.getLong(index, java.nio.ByteOrder.LITTLE_ENDIAN);
    }
    long word = 0;
    for (int i = 0; i < bytes; i++) {
      word |= (source.getByte(index + i) & 0xFFL) << (i * 8);
    }
    return word;
  }

  public int length(final int handle) {
    return (int) store.get(handle, 0);
  }

  /**
   * Copies the whole string out.
   *
   * @return its length
   */
  public int get(final int handle, final MutableDirectBuffer target, final int offset) {
    final int length = length(handle);
    int record = handle;
    for (int from = 0; from < length; from += BYTES_PER_RECORD) {
      final long[] page = store.page(record);
      final int at = store.offset(record);
      final int bytes = Math.min(BYTES_PER_RECORD, length - from);
      for (int b = 0; b < bytes; b += Long.BYTES) {
        final long word = page[at + 1 + (b >> 3)];
        if (bytes - b >= Long.BYTES) {
          target.putLong(offset + from + b, word, java.nio.ByteOrder.LITTLE_ENDIAN);
        } else {
          for (int i = 0; i < bytes - b; i++) {
            target.putByte(offset + from + b + i, (byte) (word >>> (i * 8)));
          }
        }
      }
      record = (int) (page[at] >>> 32);
    }
    return length;
  }

  public void release(final int handle) {
    int record = handle;
    while (record != 0) {
      final int next = (int) (store.get(record, 0) >>> 32);
      store.release(record);
      record = next;
    }
  }
}
