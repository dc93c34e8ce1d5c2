package org.civicswitch.core.storage;

import static org.civicswitch.core.storage.SnapshotFormat.FRAME_BYTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.civicswitch.memory.SnapshotSink;

/** Writes one snapshot's frames. An I/O error is thrown as {@link UncheckedIOException}. */
final class SnapshotWriter implements SnapshotSink {
  private final Storage.StoredFile file;
  private final ByteBuffer frame =
      ByteBuffer.allocateDirect(FRAME_BYTES + SnapshotFormat.MAX_PAYLOAD)
          .order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer view = frame.duplicate();
  private final CRC32C crc = new CRC32C();
  private long position = SnapshotFormat.HEADER_BYTES;
  private int index;
  private int sections;
  private long longs;

  SnapshotWriter(final Storage.StoredFile file) {
    this.file = file;
    frame.position(FRAME_BYTES);
  }

  @Override
  public void section(final String name, final int version) {
    flushData();
    final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    frame.putInt(version).put(bytes);
    flush(SnapshotFormat.SECTION);
    sections++;
  }

  @Override
  public void putLong(final long value) {
    if (frame.remaining() < Long.BYTES) {
      flushData();
    }
    frame.putLong(value);
    longs++;
  }

  @Override
  public void putLongs(final long[] values, final int offset, final int length) {
    int at = offset;
    final int end = offset + length;
    while (at < end) {
      if (frame.remaining() < Long.BYTES) {
        flushData();
      }
      final int count = Math.min(end - at, frame.remaining() / Long.BYTES);
      frame.asLongBuffer().put(values, at, count);
      frame.position(frame.position() + count * Long.BYTES);
      at += count;
    }
    longs += length;
  }

  private void flushData() {
    if (frame.position() > FRAME_BYTES) {
      flush(SnapshotFormat.DATA);
    }
  }

  private void flush(final int kind) {
    final int end = frame.position();
    final int length = end - FRAME_BYTES;
    frame.putInt(0, kind).putInt(4, length).putInt(12, index);
    view.limit(end).position(FRAME_BYTES);
    frame.putInt(8, SnapshotFormat.frameCrc(crc, view, kind, length, index));
    index++;
    try {
      file.write(frame.flip(), position);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    position += end;
    frame.clear().position(FRAME_BYTES);
  }

  /** Ends it: the header comes last, then everything is forced. */
  void finish(final SnapshotInfo info) throws IOException {
    flushData();
    frame.putLong(sections).putLong(longs);
    flush(SnapshotFormat.END);
    final ByteBuffer header = frame.clear();
    header.putLong(0, SnapshotFormat.MAGIC).putInt(8, SnapshotFormat.VERSION);
    header.putLong(16, info.sequence()).putLong(24, info.timeMs());
    header.putLong(32, info.feedSequence()).putLong(40, info.stateHash());
    header.putLong(48, position).putLong(56, 0);
    header.putInt(SnapshotFormat.HEADER_CRC_AT, SnapshotFormat.headerCrc(header));
    file.write(header.limit(SnapshotFormat.HEADER_BYTES), 0);
    file.force();
  }
}
