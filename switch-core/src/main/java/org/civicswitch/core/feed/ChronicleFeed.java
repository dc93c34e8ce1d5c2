package org.civicswitch.core.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed on Chronicle Queue: a directory of {@link FeedRun runs}, each one queue. Chronicle
 * carries it; that it is whole and durable is our own affair, because Chronicle neither checksums
 * what it carries nor reports a failing sync.
 *
 * <p>Two locks: {@code syncing} for what works on files beside the writer, and the object's own,
 * never held during I/O but that of an append, for what both know.
 */
public final class ChronicleFeed implements FeedSink {
  private static final Logger LOG = LoggerFactory.getLogger(ChronicleFeed.class);
  private static final String GONE = "gone-";

  private final Path feed;
  private final FeedSettings settings;
  private final DurableMark mark;
  private final List<FeedRun> runs;
  private final List<FeedRun> unforced;
  private final Object syncing = new Object();
  private RunWriter writer;
  private boolean appended;
  private Throwable failure;
  private boolean closed;
  private long last;
  private long durable;

  private ChronicleFeed(final Path feed, final FeedSettings settings) throws IOException {
    this.feed = feed;
    this.settings = settings;
    Files.createDirectories(feed);
    finishRelease();
    mark = new DurableMark(feed);
    runs = FeedRun.list(feed);
    unforced = new ArrayList<>();
    durable = mark.read();
    last = verified();
    for (final FeedRun run : runs) {
      if (run.end(runs) > durable + 1) {
        unforced.add(run);
      }
    }
  }

  /**
   * Opens a feed to write; there may be one writer at a time. Checks every record that was not yet
   * durable: {@link #lastSequence()} is the last good one, and what a crash has torn behind it no
   * longer counts.
   *
   * @throws FeedDamagedException if a record that was durable is damaged
   */
  public static ChronicleFeed open(final Path feed, final FeedSettings settings)
      throws IOException {
    return new ChronicleFeed(feed, settings);
  }

  private long verified() {
    if (runs.isEmpty()) {
      durable = 0;
      return 0;
    }
    final long first = FeedRun.lowest(runs);
    if (durable < first) {
      durable = first - 1;
    } else {
      try (FeedReader reader = new TailingReader(feed, durable)) {
        if (reader.poll((sequence, event, offset, length) -> {}, 1) != 1) {
          throw new FeedDamagedException(durable, "was durable and is missing");
        }
      }
    }
    try (FeedReader reader = new TailingReader(feed, durable + 1)) {
      try {
        while (reader.poll((sequence, event, offset, length) -> {}, Integer.MAX_VALUE) > 0) {
          // every record is checked as it is read
        }
      } catch (final FeedDamagedException torn) {
        LOG.warn("the feed ends at {}: {}", reader.nextSequence() - 1, torn.getMessage());
      }
      return reader.nextSequence() - 1;
    }
  }

  @Override
  public synchronized void append(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    requireGood();
    final boolean first = last == 0 && runs.isEmpty();
    if (first ? feedSequence < 1 : feedSequence != last + 1) {
      throw new IllegalStateException("feed sequence " + feedSequence + " after " + last);
    }
    try {
      if (writer == null || full()) {
        roll(feedSequence);
      }
      writer.append(feedSequence, event, offset, length);
    } catch (final InternalError e) {
      // What a mapped page without a block behind it comes to.
      failure = e;
      throw new IllegalStateException(
          "the feed could not be written at " + feedSequence + "; is the disk full?", e);
    } catch (final RuntimeException | Error e) {
      failure = e;
      throw e;
    }
    if (first) {
      durable = feedSequence - 1;
    }
    last = feedSequence;
    appended = true;
  }

  private void requireGood() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (failure != null) {
      throw new IllegalStateException("the feed has failed before: " + failure, failure);
    }
  }

  private boolean full() {
    return writer.records() >= settings.runRecordsMax() || writer.bytes() >= settings.runBytesMax();
  }

  private void roll(final long first) {
    if (writer != null) {
      writer.close();
    }
    final long generation = runs.isEmpty() ? 1 : runs.get(runs.size() - 1).generation() + 1;
    final FeedRun run =
        new FeedRun(generation, first, feed.resolve(FeedRun.name(generation, first)));
    writer = new RunWriter(run);
    runs.add(run);
    unforced.add(run);
  }

  @Override
  public synchronized long firstSequence() {
    return runs.isEmpty() ? last + 1 : FeedRun.lowest(runs);
  }

  @Override
  public synchronized long lastSequence() {
    return last;
  }

  @Override
  public synchronized long durableSequence() {
    return durable;
  }

  @Override
  public void sync() throws IOException {
    synchronized (syncing) {
      final List<FeedRun> written;
      final FeedRun beingWritten;
      final long from;
      final long to;
      synchronized (this) {
        requireGood();
        if (durable == last) {
          return;
        }
        written = List.copyOf(unforced);
        beingWritten = writer == null ? null : writer.run();
        from = durable + 1;
        to = last;
      }
      try {
        for (final FeedRun run : written) {
          force(run);
        }
        DurableMark.forceDirectory(feed);
        readBack(from, to);
        mark.write(to);
      } catch (final IOException | RuntimeException | Error e) {
        synchronized (this) {
          failure = e;
        }
        throw e;
      }
      synchronized (this) {
        durable = to;
        unforced.removeAll(written);
        // More may have come into it behind the force.
        if (beingWritten != null) {
          unforced.add(0, beingWritten);
        }
      }
    }
  }

  /** Forcing the file covers every mapped page of it, and unlike Chronicle's sync it can fail. */
  private static void force(final FeedRun run) throws IOException {
    try (Stream<Path> files = Files.list(run.directory())) {
      for (final Path file : files.toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
    DurableMark.forceDirectory(run.directory());
  }

  private void readBack(final long from, final long to) {
    try (FeedReader reader = new TailingReader(feed, from)) {
      while (reader.nextSequence() <= to) {
        final long wanted = to - reader.nextSequence() + 1;
        final int limit = (int) Math.min(wanted, Integer.MAX_VALUE);
        if (reader.poll((sequence, event, offset, length) -> {}, limit) == 0) {
          throw new FeedDamagedException(reader.nextSequence(), "was appended and is missing");
        }
      }
    }
  }

  @Override
  public synchronized void cutBack(final long lastSequence) {
    if (appended) {
      throw new IllegalStateException("the feed is already being written");
    }
    if (lastSequence < firstSequence() - 1 || lastSequence > last) {
      throw new IllegalArgumentException(
          lastSequence + " is not within " + (firstSequence() - 1) + " to " + last);
    }
    if (lastSequence == last) {
      return;
    }
    LOG.error(
        "feed sequences {} to {} are cut off: the journal ends before them, it has lost commands",
        lastSequence + 1,
        last);
    // The new run ends the older ones at once: from here on no reader begins in what was cut.
    roll(lastSequence + 1);
    last = lastSequence;
    if (durable > last) {
      durable = last;
      try {
        mark.write(durable);
      } catch (final IOException e) {
        failure = e;
        throw new UncheckedIOException("cannot move the durable mark back", e);
      }
    }
  }

  @Override
  public void release(final long belowSequence, final FeedArchive archive) throws IOException {
    synchronized (syncing) {
      for (final FeedRun run : releasable(belowSequence)) {
        final long end;
        synchronized (this) {
          end = run.end(runs);
        }
        if (end > run.first()) {
          archive.keep(run.directory(), run.first(), end - 1);
        }
        final Path gone = feed.resolve(GONE + run.directory().getFileName());
        Files.move(run.directory(), gone, StandardCopyOption.ATOMIC_MOVE);
        DurableMark.forceDirectory(feed);
        synchronized (this) {
          runs.remove(run);
          unforced.remove(run);
        }
        delete(gone);
      }
    }
  }

  private synchronized List<FeedRun> releasable(final long belowSequence) {
    return runs.stream()
        .filter(
            run -> {
              final long end = run.end(runs);
              return end != Long.MAX_VALUE && end <= belowSequence && end - 1 <= durable;
            })
        .toList();
  }

  /** A crash may have come between taking a run away and deleting it. */
  private void finishRelease() throws IOException {
    try (Stream<Path> entries = Files.list(feed)) {
      for (final Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(GONE)) {
          delete(entry);
        }
      }
    }
  }

  private static void delete(final Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (final Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  @Override
  public void close() throws IOException {
    final boolean good;
    synchronized (this) {
      if (closed) {
        return;
      }
      good = failure == null;
    }
    try {
      if (good) {
        sync();
      }
    } finally {
      synchronized (this) {
        closed = true;
        if (writer != null) {
          writer.close();
        }
      }
    }
  }
}
