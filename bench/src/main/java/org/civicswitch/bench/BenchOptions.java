package org.civicswitch.bench;

import java.nio.file.Path;

/**
 * What a benchmark is told.
 *
 * @param seconds per measured case
 * @param pairs interleaved pairs of subject and limit; at least 1, 7 by default
 * @param directory where files may be written; on the disk that is to be measured
 * @param large the state that {@code recovery} is to start from, or null
 */
record BenchOptions(int seconds, int pairs, Path directory, LargeState large) {
  BenchOptions {
    if (seconds < 1 || seconds > 3600) {
      throw new IllegalArgumentException("--seconds must be from 1 to 3600");
    }
    if (pairs < 1 || pairs > 101) {
      throw new IllegalArgumentException("--pairs must be from 1 to 101");
    }
  }

  BenchOptions(final int seconds, final int pairs, final Path directory) {
    this(seconds, pairs, directory, null);
  }
}
