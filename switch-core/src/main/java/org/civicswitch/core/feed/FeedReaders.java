package org.civicswitch.core.feed;

import java.nio.file.Path;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;

/** Opens readers on the files of a feed, from any process on the machine that may read them. */
public final class FeedReaders {
  private FeedReaders() {}

  /**
   * Has the library behind the feed register its own end with the process, which it does when it is
   * first used and cannot once the process is ending. Call it before taking over signals.
   */
  public static void prepare() {
    BackgroundResourceReleaser.releasePendingResources();
  }

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
