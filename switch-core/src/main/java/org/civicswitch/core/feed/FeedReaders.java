package org.civicswitch.core.feed;

import java.nio.file.Path;

/** Opens readers on the files of a feed, from any process on the machine that may read them. */
public final class FeedReaders {
  private FeedReaders() {}

  /**
   * A reader with files of its own. The feed need not exist yet.
   *
   * @param feed the feed's directory
   * @param from the feed sequence it hands over first, at least 1; one that lies ahead is waited
   *     for
   */
  public static FeedReader open(final Path feed, final long from) {
    return new TailingReader(feed, from);
  }
}
