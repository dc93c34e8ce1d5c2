package org.civicswitch.core.storage;

/**
 * How one entry lies in a segment: {@code int length, int crc, long sequence, long timeMs, int
 * batchIndex, int flags, bytes}, little-endian, 8-byte aligned.
 *
 * <p>The checksum is CRC32C over everything from the sequence on, mixed with the segment's nonce,
 * the entry's own place and the length: bytes of an earlier life of the file, or of another place
 * in it, are never an entry.
 *
 * <p>{@code batchIndex} says how many entries of the same group commit came before. A group is
 * written only after the one before it was forced, so any entry proves that everything before its
 * group was durable: that tells a torn tail from a hole.
 */
final class EntryFormat {
  static final int HEADER_BYTES = 32;
  static final int LENGTH = 0;
  static final int CRC = 4;
  static final int SEQUENCE = 8;
  static final int TIME = 16;
  static final int BATCH_INDEX = 24;
  static final int FLAGS = 28;

  /** The last entry of its group; the next group begins in the next sector. */
  static final int LAST_OF_BATCH = 1;

  /** Not an entry: the segment ends here and a next one exists. */
  static final int SEAL = 2;

  /** A group never shares a sector with a durable one: a torn write cannot reach what is safe. */
  static final int SECTOR = 512;

  private EntryFormat() {}

  static int size(final int length) {
    return HEADER_BYTES + length + 7 & ~7;
  }

  static long nextSector(final long offset) {
    return offset + SECTOR - 1 & -SECTOR;
  }

  static int salt(final long nonce, final long place, final int length) {
    long h = nonce + place * 0x9E3779B97F4A7C15L + length * 0xC2B2AE3D27D4EB4FL;
    h = (h ^ h >>> 29) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 32) * 0x94D049BB133111EBL;
    return (int) (h >>> 32);
  }

  /** The checksum over a segment's entries, one after the other; starts from the nonce. */
  static long chain(final long chain, final int crc) {
    final long h = (chain ^ crc) * 0x9E3779B97F4A7C15L;
    return h ^ h >>> 31;
  }
}
