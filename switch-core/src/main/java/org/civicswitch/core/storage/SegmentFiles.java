package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * Makes and recycles segment files. A file is filled with zeros once, so that a later commit
 * changes no file size and no block map; a spare's old entries are told apart by the nonce. Used by
 * the journal's thread and by whoever prepares and retires; each spare has one owner at a time.
 */
final class SegmentFiles {
  private static final String SPARE_PREFIX = "spare-";
  private static final String MAKING = "making-";
  private static final int CHUNK_BYTES = 1 << 20;

  private final Storage storage;
  private final int segmentBytes;
  private final int wanted;
  private final ArrayDeque<String> spares = new ArrayDeque<>();
  private long named;

  SegmentFiles(final Storage storage, final int segmentBytes, final int wanted) throws IOException {
    this.storage = storage;
    this.segmentBytes = segmentBytes;
    this.wanted = wanted;
    for (final String name : storage.list()) {
      if (name.startsWith(MAKING)) {
        storage.delete(name);
      } else if (name.startsWith(SPARE_PREFIX)) {
        adopt(name);
      }
    }
    storage.forceDirectory();
  }

  static boolean isSpare(final String name) {
    return name.startsWith(SPARE_PREFIX) || name.startsWith(MAKING);
  }

  private void adopt(final String name) throws IOException {
    final String number = name.substring(SPARE_PREFIX.length());
    if (!number.matches("[0-9]{1,18}")) {
      return; // not made here
    }
    named = Math.max(named, Long.parseLong(number) + 1);
    final long size;
    try (Storage.StoredFile file = storage.open(name)) {
      size = file.size();
    }
    if (size == segmentBytes && spares.size() < wanted) {
      spares.add(name);
    } else {
      storage.delete(name);
    }
  }

  /**
   * A file of the wanted size, under a name that is not yet a segment's. One that does not become a
   * segment is deleted by the next start: a force of it may have failed, and then what is read from
   * it and what is on the disk may differ for ever.
   */
  String take(final int bytes) throws IOException {
    if (bytes > segmentBytes) {
      return make(bytes, nextName());
    }
    final String spare;
    synchronized (this) {
      spare = spares.poll();
    }
    if (spare == null) {
      return make(segmentBytes, nextName());
    }
    final String making = MAKING + spare.substring(SPARE_PREFIX.length());
    storage.rename(spare, making);
    return making;
  }

  private synchronized long nextName() {
    return named++;
  }

  private String make(final int bytes, final long number) throws IOException {
    final String making = MAKING + number;
    try (Storage.StoredFile file = storage.open(making)) {
      final ByteBuffer zeros =
          ByteBuffer.allocateDirect(Math.min(CHUNK_BYTES, bytes)).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < bytes; at += CHUNK_BYTES) {
        file.write(zeros.clear().limit(Math.min(CHUNK_BYTES, bytes - at)), at);
      }
      file.force();
    } catch (final IOException e) {
      // On a full disk the half that fitted is the last room that others have.
      try {
        storage.delete(making);
      } catch (final IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
    return making;
  }

  /** Makes one spare ahead of need when there is none. */
  void prepare() throws IOException {
    synchronized (this) {
      if (!spares.isEmpty() || wanted == 0) {
        return;
      }
    }
    final long number = nextName();
    final String spare = SPARE_PREFIX + number;
    storage.rename(make(segmentBytes, number), spare);
    storage.forceDirectory();
    synchronized (this) {
      spares.add(spare);
    }
  }

  /** Takes back a segment whose content is no longer needed here. */
  void retire(final SealedSegment segment) throws IOException {
    final boolean again = segment.recyclable() && segment.capacity() == segmentBytes;
    final String spare;
    synchronized (this) {
      spare = again && spares.size() < wanted ? SPARE_PREFIX + nextName() : null;
    }
    if (spare == null) {
      storage.delete(segment.fileName());
      storage.forceDirectory();
      return;
    }
    storage.rename(segment.fileName(), spare);
    storage.forceDirectory();
    synchronized (this) {
      spares.add(spare);
    }
  }
}
