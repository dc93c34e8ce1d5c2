package org.civicswitch.memory;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Finds records of one {@link RecordStore} by a key of one to four of their words. Derived state:
 * rebuilt from the store after a load.
 *
 * <p>Extendible hashing: the highest bits of a key's hash choose a page, the next ones a slot in
 * it; a full page is split in two, and only the directory of pages ever doubles. So the longest
 * that one {@link #put} can take stays a matter of microseconds, where a single table would stop
 * everything to move a hundred million entries. Within a page: linear probing, 8 bytes a slot (32
 * bits of hash, 32 of handle), deletion by shifting back. Splitting and deleting read no record:
 * the bits in the slot say where an entry belongs.
 */
public final class IdIndex {
  private static final int FIRST_SLOTS = 16;

  /** 8 KiB: splitting one takes about two microseconds. */
  private static final int PAGE_SLOTS = 1024;

  /** Four million pages; a page that may not be split any more grows instead. */
  private static final int DEPTH_MAX = 22;

  /**
   * What precedes the slots of a page: in the high half how many bits of the hash all its entries
   * share, in the low half how many entries there are.
   */
  private static final int HEAD = 1;

  /** Of a page of the usual size; one more and it is split. */
  private static final int PAGE_ENTRIES_MAX = PAGE_SLOTS * 5 / 8;

  /** Entries a page gets at most, on average, when an index is built at once: few overflow. */
  private static final int PAGE_ENTRIES_AT_ONCE = PAGE_SLOTS / 2;

  private final RecordStore store;
  private final int keyWord;
  private final int keyWords;
  private long seed;
  private long[][] directory;
  private int depth;
  private int size;

  /**
   * Of every page, or 0 when they are not alike: only the one page that is not split yet has
   * another size, and pages beyond {@link #DEPTH_MAX}. Asking the page would be a read from memory
   * before the address of the slot is known; so both reads are under way at once.
   */
  private int commonMask;

  /**
   * @param keyWord the first word of the key within a record
   * @param keyWords 1 to 4; unused ones count as zero
   */
  public IdIndex(final RecordStore store, final int keyWord, final int keyWords) {
    this.store = store;
    this.keyWord = keyWord;
    this.keyWords = keyWords;
    clear();
  }

  /**
   * Chosen by a logged command, so that nobody outside can aim at one slot. Index must be empty.
   */
  public void seed(final long value) {
    if (size != 0) {
      throw new IllegalStateException("the seed is set before the first entry");
    }
    seed = value;
  }

  public int size() {
    return size;
  }

  /** Forgets everything and rebuilds from the store. */
  public void rebuild() {
    clear();
    if (store.size() <= PAGE_ENTRIES_AT_ONCE) {
      store.forEach(this::put);
    } else {
      putAll();
    }
  }

  /**
   * What {@link #put} of every record comes to, without its wandering through memory: the entries
   * are appended to their pages, those of nearby pages together, and then each page is put in order
   * by itself.
   */
  private void putAll() {
    while (store.size() >> depth > PAGE_ENTRIES_AT_ONCE && depth < DEPTH_MAX) {
      depth++;
    }
    commonMask = PAGE_SLOTS - 1;
    directory = new long[1 << depth][];
    for (int i = 0; i < directory.length; i++) {
      directory[i] = new long[HEAD + PAGE_SLOTS];
      directory[i][0] = (long) depth << 32;
    }
    final int[] counts = new int[directory.length];
    final IntArrayList late = new IntArrayList();
    final NearbySlots block = new NearbySlots(store.size());
    store.forEach(
        handle -> {
          block.add(slot(hashOf(handle), handle));
          if (block.isFull()) {
            append(block, counts, late);
          }
        });
    append(block, counts, late);
    final long[] entries = new long[PAGE_ENTRIES_MAX];
    for (int i = 0; i < counts.length; i++) {
      order(directory[i], entries, counts[i]);
      size += counts[i];
    }
    late.forEachInt(this::put);
  }

  /** What finds its page full already has to go the long way afterwards. */
  private void append(final NearbySlots block, final int[] counts, final IntArrayList late) {
    final int count = block.count();
    final long[] slots = block.sort();
    for (int i = 0; i < count; i++) {
      // The highest bits of a slot are those of the hash.
      final int place = place(slots[i]);
      final int at = counts[place];
      if (at == PAGE_ENTRIES_MAX) {
        late.addInt((int) slots[i]);
      } else {
        directory[place][HEAD + at] = slots[i];
        counts[place] = at + 1;
      }
    }
  }

  private static void order(final long[] page, final long[] entries, final int count) {
    System.arraycopy(page, HEAD, entries, 0, count);
    Arrays.fill(page, HEAD, HEAD + count, 0);
    for (int e = 0; e < count; e++) {
      insert(page, entries[e]);
    }
  }

  /** Forgets everything; for whoever indexes only some of a store's records. */
  public void clear() {
    directory = new long[][] {new long[HEAD + FIRST_SLOTS]};
    commonMask = FIRST_SLOTS - 1;
    depth = 0;
    size = 0;
  }

  /** The slot where a key with this hash is looked for first. */
  long homeSlot(final long hash) {
    final long[] page = directory[place(hash)];
    return page[HEAD + (tag(hash) & maskOf(page))];
  }

  /**
   * A word of the record in a slot, only when the slot looks like the one: for a key that is not
   * there, as most new ids are, the record in its place would be another's, and a branch that
   * nobody can predict would keep the next reads waiting for this one.
   */
  int readRecord(final long hash, final long slot) {
    return tag(slot) == tag(hash) && slot != 0 ? (int) store.get((int) slot, 0) : 0;
  }

  public int find(final long k0, final long k1) {
    return find(k0, k1, 0, 0);
  }

  /**
   * @return the handle of the record with this key, or 0
   */
  public int find(final long k0, final long k1, final long k2, final long k3) {
    final long hash = hash(k0, k1, k2, k3);
    final int tag = tag(hash);
    final long[] page = directory[place(hash)];
    final int mask = maskOf(page);
    int i = tag & mask;
    while (true) {
      final long slot = page[HEAD + i];
      if (slot == 0) {
        return 0;
      }
      if (tag(slot) == tag && hasKey((int) slot, k0, k1, k2, k3)) {
        return (int) slot;
      }
      i = (i + 1) & mask;
    }
  }

  /** Adds a record under the key it holds. The key must not be in the index. */
  public void put(final int handle) {
    final long hash = hashOf(handle);
    long[] page = directory[place(hash)];
    // Five eighths: chains stay short, and a split leaves room for as many again.
    while (((int) page[0] + 1) * 8L > (page.length - HEAD) * 5L) {
      makeRoom(place(hash));
      page = directory[place(hash)];
    }
    insert(page, slot(hash, handle));
    size++;
  }

  /** Removes a record, whose key must still be in it. */
  public void remove(final int handle) {
    final long hash = hashOf(handle);
    final long[] page = directory[place(hash)];
    final int mask = mask(page);
    int i = home(page, tag(hash));
    while ((int) page[HEAD + i] != handle) {
      if (page[HEAD + i] == 0) {
        throw new IllegalStateException("handle " + handle + " is not in the index");
      }
      i = (i + 1) & mask;
    }
    size--;
    page[0]--;
    int hole = i;
    int next = (i + 1) & mask;
    while (page[HEAD + next] != 0) {
      // Move back what would no longer be reached across the hole.
      final int distance = (next - home(page, tag(page[HEAD + next]))) & mask;
      if (distance >= ((next - hole) & mask)) {
        page[HEAD + hole] = page[HEAD + next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    page[HEAD + hole] = 0;
  }

  private void makeRoom(final int place) {
    final long[] page = directory[place];
    final int shared = (int) (page[0] >>> 32);
    if (page.length - HEAD < PAGE_SLOTS || shared == DEPTH_MAX) {
      final long[] larger = new long[HEAD + (page.length - HEAD) * 2];
      larger[0] = (long) shared << 32;
      commonMask = depth == 0 ? mask(larger) : 0;
      move(page, larger, larger, 0);
      point(place, shared, larger);
      return;
    }
    if (shared == depth) {
      doubleDirectory();
      split(page, place << 1, shared);
    } else {
      split(page, place, shared);
    }
  }

  private void doubleDirectory() {
    final long[][] larger = new long[directory.length * 2][];
    for (int i = 0; i < directory.length; i++) {
      larger[2 * i] = directory[i];
      larger[2 * i + 1] = directory[i];
    }
    directory = larger;
    depth++;
  }

  private void split(final long[] page, final int place, final int shared) {
    final long[] low = new long[page.length];
    final long[] high = new long[page.length];
    low[0] = (shared + 1L) << 32;
    high[0] = low[0];
    // The highest bit that is not shared decides.
    move(page, low, high, Integer.MIN_VALUE >>> shared);
    final int bit = 1 << (depth - shared - 1);
    point(place & ~bit, shared + 1, low);
    point(place | bit, shared + 1, high);
  }

  private static void move(
      final long[] from, final long[] zeros, final long[] ones, final int bit) {
    for (int i = HEAD; i < from.length; i++) {
      if (from[i] != 0) {
        insert((tag(from[i]) & bit) == 0 ? zeros : ones, from[i]);
      }
    }
  }

  /** Every place whose first bits are those of this one leads to the page. */
  private void point(final int place, final int shared, final long[] page) {
    final int many = 1 << (depth - shared);
    final int first = place & -many;
    Arrays.fill(directory, first, first + many, page);
  }

  private static void insert(final long[] page, final long slot) {
    final int mask = mask(page);
    int i = tag(slot) & mask;
    while (page[HEAD + i] != 0) {
      i = (i + 1) & mask;
    }
    page[HEAD + i] = slot;
    page[0]++;
  }

  private int place(final long hash) {
    // In two steps, because a shift by 64 is one by 0.
    return (int) (hash >>> 1 >>> (63 - depth));
  }

  /** The part of a hash that is kept; of a slot, the same. */
  private static int tag(final long hash) {
    return (int) (hash >>> 32);
  }

  private static long slot(final long hash, final int handle) {
    return (long) tag(hash) << 32 | handle;
  }

  private static int home(final long[] page, final int tag) {
    return tag & mask(page);
  }

  private int maskOf(final long[] page) {
    return commonMask != 0 ? commonMask : mask(page);
  }

  private static int mask(final long[] page) {
    return page.length - HEAD - 1;
  }

  private boolean hasKey(
      final int handle, final long k0, final long k1, final long k2, final long k3) {
    final long[] page = store.page(handle);
    final int at = store.offset(handle) + keyWord;
    return page[at] == k0
        && (keyWords < 2 || page[at + 1] == k1)
        && (keyWords < 3 || page[at + 2] == k2)
        && (keyWords < 4 || page[at + 3] == k3);
  }

  private long hashOf(final int handle) {
    final long[] page = store.page(handle);
    final int at = store.offset(handle) + keyWord;
    return hash(
        page[at],
        keyWords < 2 ? 0 : page[at + 1],
        keyWords < 3 ? 0 : page[at + 2],
        keyWords < 4 ? 0 : page[at + 3]);
  }

  long hash(final long k0, final long k1, final long k2, final long k3) {
    long h = Hash.mix(k0 ^ seed);
    h = Hash.mix(h ^ k1);
    if (keyWords > 2) {
      h = Hash.mix(h ^ k2);
    }
    if (keyWords > 3) {
      h = Hash.mix(h ^ k3);
    }
    return h;
  }
}
