package org.civicswitch.memory;

/**
 * Gathers slots of an {@link IdIndex} and hands them out in the order of the highest bits of their
 * hash, so that those for the same pages come together and find them in the processor's cache. A
 * block at a time: as much as stays there itself.
 */
final class NearbySlots {
  private static final int SLOTS_MAX = 1 << 19;

  /** So many places are written to by turns without getting in each other's way. */
  private static final int BUCKET_BITS = 9;

  private final long[] slots;
  private final long[] sorted;
  private int count;

  NearbySlots(final int expected) {
    slots = new long[Math.min(expected, SLOTS_MAX)];
    sorted = new long[slots.length];
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count == slots.length;
  }

  void add(final long slot) {
    slots[count++] = slot;
  }

  /**
   * Begins anew.
   *
   * @return what was added since the last time, in front; valid until the next time
   */
  long[] sort() {
    final int[] next = new int[(1 << BUCKET_BITS) + 1];
    for (int i = 0; i < count; i++) {
      next[bucket(slots[i]) + 1]++;
    }
    for (int b = 1; b < next.length; b++) {
      next[b] += next[b - 1];
    }
    for (int i = 0; i < count; i++) {
      sorted[next[bucket(slots[i])]++] = slots[i];
    }
    count = 0;
    return sorted;
  }

  private static int bucket(final long slot) {
    return (int) (slot >>> (Long.SIZE - BUCKET_BITS));
  }
}
