package org.civicswitch.bench;

import java.nio.file.Path;

/**
 * What a benchmark is told.
 *
 * @param seconds per measured case
 * @param pairs interleaved pairs of subject and limit; at least 1, 7 by default
 * @param directory where files may be written; on the disk that is to be measured
 * @param large the state that {@code recovery} is to start from, or null
 * @param payments that are there to be searched among; 1,000,000 by default
 */
record BenchOptions(int seconds, int pairs, Path directory, LargeState large, long payments) {
  static final long PAYMENTS_DEFAULT = 1_000_000;
  static final long PAYMENTS_MIN = 1_000;
  static final long PAYMENTS_MAX = 1_000_000_000;

  BenchOptions {
    if (seconds < 1 || seconds > 3600) {
      throw new IllegalArgumentException("--seconds must be from 1 to 3600");
    }
    if (pairs < 1 || pairs > 101) {
      throw new IllegalArgumentException("--pairs must be from 1 to 101");
    }
    if (payments < PAYMENTS_MIN || payments > PAYMENTS_MAX) {
      throw new IllegalArgumentException("--payments must be from 1,000 to 1,000,000,000");
    }
  }

  BenchOptions(final int seconds, final int pairs, final Path directory) {
    this(seconds, pairs, directory, null);
  }

  BenchOptions(final int seconds, final int pairs, final Path directory, final LargeState large) {
    this(seconds, pairs, directory, large, PAYMENTS_DEFAULT);
  }
}
