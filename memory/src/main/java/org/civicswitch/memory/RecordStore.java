package org.civicswitch.memory;

import java.util.Arrays;

/**
 * Records of a fixed number of longs, in pages, reached by integer handles. Handle 0 is "none".
 *
 * <p>A page is copied before its first change after {@link #freeze}, so that a snapshot can be
 * written beside the running engine; the same check marks the page for the next {@link
 * StateSpace#stateHash}. That is why every change must go through {@link #writable}, again for
 * every operation: an array kept across a freeze would change the snapshot.
 *
 * <p>One thread, except the reading side of {@link FrozenStore}. Allocates only when a new page is
 * needed, and for copies while an image is open.
 */
public final class RecordStore {
  /**
   * 64 KiB: copying one costs a few microseconds, which bounds what a snapshot adds to a command.
   */
  static final int PAGE_WORDS = 8192;

  private static final byte OWNED_AND_DIRTY = 0;
  private static final byte CLEAN = 1;
  private static final byte SHARED = 2;

  private final String name;
  private final int recordWords;
  private final int pageShift;
  private final int slotMask;

  private long[][] pages = new long[4][];
  private byte[] pageStates = new byte[4];
  private long[] pageHashes = new long[4];
  private final PageHashes.Owner hashed = this::hashed;
  private int pageCount;

  private int capacity;
  private int size;
  private int highWater;
  private int freeHead;
  private FrozenStore image;

  /**
   * @param name of its section in a snapshot
   * @param recordWords longs per record, a power of two from 2 to 8192
   * @param capacity most records at one time, at most 2^30; 2^29 if an {@link IdIndex} is to find
   *     them
   */
  public RecordStore(final String name, final int recordWords, final int capacity) {
    if (recordWords < 2 || recordWords > PAGE_WORDS || Integer.bitCount(recordWords) != 1) {
      throw new IllegalArgumentException("record words must be a power of two: " + recordWords);
    }
    this.name = name;
    this.recordWords = recordWords;
    this.pageShift = Integer.numberOfTrailingZeros(PAGE_WORDS / recordWords);
    this.slotMask = (1 << pageShift) - 1;
    capacity(capacity);
  }

  public String name() {
    return name;
  }

  public int recordWords() {
    return recordWords;
  }

  /** Records in use. */
  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  /** Handles from 1 to this one have been in use at some time. */
  public int highWater() {
    return highWater;
  }

  public boolean isFull() {
    return size >= capacity;
  }

  /** Sets the most records at one time; what is in use stays, even above it. */
  public void capacity(final int records) {
    if (records < 1 || records > 1 << 30) {
      throw new IllegalArgumentException(name + " capacity out of range: " + records);
    }
    capacity = records;
  }

  /**
   * @return the handle of a record that is all zero, or 0 at capacity
   */
  public int allocate() {
    if (size >= capacity) {
      return 0;
    }
    size++;
    if (freeHead != 0) {
      final int handle = freeHead;
      final long[] page = writable(handle);
      final int offset = offset(handle);
      freeHead = (int) page[offset];
      page[offset] = 0;
      return handle;
    }
    highWater++;
    // Twice for the very first record of a store whose records fill a page: handle 0 has one too.
    while (highWater >>> pageShift >= pageCount) {
      addPage();
    }
    // A page is hashed as far as it was ever used: one more record is a change, even all zero.
    writable(highWater);
    return highWater;
  }

  /** Gives the record back; its handle will be used again. */
  public void release(final int handle) {
    final long[] page = writable(handle);
    final int offset = offset(handle);
    Arrays.fill(page, offset, offset + recordWords, 0L);
    page[offset] = freeHead;
    freeHead = handle;
    size--;
  }

  /** For reading only. */
  public long[] page(final int handle) {
    return pages[handle >>> pageShift];
  }

  /** Where the record begins in its page. */
  public int offset(final int handle) {
    return (handle & slotMask) * recordWords;
  }

  /** For reading one word. */
  public long get(final int handle, final int word) {
    return pages[handle >>> pageShift][(handle & slotMask) * recordWords + word];
  }

  /** Changes one word. */
  public void set(final int handle, final int word, final long value) {
    writable(handle)[(handle & slotMask) * recordWords + word] = value;
  }

  /** For changing; valid until the end of the command. */
  public long[] writable(final int handle) {
    final int page = handle >>> pageShift;
    if (pageStates[page] != OWNED_AND_DIRTY) {
      prepare(page);
    }
    return pages[page];
  }

  private void prepare(final int page) {
    if ((pageStates[page] & SHARED) != 0 && image != null) {
      if (image.isClosed()) {
        // Not to keep the pages of an abandoned image until the next one.
        image = null;
      } else if (image.needs(page)) {
        pages[page] = pages[page].clone();
        image.copied(PAGE_WORDS * (long) Long.BYTES);
      }
    }
    pageStates[page] = OWNED_AND_DIRTY;
  }

  private void addPage() {
    if (pageCount == pages.length) {
      final int larger = pages.length * 2;
      pages = Arrays.copyOf(pages, larger);
      pageStates = Arrays.copyOf(pageStates, larger);
      pageHashes = Arrays.copyOf(pageHashes, larger);
    }
    pages[pageCount] = new long[PAGE_WORDS];
    pageStates[pageCount] = OWNED_AND_DIRTY;
    pageCount++;
  }

  /** Has the pages hashed that were changed since the last time. */
  void hashPages(final PageHashes hashes) {
    for (int p = 0; p < pageCount; p++) {
      if ((pageStates[p] & CLEAN) == 0) {
        hashes.add(hashed, p, pages[p], usedWords(p, highWater, recordWords));
      }
    }
  }

  /** How far a page has ever been used; all behind it is zero. */
  static int usedWords(final int page, final int highWater, final int recordWords) {
    final long words = (highWater + 1L) * recordWords - (long) page * PAGE_WORDS;
    return (int) Math.max(0, Math.min(PAGE_WORDS, words));
  }

  private void hashed(final int number, final long hash) {
    pageHashes[number] = hash;
    // A page can be shared and unhashed: the mark for the one must not lose the other.
    pageStates[number] |= CLEAN;
  }

  /** After {@link #hashPages}: equal content, equal hash. */
  long stateHash() {
    long sum = scalarsHash(recordWords, capacity, size, highWater, freeHead);
    for (int p = 0; p < pageCount; p++) {
      sum += Hash.mix(pageHashes[p] + p);
    }
    return sum;
  }

  static long scalarsHash(
      final int recordWords,
      final int capacity,
      final int size,
      final int highWater,
      final int freeHead) {
    // The capacity decides what the next allocate answers, so it is part of the state.
    long h = Hash.combine(recordWords, capacity);
    h = Hash.combine(h, size);
    h = Hash.combine(h, highWater);
    return Hash.mix(Hash.combine(h, freeHead));
  }

  /** Freezes the content as it is now. The image before must have been closed. */
  FrozenStore freeze() {
    if (image != null && !image.isClosed()) {
      throw new IllegalStateException(name + ": an image is open already");
    }
    for (int p = 0; p < pageCount; p++) {
      pageStates[p] |= SHARED;
    }
    image =
        new FrozenStore(
            name,
            recordWords,
            Arrays.copyOf(pages, pageCount),
            capacity,
            size,
            highWater,
            freeHead);
    return image;
  }

  /** What a section of a snapshot holds, apart from any store. */
  static final class Content {
    private int capacity;
    private int size;
    private int highWater;
    private int freeHead;
    private long[][] pages;

    private Content() {}
  }

  /** Reads this store's section and changes nothing. */
  Content read(final SnapshotSource source) {
    final int version = source.section(name);
    if (version != FrozenStore.VERSION) {
      throw new IllegalStateException(name + ": snapshot section version " + version);
    }
    if (source.getLong() != recordWords) {
      throw new IllegalStateException(name + ": records of another size");
    }
    final Content content = new Content();
    content.capacity = (int) source.getLong();
    content.size = (int) source.getLong();
    content.highWater = (int) source.getLong();
    content.freeHead = (int) source.getLong();
    content.pages = new long[(int) source.getLong()][];
    for (int p = 0; p < content.pages.length; p++) {
      content.pages[p] = new long[PAGE_WORDS];
      source.getLongs(content.pages[p], 0, usedWords(p, content.highWater, recordWords));
    }
    return content;
  }

  /** Makes it the content of this store. */
  void take(final Content content) {
    final int room = Math.max(4, content.pages.length);
    pages = Arrays.copyOf(content.pages, room);
    pageStates = new byte[room];
    pageHashes = new long[room];
    pageCount = content.pages.length;
    capacity = content.capacity;
    size = content.size;
    highWater = content.highWater;
    freeHead = content.freeHead;
  }

  /**
   * The handles in use, one bit each: what derived indexes are rebuilt from. Costs a walk of the
   * free list; for loading and checking, not for commands.
   */
  public long[] liveBits() {
    final long[] bits = new long[(highWater >>> 6) + 1];
    for (int h = 1; h <= highWater; h++) {
      bits[h >>> 6] |= 1L << h;
    }
    for (int h = freeHead; h != 0; h = (int) get(h, 0)) {
      bits[h >>> 6] &= ~(1L << h);
    }
    return bits;
  }

  /** Calls back for every handle in use, in ascending order. */
  public void forEach(final HandleConsumer consumer) {
    final long[] bits = liveBits();
    for (int h = 1; h <= highWater; h++) {
      if ((bits[h >>> 6] & 1L << h) != 0) {
        consumer.accept(h);
      }
    }
  }

  /** Takes a handle. */
  @FunctionalInterface
  public interface HandleConsumer {
    void accept(int handle);
  }
}
