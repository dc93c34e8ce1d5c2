package org.civicswitch.ops.reporting;

import java.nio.file.Path;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;

/** Takes a feed into an embedded store in small batches, and says each; to be killed. */
final class ProjectMain {
  private static final int BATCH = 40;

  private ProjectMain() {}

  /**
   * @param args the feed's directory, the store's
   */
  public static void main(final String[] args) throws Exception {
    final Path feed = Path.of(args[0]);
    try (ReportingStore store = ReportingStore.open(ReportingSettings.embedded(Path.of(args[1])));
        StoreWriter writer = store.openWriter();
        FeedReader reader = FeedFrom.behind(writer, from -> FeedReaders.open(feed, from))) {
      System.out.println("at " + writer.committedSequence());
      while (reader.poll(writer, BATCH) > 0) {
        writer.flush();
        System.out.println("at " + writer.committedSequence());
      }
      System.out.println("end");
    }
  }
}
