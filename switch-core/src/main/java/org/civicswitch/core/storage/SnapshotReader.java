package org.civicswitch.core.storage;

import static org.civicswitch.core.storage.SnapshotFormat.FRAME_BYTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.civicswitch.memory.SnapshotSource;

/**
 * Reads one snapshot. Opening it goes through the whole file and checks every checksum, before the
 * first value is handed out. One thread.
 */
public final class SnapshotReader implements SnapshotSource, AutoCloseable {
  private static final String ADVICE = "An older snapshot and the journal can replace it";

  private final Storage.StoredFile file;
  private final String name;
  private final SnapshotInfo info;
  private final ByteBuffer frame =
      ByteBuffer.allocateDirect(FRAME_BYTES + SnapshotFormat.MAX_PAYLOAD)
          .order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer view = frame.duplicate();
  private final CRC32C crc = new CRC32C();
  private final long size;
  private long position = SnapshotFormat.HEADER_BYTES;
  private int index;
  private int kind;

  private SnapshotReader(final Storage.StoredFile file, final String name) throws IOException {
    this.file = file;
    this.name = name;
    final ByteBuffer header =
        ByteBuffer.allocate(SnapshotFormat.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (file.size() < SnapshotFormat.HEADER_BYTES) {
      throw corrupt(file.size(), "the file is truncated within its header");
    }
    file.read(header, 0);
    if (header.getLong(0) != SnapshotFormat.MAGIC) {
      throw corrupt(0, "not a snapshot");
    }
    if (header.getInt(SnapshotFormat.HEADER_CRC_AT) != SnapshotFormat.headerCrc(header)) {
      throw corrupt(SnapshotFormat.HEADER_CRC_AT, "the header's checksum does not match");
    }
    final int version = header.getInt(8);
    if (version != SnapshotFormat.VERSION) {
      throw new StorageFormatException(name, 8, "snapshot", version, SnapshotFormat.VERSION);
    }
    info =
        new SnapshotInfo(
            header.getLong(16), header.getLong(24), header.getLong(32), header.getLong(40));
    size = header.getLong(48);
    if (file.size() < size) {
      throw corrupt(file.size(), "the file is truncated: " + size + " bytes are expected");
    }
    if (!SnapshotFormat.fileName(info.sequence()).equals(name)) {
      throw corrupt(16, "it is of sequence " + info.sequence() + ": files were swapped");
    }
  }

  static SnapshotReader open(final Storage storage, final String name) throws IOException {
    final Storage.StoredFile file = storage.open(name);
    try {
      final SnapshotReader reader = new SnapshotReader(file, name);
      reader.check();
      return reader;
    } catch (final IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void check() throws IOException {
    long sections = 0;
    long longs = 0;
    do {
      readFrame();
      if (kind == SnapshotFormat.SECTION) {
        sections++;
      } else if (kind == SnapshotFormat.DATA) {
        longs += frame.remaining() / Long.BYTES;
      }
    } while (kind != SnapshotFormat.END);
    if (frame.getLong() != sections || frame.getLong() != longs || position != size) {
      throw corrupt(position, "sections or values are missing");
    }
    position = SnapshotFormat.HEADER_BYTES;
    index = 0;
    frame.position(frame.limit());
  }

  public SnapshotInfo info() {
    return info;
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  private void readFrame() throws IOException {
    frame.clear().limit(FRAME_BYTES);
    if (file.read(frame, position) < FRAME_BYTES) {
      throw corrupt(position, "the file ends before its end frame");
    }
    kind = frame.getInt(0);
    final int length = frame.getInt(4);
    final int stored = frame.getInt(8);
    if (length < 0 || length > SnapshotFormat.MAX_PAYLOAD || frame.getInt(12) != index) {
      throw corrupt(position, "no frame number " + index);
    }
    frame.clear().limit(FRAME_BYTES + length).position(FRAME_BYTES);
    file.read(frame, position + FRAME_BYTES);
    view.limit(FRAME_BYTES + length).position(FRAME_BYTES);
    if (frame.hasRemaining() || stored != SnapshotFormat.frameCrc(crc, view, kind, length, index)) {
      throw corrupt(position, "the checksum of frame " + index + " does not match");
    }
    frame.position(FRAME_BYTES);
    position += FRAME_BYTES + length;
    index++;
  }

  private void frame(final int wanted) {
    try {
      readFrame();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    if (kind != wanted) {
      throw new IllegalStateException(
          name + ": frame " + (index - 1) + " is of kind " + kind + ", wanted " + wanted);
    }
  }

  @Override
  public int section(final String wanted) {
    if (frame.hasRemaining()) {
      throw new IllegalStateException(name + ": values are left before section " + wanted);
    }
    frame(SnapshotFormat.SECTION);
    final int version = frame.getInt();
    final byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    final String found = new String(bytes, StandardCharsets.US_ASCII);
    if (!found.equals(wanted)) {
      throw new IllegalStateException(name + ": section " + found + ", wanted " + wanted);
    }
    return version;
  }

  @Override
  public long getLong() {
    if (!frame.hasRemaining()) {
      frame(SnapshotFormat.DATA);
    }
    return frame.getLong();
  }

  @Override
  public void getLongs(final long[] values, final int offset, final int length) {
    int at = offset;
    final int end = offset + length;
    while (at < end) {
      if (!frame.hasRemaining()) {
        frame(SnapshotFormat.DATA);
      }
      final int count = Math.min(end - at, frame.remaining() / Long.BYTES);
      frame.asLongBuffer().get(values, at, count);
      frame.position(frame.position() + count * Long.BYTES);
      at += count;
    }
  }

  private StorageCorruptException corrupt(final long offset, final String found) {
    return new StorageCorruptException(name, offset, found, ADVICE);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
