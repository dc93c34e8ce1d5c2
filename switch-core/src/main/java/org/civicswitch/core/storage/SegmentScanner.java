package org.civicswitch.core.storage;

import static org.civicswitch.core.storage.EntryFormat.HEADER_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the entries of one segment. Owns the file it is given. One thread. */
final class SegmentScanner implements AutoCloseable {
  /** What lies at a place. */
  enum Found {
    ENTRY,
    SEAL,
    NOTHING
  }

  private static final int WINDOW_BYTES = 1 << 20;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16);

  private final Storage.StoredFile file;
  private final String name;
  private final SegmentHeader header;
  private final ByteBuffer window;
  private final ByteBuffer view;
  private final UnsafeBuffer buffer;
  private final CRC32C crc32c = new CRC32C();
  private long windowStart;
  private int windowLength;

  private long place;
  private int at;
  private int length;
  private long sequence;
  private long timeMs;
  private int batchIndex;
  private int flags;
  private int crc;

  SegmentScanner(final Storage.StoredFile file, final String name, final SegmentHeader header) {
    this.file = file;
    this.name = name;
    this.header = header;
    window =
        ByteBuffer.allocateDirect((int) Math.min(WINDOW_BYTES, header.capacity()))
            .order(ByteOrder.LITTLE_ENDIAN);
    view = window.duplicate();
    buffer = new UnsafeBuffer(window);
  }

  static SegmentScanner open(final Storage storage, final String name) throws IOException {
    final Storage.StoredFile file = storage.open(name);
    try {
      return new SegmentScanner(file, name, SegmentHeader.read(file, name));
    } catch (final IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  String name() {
    return name;
  }

  SegmentHeader header() {
    return header;
  }

  /** Looks at one place; on ENTRY and SEAL the fields below are set. */
  Found probe(final long offset) throws IOException {
    if (offset + HEADER_BYTES > header.capacity() || !bring(offset, HEADER_BYTES)) {
      return Found.NOTHING;
    }
    final int start = (int) (offset - windowStart);
    final int len = window.getInt(start + EntryFormat.LENGTH);
    if (len < 1 || len > Journal.MAX_ENTRY_BYTES || !bring(offset, HEADER_BYTES + len)) {
      return Found.NOTHING;
    }
    at = (int) (offset - windowStart);
    crc = window.getInt(at + EntryFormat.CRC);
    crc32c.reset();
    view.limit(at + HEADER_BYTES + len).position(at + EntryFormat.SEQUENCE);
    crc32c.update(view);
    if (((int) crc32c.getValue() ^ EntryFormat.salt(header.nonce(), offset, len)) != crc) {
      return Found.NOTHING;
    }
    place = offset;
    length = len;
    sequence = window.getLong(at + EntryFormat.SEQUENCE);
    timeMs = window.getLong(at + EntryFormat.TIME);
    batchIndex = window.getInt(at + EntryFormat.BATCH_INDEX);
    flags = window.getInt(at + EntryFormat.FLAGS);
    return (flags & EntryFormat.SEAL) != 0 ? Found.SEAL : Found.ENTRY;
  }

  /** The sequence that stands at a place, whether or not what stands there is an entry. */
  long peekSequence(final long offset) throws IOException {
    return bring(offset, HEADER_BYTES)
        ? window.getLong((int) (offset - windowStart) + EntryFormat.SEQUENCE)
        : 0;
  }

  /**
   * The first place from here on, in steps of a word, where an entry can begin: none begins with a
   * word of zeros, of which there are millions behind the last.
   *
   * @return the capacity if there is none
   */
  long nextWritten(final long offset) throws IOException {
    long from = offset;
    while (bring(from, Long.BYTES)) {
      final int start = (int) (from - windowStart);
      if (window.getLong(start) != 0) {
        return from;
      }
      final int length = Math.min(ZEROS.capacity(), windowLength - start);
      final int zeros = window.slice(start, length).mismatch(ZEROS.slice(0, length));
      if (zeros >= 0) {
        return from + (zeros & -Long.BYTES);
      }
      from += length & -Long.BYTES;
    }
    return header.capacity();
  }

  private boolean bring(final long offset, final int bytes) throws IOException {
    if (offset >= windowStart && offset + bytes <= windowStart + windowLength) {
      return true;
    }
    windowStart = offset;
    window.clear();
    file.read(window, offset);
    windowLength = window.position();
    window.clear();
    return bytes <= windowLength;
  }

  /** Where the entry after this one begins. */
  long nextPlace() {
    final long end = place + EntryFormat.size(length);
    return (flags & EntryFormat.LAST_OF_BATCH) != 0 ? EntryFormat.nextSector(end) : end;
  }

  long place() {
    return place;
  }

  long sequence() {
    return sequence;
  }

  long timeMs() {
    return timeMs;
  }

  /** The first sequence of the group commit that this entry was part of. */
  long batchFirst() {
    return sequence - batchIndex;
  }

  int crc() {
    return crc;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  int offset() {
    return at + HEADER_BYTES;
  }

  int length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
