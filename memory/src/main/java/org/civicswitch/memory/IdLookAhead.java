package org.civicswitch.memory;

/**
 * Brings near what the next look-ups of ids will read, many at a time: each pass asks for one piece
 * of memory of every id, so that the reads are under way beside each other. Id by id, each would
 * wait for the one that says where it is, and the processor sees only a few ids ahead.
 *
 * <p>Changes nothing and answers nothing; ids may change their place between this and the look-up,
 * which is then only slower. One thread; allocates nothing after it was made.
 */
public final class IdLookAhead {
  private final IdIndex[] indexes;
  private final long[] hashes;
  private final long[] slots;
  private int count;

  private int read;

  /**
   * @param ids most at one time
   */
  public IdLookAhead(final int ids) {
    indexes = new IdIndex[ids];
    hashes = new long[ids];
    slots = new long[ids];
  }

  /** Keeps the reads from being optimized away; no state. */
  int read() {
    return read;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Takes another id; when there is no room, what was gathered is brought near first. */
  public void add(final IdIndex index, final long k0, final long k1, final long k2, final long k3) {
    if (count == hashes.length) {
      bringNear();
    }
    indexes[count] = index;
    hashes[count++] = index.hash(k0, k1, k2, k3);
  }

  /** Reads slots, then records, and begins anew. */
  public void bringNear() {
    for (int i = 0; i < count; i++) {
      slots[i] = indexes[i].homeSlot(hashes[i]);
    }
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += indexes[i].readRecord(hashes[i], slots[i]);
    }
    read += sum;
    count = 0;
  }
}
