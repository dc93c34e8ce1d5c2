package org.civicswitch.bench;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.ZipfDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Pairs of accounts, drawn beforehand so that drawing is not measured; used in turn. */
final class AccountPicks {
  /** How often each account is drawn. */
  enum Distribution {
    /** All alike. */
    UNIFORM,
    /** The k-th most frequent one in proportion to 1/k^0.99, as in YCSB. */
    ZIPF
  }

  /** Enough that no cache holds what they lead to. */
  static final int PAIRS = 1 << 22;

  private static final double ZIPF_EXPONENT = 0.99;

  /** Spreads frequent accounts over memory; a prime above every number of accounts. */
  private static final long SPREAD = 2_147_483_647L;

  private final int[] debits;
  private final int[] credits;

  /**
   * @param accounts numbered from 0
   * @param pairs how many to draw, a power of two
   */
  AccountPicks(
      final int accounts,
      final Distribution distribution,
      final int pairs,
      final SplittableRandom random) {
    this(accounts, distribution, pairs, random, ZIPF_EXPONENT);
  }

  /** The same with another skew: the k-th in proportion to 1/k^exponent. */
  AccountPicks(
      final int accounts,
      final Distribution distribution,
      final int pairs,
      final SplittableRandom random,
      final double exponent) {
    debits = new int[pairs];
    credits = new int[pairs];
    final RandomGenerator generator = new Well19937c(random.nextLong());
    final ZipfDistribution zipf =
        distribution == Distribution.ZIPF
            ? new ZipfDistribution(generator, accounts, exponent)
            : null;
    for (int i = 0; i < pairs; i++) {
      debits[i] = zipf == null ? random.nextInt(accounts) : spread(zipf.sample(), accounts);
      do {
        credits[i] = zipf == null ? random.nextInt(accounts) : spread(zipf.sample(), accounts);
      } while (credits[i] == debits[i]);
    }
  }

  private static int spread(final int rank, final int accounts) {
    return (int) (rank * SPREAD % accounts);
  }

  int debit(final long number) {
    return debits[(int) number & debits.length - 1];
  }

  int credit(final long number) {
    return credits[(int) number & credits.length - 1];
  }

  /** Ids are spread over all 128 bits, as real ones are. */
  static long idHi(final int account) {
    return mix(account);
  }

  static long idLo(final int account) {
    return mix(~(long) account);
  }

  private static long mix(final long value) {
    final long a = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    return (a ^ a >>> 29) * 0x94D049BB133111EBL | 1;
  }
}
