package org.civicswitch.memory;

/** 64-bit mixing, the same on every machine. Not for secrets. */
public final class Hash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hash() {}

  /** A bijection of 64 bits in which every input bit reaches every output bit (SplitMix64). */
  public static long mix(final long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Continues a hash with one more word; order matters. */
  public static long combine(final long hash, final long word) {
    return Long.rotateLeft((hash ^ word) * GOLDEN, 29) ^ hash;
  }
}
