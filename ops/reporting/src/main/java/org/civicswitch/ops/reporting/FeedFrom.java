package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.util.function.LongFunction;
import org.civicswitch.core.feed.FeedReader;

/** A reader that goes on where a store stands, once it is sure that the feed is the store's own. */
final class FeedFrom {
  private static final String REBUILD = ": 'civicswitch reporting rebuild' makes the store anew";

  private FeedFrom() {}

  /**
   * @throws IOException if the feed is another one, ends before the store, or begins behind it
   */
  static FeedReader behind(final StoreWriter writer, final LongFunction<FeedReader> feed)
      throws IOException {
    final long last = writer.committedSequence();
    if (last == 0) {
      return checked(feed, 1);
    }
    final FeedReader reader = feed.apply(last);
    boolean good = false;
    try {
      final boolean[] same = new boolean[1];
      final int found =
          reader.poll(
              (sequence, event, offset, length) ->
                  same[0] = writer.isLastEvent(event, offset, length),
              1);
      if (found == 0) {
        throw new IOException("the feed ends before event " + last + " of the store" + REBUILD);
      }
      if (!same[0]) {
        throw new IOException("event " + last + " of the feed is not the store's" + REBUILD);
      }
      good = true;
      return reader;
    } catch (final FeedReader.FeedGoneException e) {
      if (e.firstSequence() != last + 1) {
        throw new IOException(e.getMessage() + REBUILD, e);
      }
      return feed.apply(last + 1);
    } finally {
      if (!good) {
        reader.close();
      }
    }
  }

  /** What is gone is said with the way out, and not event by event. */
  private static FeedReader checked(final LongFunction<FeedReader> feed, final long from)
      throws IOException {
    try (FeedReader probe = feed.apply(from)) {
      probe.poll((sequence, event, offset, length) -> {}, 1);
    } catch (final FeedReader.FeedGoneException e) {
      throw new IOException(e.getMessage() + REBUILD, e);
    }
    return feed.apply(from);
  }
}
