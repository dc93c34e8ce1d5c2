package org.civicswitch.core.feed;

import java.io.IOException;
import java.nio.file.Path;

/** Takes sealed runs of the feed before they are deleted. */
@FunctionalInterface
public interface FeedArchive {
  /** Keeps nothing: for feeds whose events are kept elsewhere. */
  FeedArchive NONE = (run, first, last) -> {};

  /**
   * Copies a run away. It is deleted once this has returned.
   *
   * @param run the directory of the run; nobody writes to it any more
   * @param firstSequence the first event in it
   * @param lastSequence the last event in it that counts
   */
  void keep(Path run, long firstSequence, long lastSequence) throws IOException;
}
