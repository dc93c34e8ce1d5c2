package org.civicswitch.core.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a snapshot lies in its file: a header, then frames {@code int kind, int length, int crc, int
 * index, payload}, little-endian. A section's frame names it; data frames carry its longs; the end
 * frame says how many sections and longs there were.
 */
final class SnapshotFormat {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 64;
  static final int HEADER_CRC_AT = 12;
  static final int FRAME_BYTES = 16;
  static final int MAX_PAYLOAD = 64 * 1024;

  static final int SECTION = 1;
  static final int DATA = 2;
  static final int END = 3;

  static final long MAGIC = 0x50414E5357534943L; // "CISWSNAP"
  static final String PREFIX = "snapshot-";
  static final String SUFFIX = ".snap";
  static final String UNFINISHED = "unfinished-";

  private SnapshotFormat() {}

  static String fileName(final long sequence) {
    return PREFIX + DataFormat.digits(sequence) + SUFFIX;
  }

  static boolean isSnapshot(final String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  static long sequence(final String name) {
    return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  static int headerCrc(final ByteBuffer buffer) {
    final CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().limit(HEADER_CRC_AT).position(0));
    crc.update(buffer.duplicate().limit(HEADER_BYTES).position(HEADER_CRC_AT + Integer.BYTES));
    return (int) crc.getValue();
  }

  /** Covers the payload, and kind, length and index through its start value. */
  static int frameCrc(
      final CRC32C crc, final ByteBuffer view, final int kind, final int length, final int index) {
    crc.reset();
    crc.update(view);
    return (int) crc.getValue() ^ EntryFormat.salt(kind, index, length);
  }
}
