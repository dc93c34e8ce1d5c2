package org.civicswitch.core.storage;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * How a journal lies on disk. Segments that exist keep the size they were made with.
 *
 * @param segmentBytes size of a new segment, 128 KiB to 1 GiB
 * @param batchBytes most bytes of one group commit, 72 KiB to a quarter of 1 GiB
 * @param spares retired segments kept for the next use, 0 to 64
 * @param nonces tells one life of a segment from another; must not repeat
 */
public record JournalOptions(int segmentBytes, int batchBytes, int spares, LongSupplier nonces) {
  public static final int MIN_SEGMENT_BYTES = 128 * 1024;
  public static final int MAX_SEGMENT_BYTES = 1 << 30;
  public static final int MIN_BATCH_BYTES = 72 * 1024;
  public static final int MAX_BATCH_BYTES = 1 << 28;

  public JournalOptions {
    range("segmentBytes", segmentBytes, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES);
    range("batchBytes", batchBytes, MIN_BATCH_BYTES, MAX_BATCH_BYTES);
    range("spares", spares, 0, 64);
  }

  /** 64 MiB segments, group commits of up to 2 MiB, two spares. */
  public static JournalOptions defaults() {
    final SplittableRandom random = new SplittableRandom();
    return new JournalOptions(64 << 20, 2 << 20, 2, random::nextLong);
  }

  public JournalOptions withSegmentBytes(final int bytes) {
    return new JournalOptions(bytes, batchBytes, spares, nonces);
  }

  private static void range(final String name, final int value, final int min, final int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed is " + min + " to " + max);
    }
  }
}
