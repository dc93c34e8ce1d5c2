package org.civicswitch.core.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One directory of the feed. A run holds consecutive events from its first sequence on, and is
 * written by one process only: after a restart the next event opens a new run, so nothing is ever
 * appended behind a tail that a crash may have torn. Where a later generation begins, the earlier
 * ones end.
 *
 * @param generation orders the runs; never used twice
 * @param first the feed sequence of its first event
 * @param directory named {@code run-GENERATION-FIRST}
 */
record FeedRun(long generation, long first, Path directory) {
  private static final String PREFIX = "run-";

  static String name(final long generation, final long first) {
    return String.format("%s%010d-%019d", PREFIX, generation, first);
  }

  /** The runs that exist, by generation. */
  static List<FeedRun> list(final Path feed) throws IOException {
    final List<FeedRun> runs = new ArrayList<>();
    try (Stream<Path> entries = Files.list(feed)) {
      entries.forEach(
          entry -> {
            final FeedRun run = parse(entry);
            if (run != null) {
              runs.add(run);
            }
          });
    } catch (final NoSuchFileException notYet) {
      return runs;
    }
    runs.sort(Comparator.comparingLong(FeedRun::generation));
    return runs;
  }

  /** The run that holds a sequence: the latest of those that begin at or before it. */
  static FeedRun holding(final List<FeedRun> runs, final long sequence) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).first <= sequence) {
        return runs.get(i);
      }
    }
    return null;
  }

  /** The lowest sequence that any run holds; only of a list that is not empty. */
  static long lowest(final List<FeedRun> runs) {
    long lowest = Long.MAX_VALUE;
    for (final FeedRun run : runs) {
      lowest = Math.min(lowest, run.first);
    }
    return lowest;
  }

  /** The sequence at which this run stops to count; {@link Long#MAX_VALUE} for the last run. */
  long end(final List<FeedRun> runs) {
    long end = Long.MAX_VALUE;
    for (final FeedRun run : runs) {
      if (run.generation > generation) {
        end = Math.min(end, run.first);
      }
    }
    return end;
  }

  private static FeedRun parse(final Path entry) {
    final String name = entry.getFileName().toString();
    final int dash = name.indexOf('-', PREFIX.length());
    if (!name.startsWith(PREFIX) || dash < 0) {
      return null;
    }
    try {
      return new FeedRun(
          Long.parseLong(name.substring(PREFIX.length(), dash)),
          Long.parseLong(name.substring(dash + 1)),
          entry);
    } catch (final NumberFormatException other) {
      return null;
    }
  }
}
