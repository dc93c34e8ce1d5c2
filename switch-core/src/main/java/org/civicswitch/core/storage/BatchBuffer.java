package org.civicswitch.core.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One group commit on its way to disk. The checksum of an entry is computed when the next one comes
 * or the group ends, because only then it is known whether it is the last.
 */
final class BatchBuffer {
  private final ByteBuffer bytes;
  private final ByteBuffer view;
  private final UnsafeBuffer buffer;
  private final CRC32C crc32c = new CRC32C();
  private long nonce;
  private long place;
  private int used;
  private int count;
  private int open = -1;
  private long chain;

  BatchBuffer(final int capacity) {
    bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    view = bytes.duplicate();
    buffer = new UnsafeBuffer(bytes);
  }

  /** Empties it; the next entry goes to this place of the segment with this nonce. */
  void begin(final long segmentNonce, final long startPlace, final long startChain) {
    nonce = segmentNonce;
    place = startPlace;
    chain = startChain;
    bytes.clear();
    used = 0;
    count = 0;
    open = -1;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean hasRoom(final int length, final long until) {
    final int end = used + EntryFormat.size(length);
    return EntryFormat.nextSector(end) <= bytes.capacity()
        && EntryFormat.nextSector(place + end) <= until;
  }

  void add(
      final long sequence,
      final long timeMs,
      final DirectBuffer source,
      final int offset,
      final int length) {
    close(0);
    open = used;
    bytes.putInt(used + EntryFormat.LENGTH, length);
    bytes.putLong(used + EntryFormat.SEQUENCE, sequence);
    bytes.putLong(used + EntryFormat.TIME, timeMs);
    bytes.putInt(used + EntryFormat.BATCH_INDEX, count);
    final int body = used + EntryFormat.HEADER_BYTES;
    final int end = used + EntryFormat.size(length);
    bytes.putLong(end - Long.BYTES, 0);
    buffer.putBytes(body, source, offset, length);
    used = end;
    count++;
  }

  private void close(final int flags) {
    if (open < 0) {
      return;
    }
    final int length = bytes.getInt(open + EntryFormat.LENGTH);
    bytes.putInt(open + EntryFormat.FLAGS, flags);
    crc32c.reset();
    view.limit(open + EntryFormat.HEADER_BYTES + length).position(open + EntryFormat.SEQUENCE);
    crc32c.update(view);
    final int crc = (int) crc32c.getValue() ^ EntryFormat.salt(nonce, place + open, length);
    bytes.putInt(open + EntryFormat.CRC, crc);
    chain = EntryFormat.chain(chain, crc);
    open = -1;
  }

  /** Ends the group and fills its last sector. */
  ByteBuffer finish(final int flags) {
    close(flags);
    final int end = (int) EntryFormat.nextSector(used);
    for (int i = used; i < end; i += Long.BYTES) {
      bytes.putLong(i, 0);
    }
    used = end;
    return bytes.position(0).limit(end);
  }

  /** After {@link #finish}: where the next group begins. */
  long endPlace() {
    return place + used;
  }

  /** After {@link #finish}: checksum over the segment's entries up to here. */
  long chain() {
    return chain;
  }
}
