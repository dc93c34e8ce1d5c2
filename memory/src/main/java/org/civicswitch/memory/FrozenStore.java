package org.civicswitch.memory;

/**
 * One {@link RecordStore} as it was at a freeze. Written by another thread than the engine's: the
 * pages it holds are never changed again, because the engine copies them first.
 */
final class FrozenStore implements PageHashes.Owner {
  static final int VERSION = 2;

  private final String name;
  private final int recordWords;
  private final long[][] pages;
  private final int capacity;
  private final int size;
  private final int highWater;
  private final int freeHead;
  private long sum;
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
   * Writes the section once. A page is hashed after it was written, and then free to be changed by
   * the engine.
   */
  void writeTo(final SnapshotSink sink, final PageHashes hashes) {
    sink.section(name, VERSION);
    sink.putLong(recordWords);
    sink.putLong(capacity);
    sink.putLong(size);
    sink.putLong(highWater);
    sink.putLong(freeHead);
    sink.putLong(pages.length);
    sum = RecordStore.scalarsHash(recordWords, capacity, size, highWater, freeHead);
    for (int p = 0; p < pages.length; p++) {
      final int used = RecordStore.usedWords(p, highWater, recordWords);
      sink.putLongs(pages[p], 0, used);
      hashes.add(this, p, pages[p], used);
    }
  }

  @Override
  public void hashed(final int number, final long hash) {
    sum += Hash.mix(hash + number);
    pages[number] = null;
    pagesWritten = number + 1;
  }

  /** Of what was written and hashed: equal to {@link RecordStore#stateHash} at the freeze. */
  long stateHash() {
    return sum;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
