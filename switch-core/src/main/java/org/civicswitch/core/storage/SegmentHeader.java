package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The first block of a journal segment: which one it is, and how the one before it ended. It is
 * durable before the file gets its name, so a damaged header is never the trace of a crash.
 *
 * @param number 1 for the first segment there ever was, then without gaps
 * @param nonce goes into every checksum of this life of the file
 * @param capacity size of the file
 * @param firstSequence of the first entry, also when there is none yet
 * @param previousEnd where the entries of the segment before end; 0 for number 1
 * @param previousChain checksum over the entries of the segment before; 0 for number 1
 */
record SegmentHeader(
    long number,
    long nonce,
    long capacity,
    long firstSequence,
    long previousEnd,
    long previousChain) {
  static final int VERSION = 1;

  /** Entries start in a sector of their own, so that tearing one cannot damage the header. */
  static final int BYTES = 4096;

  static final String PREFIX = "journal-";
  static final String SUFFIX = ".seg";

  private static final long MAGIC = 0x4C4E524A57534943L; // "CISWJRNL"
  private static final int USED = 64;
  private static final int CRC_AT = 12;
  private static final int COVERED_FROM = 16;
  private static final int CAPACITY_AT = 32;
  private static final String ADVICE =
      "Put the right file back from a copy or the archive; do not delete others";

  static String fileName(final long number) {
    return PREFIX + DataFormat.digits(number) + SUFFIX;
  }

  /** Of a segment's name. */
  static long number(final String name) {
    return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  static boolean isSegment(final String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  /** Fills a whole block. */
  void encode(final ByteBuffer target) {
    target.clear().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < BYTES; i += Long.BYTES) {
      target.putLong(i, 0);
    }
    target.putLong(0, MAGIC);
    target.putInt(8, VERSION);
    target.putLong(16, number);
    target.putLong(24, nonce);
    target.putLong(CAPACITY_AT, capacity);
    target.putLong(40, firstSequence);
    target.putLong(48, previousEnd);
    target.putLong(56, previousChain);
    target.putInt(CRC_AT, crc(target));
    target.position(0).limit(BYTES);
  }

  /** The size of the file that begins with this block. */
  static long capacity(final ByteBuffer block) {
    return block.order(ByteOrder.LITTLE_ENDIAN).getLong(CAPACITY_AT);
  }

  private static int crc(final ByteBuffer buffer) {
    final CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().limit(USED).position(COVERED_FROM));
    return (int) crc.getValue();
  }

  static SegmentHeader read(final Storage.StoredFile file, final String name) throws IOException {
    final ByteBuffer block = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final long size = file.size();
    if (size < BYTES) {
      throw corrupt(name, size, "the file is truncated: " + size + " bytes, less than its header");
    }
    file.read(block, 0);
    if (block.getLong(0) != MAGIC) {
      throw corrupt(
          name, 0, "not a journal segment: it begins with " + Long.toHexString(block.getLong(0)));
    }
    final int version = block.getInt(8);
    if (version != VERSION) {
      throw new StorageFormatException(name, 8, "journal", version, VERSION);
    }
    if (block.getInt(CRC_AT) != crc(block)) {
      throw corrupt(name, CRC_AT, "the header's checksum does not match its content");
    }
    final SegmentHeader header =
        new SegmentHeader(
            block.getLong(16),
            block.getLong(24),
            block.getLong(CAPACITY_AT),
            block.getLong(40),
            block.getLong(48),
            block.getLong(56));
    if (!fileName(header.number).equals(name)) {
      throw corrupt(name, 16, "the file holds segment " + header.number + ": files were swapped");
    }
    if (size < header.capacity) {
      throw corrupt(
          name, size, "the file is truncated: " + size + " of " + header.capacity + " bytes");
    }
    return header;
  }

  private static StorageCorruptException corrupt(
      final String name, final long offset, final String found) {
    return new StorageCorruptException(name, offset, found, ADVICE);
  }
}
