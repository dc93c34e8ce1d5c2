package org.civicswitch.memory;

/**
 * One {@link RecordStore} as it was at a freeze. Written by another thread than the engine's: the
 * pages it holds are never changed again, because the engine copies them first.
 */
final class FrozenStore {
  static final int VERSION = 1;

  private final String name;
  private final int recordWords;
  private final long[][] pages;
  private final int capacity;
  private final int size;
  private final int highWater;
  private final int freeHead;
  private volatile boolean closed;
  private volatile int pagesWritten;
  private volatile long copiedBytes;

  FrozenStore(
      final String name,
      final int recordWords,
      final long[][] pages,
      final int capacity,
      final int size,
      final int highWater,
      final int freeHead) {
    this.name = name;
    this.recordWords = recordWords;
    this.pages = pages;
    this.capacity = capacity;
    this.size = size;
    this.highWater = highWater;
    this.freeHead = freeHead;
  }

  /** Whether the page may still be read: asked by the engine before it changes one. */
  boolean needs(final int page) {
    return !closed && page < pages.length && page >= pagesWritten;
  }

  /** Counted by the engine's thread alone; volatile for those who watch. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void copied(final long bytes) {
    copiedBytes += bytes;
  }

  long copiedBytes() {
    return copiedBytes;
  }

  /**
   * Writes the section once; pages given away are free to be changed by the engine from then on.
   *
   * @return the hash of what was written, equal to {@link RecordStore#stateHash} at the freeze
   */
  long writeTo(final SnapshotSink sink) {
    sink.section(name, VERSION);
    sink.putLong(recordWords);
    sink.putLong(capacity);
    sink.putLong(size);
    sink.putLong(highWater);
    sink.putLong(freeHead);
    sink.putLong(pages.length);
    long sum = RecordStore.scalarsHash(recordWords, capacity, size, highWater, freeHead);
    for (int p = 0; p < pages.length; p++) {
      final long[] page = pages[p];
      sum += Hash.mix(RecordStore.pageHash(page) + p);
      sink.putLongs(page, 0, page.length);
      pages[p] = null;
      pagesWritten = p + 1;
    }
    return sum;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
