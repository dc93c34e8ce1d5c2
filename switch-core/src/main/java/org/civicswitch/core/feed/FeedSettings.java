package org.civicswitch.core.feed;

/**
 * When a run of the feed is full and the next one begins. A run is the unit of archive and release.
 *
 * @param runRecordsMax events in one run, at least 1
 * @param runBytesMax bytes of events in one run, at least 1
 */
public record FeedSettings(long runRecordsMax, long runBytesMax) {
  /** Far below the four billion that one Chronicle cycle can index. */
  public static final long RUN_RECORDS_MAX = 100_000_000L;

  public FeedSettings {
    if (runRecordsMax < 1 || runRecordsMax > RUN_RECORDS_MAX) {
      throw new IllegalArgumentException("runRecordsMax " + runRecordsMax);
    }
    if (runBytesMax < 1) {
      throw new IllegalArgumentException("runBytesMax " + runBytesMax);
    }
  }

  /** 4 million events or 1 GiB, whichever comes first. */
  public static FeedSettings defaults() {
    return new FeedSettings(4_000_000L, 1L << 30);
  }
}
