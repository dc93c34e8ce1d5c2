package org.civicswitch.ops.cli.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;

/**
 * Compares a feed, event by event, with what a replay gives. Where the feed ends earlier nothing is
 * wrong: the next start appends what it lacks.
 */
final class FeedCheck implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final List<String> problems = new ArrayList<>();
  private final UnsafeBuffer wanted = new UnsafeBuffer(0, 0);
  private final FeedReader.Handler compare = this::onEvent;
  private FeedReader reader;

  private FeedCheck() {}

  /** One that finds nothing wrong where there is no feed. */
  static FeedCheck open(final Path feed) {
    final FeedCheck check = new FeedCheck();
    if (Files.isDirectory(feed)) {
      check.attempt(() -> check.reader = firstOf(feed));
    }
    return check;
  }

  private static FeedReader firstOf(final Path feed) {
    long from = 1;
    try (FeedReader probe = FeedReaders.open(feed, from)) {
      probe.poll((sequence, event, offset, length) -> {}, 1);
    } catch (final FeedReader.FeedGoneException e) {
      from = e.firstSequence();
    }
    return FeedReaders.open(feed, from);
  }

  void compare(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    if (reader != null && feedSequence >= reader.nextSequence()) {
      wanted.wrap(event, offset, length);
      attempt(
          () -> {
            // Behind a snapshot: what lies before it was not replayed, and is only read.
            while (reader.nextSequence() < feedSequence && read(1) > 0) {}
            reader.poll(compare, 1);
          });
    }
  }

  private void onEvent(
      final long sequence, final DirectBuffer event, final int offset, final int length) {
    if (!wanted.equals(new UnsafeBuffer(event, offset, length))) {
      problems.add("feed: event " + sequence + " is not the one that a replay gives");
      throw new StopComparing();
    }
  }

  private int read(final int limit) {
    return reader.poll((sequence, event, offset, length) -> {}, limit);
  }

  /**
   * Reads the rest.
   *
   * @param last the last event that a replay gives: one behind it proves that commands are missing
   * @return what is wrong, empty if nothing
   */
  List<String> finish(final long last) {
    if (reader != null) {
      attempt(
          () -> {
            while (read(BATCH) > 0) {
              // the reader checks every record and that none is missing
            }
            final long end = reader.nextSequence() - 1;
            if (end > last) {
              problems.add(
                  "the feed goes to "
                      + end
                      + " and the journal's commands only to "
                      + last
                      + ": durable commands are missing");
            }
          });
    }
    return problems;
  }

  private void attempt(final Runnable work) {
    try {
      work.run();
    } catch (final StopComparing e) {
      close();
    } catch (final RuntimeException e) {
      problems.add("feed: " + e.getMessage());
      close();
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private static final class StopComparing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StopComparing() {
      super(null, null, false, false);
    }
  }
}
