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
  private final int[] lengths = new int[LANES];
  private int count;

  /** Whose page it is. */
  interface Owner {
    /** Told in the order in which pages were added, at the latest at {@link #finish}. */
    void hashed(int number, long hash);
  }

  /**
   * Hashes the first words of a page. It must stay as it is until its owner is told.
   *
   * @param length how many words, from 0 to the page's length
   */
  void add(final Owner owner, final int number, final long[] page, final int length) {
    owners[count] = owner;
    numbers[count] = number;
    pages[count] = page;
    lengths[count] = length;
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
    int common = 0;
    long hashA = 0;
    long hashB = 0;
    long hashC = 0;
    long hashD = 0;
    if (count == LANES) {
      common = Math.min(Math.min(lengths[0], lengths[1]), Math.min(lengths[2], lengths[3]));
      final long[] a = pages[0];
      final long[] b = pages[1];
      final long[] c = pages[2];
      final long[] d = pages[3];
      for (int word = 0; word < common; word++) {
        hashA = Hash.combine(hashA, a[word]);
        hashB = Hash.combine(hashB, b[word]);
        hashC = Hash.combine(hashC, c[word]);
        hashD = Hash.combine(hashD, d[word]);
      }
    }
    final int full = count;
    count = 0;
    tell(0, full, common, hashA);
    tell(1, full, common, hashB);
    tell(2, full, common, hashC);
    tell(3, full, common, hashD);
  }

  /** Goes on alone behind what all lanes have in common. */
  private void tell(final int lane, final int full, final int common, final long begun) {
    if (lane >= full) {
      return;
    }
    final long[] page = pages[lane];
    long hash = begun;
    for (int word = common; word < lengths[lane]; word++) {
      hash = Hash.combine(hash, page[word]);
    }
    pages[lane] = null;
    owners[lane].hashed(numbers[lane], hash);
    owners[lane] = null;
  }
}
