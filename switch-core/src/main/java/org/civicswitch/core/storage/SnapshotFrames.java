package org.civicswitch.core.storage;

import static org.civicswitch.core.storage.SnapshotFormat.FRAME_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frames of one snapshot from the first to the last, each checked before anybody sees it. Read
 * in runs of whole frames. One thread.
 */
final class SnapshotFrames {
  /** Large enough for few calls, small enough to stay in the processor's cache. */
  private static final int RUN_BYTES = 1 << 20;

  private static final String ADVICE = "An older snapshot and the journal can replace it";

  private final Storage.StoredFile file;
  private final String name;
  private final SnapshotInfo info;
  private final long size;
  private final CRC32C crc = new CRC32C();
  private long position = SnapshotFormat.HEADER_BYTES;
  private int index;
  private long sections;
  private long longs;
  private boolean ended;

  /** Reads and checks the header. */
  SnapshotFrames(final Storage.StoredFile file, final String name) throws IOException {
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

  SnapshotInfo info() {
    return info;
  }

  /** A buffer for {@link #read}; no larger than the whole snapshot. */
  ByteBuffer newRun() {
    return ByteBuffer.allocateDirect((int) Math.min(RUN_BYTES, size))
        .order(ByteOrder.LITTLE_ENDIAN)
        .limit(0);
  }

  /** Whether the end frame was read, and the counts in it are right. */
  boolean ended() {
    return ended;
  }

  /**
   * Reads and checks the next frames, as many as there is room for. The end frame is the last one.
   *
   * @throws StorageCorruptException if one of them is damaged, or values are missing at the end
   */
  void read(final ByteBuffer run) throws IOException {
    run.clear().limit((int) Math.min(run.capacity(), size - position));
    file.read(run, position);
    run.flip();
    final ByteBuffer view = run.duplicate();
    int at = 0;
    while (!ended && run.limit() - at >= FRAME_BYTES) {
      final int length = run.getInt(at + 4);
      if (length < 0 || length > SnapshotFormat.MAX_PAYLOAD || run.getInt(at + 12) != index) {
        throw corrupt(position + at, "no frame number " + index);
      }
      final int end = at + FRAME_BYTES + length;
      if (end > run.limit()) {
        break;
      }
      final int kind = run.getInt(at);
      view.limit(end).position(at + FRAME_BYTES);
      if (run.getInt(at + 8) != SnapshotFormat.frameCrc(crc, view, kind, length, index)) {
        throw corrupt(position + at, "the checksum of frame " + index + " does not match");
      }
      count(run, at, kind, length);
      at = end;
      index++;
    }
    if (at == 0) {
      throw corrupt(position, "the file ends before its end frame");
    }
    position += at;
    run.limit(at);
  }

  private void count(final ByteBuffer run, final int at, final int kind, final int length) {
    if (kind == SnapshotFormat.SECTION) {
      sections++;
    } else if (kind == SnapshotFormat.DATA) {
      longs += length / Long.BYTES;
    } else if (kind == SnapshotFormat.END) {
      ended = true;
      final int counts = at + FRAME_BYTES;
      if (run.getLong(counts) != sections
          || run.getLong(counts + Long.BYTES) != longs
          || position + counts + length != size) {
        throw corrupt(position + at, "sections or values are missing");
      }
    }
  }

  private StorageCorruptException corrupt(final long offset, final String found) {
    return new StorageCorruptException(name, offset, found, ADVICE);
  }
}
