package org.civicswitch.memory;

/**
 * Hashes pages four at a time: within one page every step waits for the step before, so that four
 * side by side take hardly longer than one. The hash of a page does not depend on its neighbours.
 */
final class PageHashes {
  private static final int LANES = 4;

  private final long[][] pages = new long[LANES][];
  private final Owner[] owners = new Owner[LANES];
  private final int[] numbers = new int[LANES];
  private int count;

  /** Whose page it is. */
  interface Owner {
    /** Told in the order in which pages were added, at the latest at {@link #finish}. */
    void hashed(int number, long hash);
  }

  /** The page must stay as it is until its owner is told. */
  void add(final Owner owner, final int number, final long[] page) {
    owners[count] = owner;
    numbers[count] = number;
    pages[count] = page;
    count++;
    if (count == LANES) {
      finish();
    }
  }

  /** Hashes what is left. */
  void finish() {
    if (count == 0) {
      return;
    }
    for (int i = count; i < LANES; i++) {
      pages[i] = pages[0];
    }
    final long[] a = pages[0];
    final long[] b = pages[1];
    final long[] c = pages[2];
    final long[] d = pages[3];
    long hashA = 0;
    long hashB = 0;
    long hashC = 0;
    long hashD = 0;
    for (int word = 0; word < RecordStore.PAGE_WORDS; word++) {
      hashA = Hash.combine(hashA, a[word]);
      hashB = Hash.combine(hashB, b[word]);
      hashC = Hash.combine(hashC, c[word]);
      hashD = Hash.combine(hashD, d[word]);
    }
    final int full = count;
    count = 0;
    tell(0, full, hashA);
    tell(1, full, hashB);
    tell(2, full, hashC);
    tell(3, full, hashD);
  }

  private void tell(final int lane, final int full, final long hash) {
    pages[lane] = null;
    if (lane < full) {
      owners[lane].hashed(numbers[lane], hash);
      owners[lane] = null;
    }
  }
}
