package org.civicswitch.core.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the feed's files from one run into the next, beside the process that writes them. */
final class TailingReader implements FeedReader {
  /** Listing a directory costs system calls and garbage; an idle reader does it this seldom. */
  private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path feed;
  private long next;
  private RunReader reader;
  private long end;
  private long lastGeneration = -1;
  private boolean looked;
  private long lastLookNs;
  private boolean closed;

  TailingReader(final Path feed, final long from) {
    if (from < 1) {
      throw new IllegalArgumentException("feed sequences begin at 1: " + from);
    }
    this.feed = feed;
    next = from;
  }

  @Override
  public long nextSequence() {
    return next;
  }

  @Override
  public int poll(final Handler handler, final int limit) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    int count = 0;
    while (count < limit && ready()) {
      handler.onEvent(next, reader.buffer(), reader.offset(), reader.length());
      // Only now: a handler that throws is given the same event again.
      lastGeneration = reader.run().generation();
      next++;
      count++;
    }
    return count;
  }

  /** Loads the next record, or says that there is none now. */
  private boolean ready() {
    while (true) {
      if (reader != null && next < end) {
        if (reader.load(next)) {
          return true;
        }
        if (end != Long.MAX_VALUE) {
          throw new FeedDamagedException(next, "missing in " + reader.run() + " below " + end);
        }
      }
      if (!look()) {
        return false;
      }
    }
  }

  /** Finds the run that holds the next sequence; true if that has changed. */
  private boolean look() {
    final long nowNs = System.nanoTime();
    final boolean must = reader != null && next >= end;
    if (!must && looked && nowNs - lastLookNs < LOOK_INTERVAL_NS) {
      return false;
    }
    looked = true;
    lastLookNs = nowNs;
    final List<FeedRun> runs;
    try {
      runs = FeedRun.list(feed);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot list the feed in " + feed, e);
    }
    if (runs.isEmpty()) {
      return false;
    }
    refuseWhatWasCut(runs);
    final FeedRun holding = FeedRun.holding(runs, next);
    if (holding == null) {
      throw new FeedGoneException(next, FeedRun.lowest(runs));
    }
    final long newEnd = holding.end(runs);
    if (reader != null && reader.run().equals(holding)) {
      final boolean changed = newEnd != end;
      end = newEnd;
      return changed;
    }
    leave();
    reader = RunReader.open(holding);
    end = newEnd;
    if (reader == null && newEnd != Long.MAX_VALUE) {
      throw new FeedDamagedException(next, "no data in " + holding);
    }
    return reader != null;
  }

  private void refuseWhatWasCut(final List<FeedRun> runs) {
    for (final FeedRun run : runs) {
      if (lastGeneration >= 0 && run.generation() > lastGeneration && run.first() < next) {
        throw new FeedDamagedException(
            run.first(), "was read up to " + (next - 1) + " and then cut back by its switch");
      }
    }
  }

  private void leave() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      leave();
    }
  }
}
