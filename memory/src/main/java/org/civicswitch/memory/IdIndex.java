package org.civicswitch.memory;

/**
 * Finds records of one {@link RecordStore} by a key of two to four of their words. Open addressing,
 * linear probing, 8 bytes a slot (32 bits of hash, 32 of handle), deletion by shifting back.
 * Derived state: rebuilt from the store after a load.
 *
 * <p>Doubles when half full, which is the one moment it allocates and takes longer.
 */
public final class IdIndex {
  private final RecordStore store;
  private final int keyWord;
  private final int keyWords;
  private long seed;
  private long[] slots;
  private int mask;
  private int size;

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
    store.forEach(this::put);
  }

  /** Forgets everything; for whoever indexes only some of a store's records. */
  public void clear() {
    slots = new long[1024];
    mask = slots.length - 1;
    size = 0;
  }

  /** Reads the slot's memory so that a following {@link #find} is fast; returns it to be used. */
  public int touch(final long k0, final long k1, final long k2, final long k3) {
    final long slot = slots[(int) hash(k0, k1, k2, k3) & mask];
    final int handle = (int) slot;
    return handle == 0 ? 0 : (int) store.get(handle, 0);
  }

  public int find(final long k0, final long k1) {
    return find(k0, k1, 0, 0);
  }

  /**
   * @return the handle of the record with this key, or 0
   */
  public int find(final long k0, final long k1, final long k2, final long k3) {
    final long hash = hash(k0, k1, k2, k3);
    final int tag = (int) (hash >>> 32);
    int i = (int) hash & mask;
    while (true) {
      final long slot = slots[i];
      if (slot == 0) {
        return 0;
      }
      if ((int) (slot >>> 32) == tag && hasKey((int) slot, k0, k1, k2, k3)) {
        return (int) slot;
      }
      i = (i + 1) & mask;
    }
  }

  /** Adds a record under the key it holds. The key must not be in the index. */
  public void put(final int handle) {
    if (size * 2 >= slots.length) {
      grow();
    }
    insert(handle);
    size++;
  }

  /** Removes a record, whose key must still be in it. */
  public void remove(final int handle) {
    int i = (int) hashOf(handle) & mask;
    while ((int) slots[i] != handle) {
      if (slots[i] == 0) {
        throw new IllegalStateException("handle " + handle + " is not in the index");
      }
      i = (i + 1) & mask;
    }
    size--;
    int hole = i;
    int next = (i + 1) & mask;
    while (slots[next] != 0) {
      final int home = (int) hashOf((int) slots[next]) & mask;
      // Move back what would no longer be reached across the hole.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        slots[hole] = slots[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    slots[hole] = 0;
  }

  private void grow() {
    final long[] old = slots;
    slots = new long[old.length * 2];
    mask = slots.length - 1;
    for (final long slot : old) {
      if (slot != 0) {
        insert((int) slot);
      }
    }
  }

  private void insert(final int handle) {
    final long hash = hashOf(handle);
    int i = (int) hash & mask;
    while (slots[i] != 0) {
      i = (i + 1) & mask;
    }
    slots[i] = (hash & 0xFFFFFFFF00000000L) | handle;
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

  private long hash(final long k0, final long k1, final long k2, final long k3) {
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
