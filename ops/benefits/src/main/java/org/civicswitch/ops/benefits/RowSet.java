package org.civicswitch.ops.benefits;

import org.civicswitch.gateway.kit.Digest256;

/**
 * Which entitlements the rows of one roll have asked for already: 16 to 32 bytes a row. A
 * beneficiary's token is keyed, so nobody can write rows that collide; open addressing, never more
 * than two thirds full.
 */
final class RowSet {
  private long[] words = new long[2 * 1024];
  private int size;

  /**
   * @return false if the same beneficiary and entitlement was added before
   */
  boolean add(final Digest256 subject, final int entitlement) {
    if (3L * size >= words.length) {
      grow();
    }
    // Half of the token, and the other half with the entitlement mixed in; never both zero.
    final long hi = subject.a() ^ subject.c();
    final long lo = (subject.b() ^ subject.d()) + entitlement * 0x9E3779B97F4A7C15L;
    if (put(words, hi, (hi | lo) == 0 ? 1 : lo)) {
      size++;
      return true;
    }
    return false;
  }

  private static boolean put(final long[] words, final long hi, final long lo) {
    final int mask = words.length / 2 - 1;
    int slot = (int) (hi ^ lo >>> 32) & mask;
    while ((words[2 * slot] | words[2 * slot + 1]) != 0) {
      if (words[2 * slot] == hi && words[2 * slot + 1] == lo) {
        return false;
      }
      slot = slot + 1 & mask;
    }
    words[2 * slot] = hi;
    words[2 * slot + 1] = lo;
    return true;
  }

  private void grow() {
    final long[] larger = new long[2 * words.length];
    for (int i = 0; i < words.length; i += 2) {
      if ((words[i] | words[i + 1]) != 0) {
        put(larger, words[i], words[i + 1]);
      }
    }
    words = larger;
  }
}
