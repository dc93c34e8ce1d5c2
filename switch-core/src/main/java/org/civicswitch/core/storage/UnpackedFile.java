package org.civicswitch.core.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An archived segment, unpacked as far as it was read. */
final class UnpackedFile implements Storage.StoredFile {
  private static final int FIRST_BYTES = 1 << 16;

  private final String name;
  private final InputStream in;
  private final int end;
  private byte[] content;
  private int unpacked;

  /**
   * @param packed closed with it, and here if it cannot be unpacked
   * @param end bytes of it that hold entries; behind them the segment was empty
   * @throws StorageCorruptException if it is not packed
   */
  static UnpackedFile open(final String name, final InputStream packed, final int end)
      throws IOException {
    try {
      return new UnpackedFile(name, new GZIPInputStream(packed, FIRST_BYTES), end);
    } catch (final ZipException | EOFException e) {
      packed.close();
      throw corrupt(name, 0, e);
    }
  }

  private UnpackedFile(final String name, final InputStream in, final int end) {
    this.name = name;
    this.in = in;
    this.end = end;
    content = new byte[Math.min(FIRST_BYTES, end)];
  }

  /** As large as the segment was in place. */
  @Override
  public long size() throws IOException {
    unpack(SegmentHeader.BYTES);
    return SegmentHeader.capacity(ByteBuffer.wrap(content));
  }

  @Override
  public int read(final ByteBuffer target, final long position) throws IOException {
    if (position >= end) {
      return -1;
    }
    final int count = (int) Math.min(target.remaining(), end - position);
    unpack((int) position + count);
    target.put(content, (int) position, count);
    return count;
  }

  private void unpack(final int wanted) throws IOException {
    if (wanted > content.length) {
      content = Arrays.copyOf(content, end);
    }
    try {
      while (unpacked < wanted) {
        final int read = in.read(content, unpacked, content.length - unpacked);
        if (read < 0) {
          throw new EOFException("it ends at " + unpacked + " of " + end + " bytes");
        }
        unpacked += read;
      }
    } catch (final ZipException | EOFException e) {
      throw corrupt(name, unpacked, e);
    }
  }

  private static StorageCorruptException corrupt(
      final String name, final long offset, final IOException cause) {
    return new StorageCorruptException(
        name, offset, "it cannot be unpacked: " + cause.getMessage(), Archive.ADVICE);
  }

  @Override
  public void write(final ByteBuffer source, final long position) {
    throw WholeJournal.readOnly();
  }

  @Override
  public void force() {
    throw WholeJournal.readOnly();
  }

  @Override
  public void truncate(final long size) {
    throw WholeJournal.readOnly();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
