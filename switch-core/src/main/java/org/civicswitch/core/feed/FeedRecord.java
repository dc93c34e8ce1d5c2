package org.civicswitch.core.feed;

import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Output;

/**
 * One record as bytes: feed sequence (8), length of the event (4), CRC32C over both and the event
 * (4), event; little-endian. Chronicle has no checksum of its own over what it carries.
 */
final class FeedRecord {
  static final int HEADER_BYTES = 16;
  static final int RECORD_BYTES_MAX = HEADER_BYTES + Output.MAX_MESSAGE_BYTES;

  private static final int LENGTH_AT = 8;
  private static final int CRC_AT = 12;

  private final byte[] bytes = new byte[RECORD_BYTES_MAX];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final CRC32C crc = new CRC32C();

  byte[] bytes() {
    return bytes;
  }

  DirectBuffer buffer() {
    return buffer;
  }

  /** Fills in one record; returns its length in bytes. */
  int encode(final long sequence, final DirectBuffer event, final int offset, final int length) {
    if (length < 0 || length > Output.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("event of " + length + " bytes");
    }
    buffer.putLong(0, sequence, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(LENGTH_AT, length, ByteOrder.LITTLE_ENDIAN);
    buffer.putBytes(HEADER_BYTES, event, offset, length);
    buffer.putInt(CRC_AT, crc(length), ByteOrder.LITTLE_ENDIAN);
    return HEADER_BYTES + length;
  }

  /**
   * Checks the record that was read into {@link #bytes()}.
   *
   * @return the length of the event in bytes
   * @throws FeedDamagedException if it is not the record of that sequence, whole and unchanged
   */
  int check(final long sequence, final int recordBytes) {
    if (recordBytes < HEADER_BYTES) {
      throw new FeedDamagedException(sequence, "a record of " + recordBytes + " bytes");
    }
    final int length = buffer.getInt(LENGTH_AT, ByteOrder.LITTLE_ENDIAN);
    if (length < 0 || length > recordBytes - HEADER_BYTES) {
      throw new FeedDamagedException(sequence, "a length of " + length + " in its record");
    }
    if (crc(length) != buffer.getInt(CRC_AT, ByteOrder.LITTLE_ENDIAN)) {
      throw new FeedDamagedException(sequence, "the checksum of its record is wrong");
    }
    final long found = buffer.getLong(0, ByteOrder.LITTLE_ENDIAN);
    if (found != sequence) {
      throw new FeedDamagedException(sequence, "its record says " + found);
    }
    return length;
  }

  private int crc(final int length) {
    crc.reset();
    crc.update(bytes, 0, CRC_AT);
    crc.update(bytes, HEADER_BYTES, length);
    return (int) crc.getValue();
  }
}
