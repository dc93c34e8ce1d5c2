package org.civicswitch.core.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.SealedSegment;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots beside the running engine, then gives back journal segments that nobody needs
 * any more: covered by two snapshots, durable in the feed, archived. A snapshot that fails or costs
 * too much memory is given up; the journal then stays longer.
 */
final class Snapshots implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final long CHECK_MS = 200;

  private final SnapshotFiles files;
  private final Journal journal;
  private final org.civicswitch.core.storage.Storage storage;
  private final Archive archive;
  private final long everyCommands;
  private final long copyBytesMax;
  private final HostState state;
  private final SynchronousQueue<Engine.Image> handOver = new SynchronousQueue<>();
  private final AtomicReference<CompletableFuture<SnapshotInfo>> requested =
      new AtomicReference<>();

  private FeedHandler feed;
  private volatile boolean idle = true;
  private volatile boolean stopped;
  private long sinceLast;

  Snapshots(
      final org.civicswitch.core.storage.Storage storage,
      final Journal journal,
      final Archive archive,
      final HostOptions options,
      final HostState state) {
    this.storage = storage;
    this.files = new SnapshotFiles(storage);
    this.journal = journal;
    this.archive = archive;
    this.everyCommands = options.snapshotEveryCommands();
    this.copyBytesMax = options.snapshotCopyBytesMax();
    this.state = state;
  }

  void feed(final FeedHandler handler) {
    feed = handler;
  }

  /** On the engine's thread, after each command. */
  void afterApply(final Engine engine) {
    sinceLast++;
    final boolean due = everyCommands > 0 && sinceLast >= everyCommands;
    if ((due || requested.get() != null) && idle) {
      // Before the hand-over: afterwards the writer may be done already, or not have begun.
      idle = false;
      final Engine.Image image = engine.freeze();
      if (handOver.offer(image)) {
        sinceLast = 0;
      } else {
        // The writer is not there yet; a later command tries again.
        image.close();
        idle = true;
      }
    }
  }

  /** Asks for a snapshot; taken at the next command. Any thread. */
  CompletableFuture<SnapshotInfo> request() {
    final CompletableFuture<SnapshotInfo> mine = new CompletableFuture<>();
    final CompletableFuture<SnapshotInfo> other = requested.compareAndExchange(null, mine);
    return other == null ? mine : other;
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        final Engine.Image image = handOver.poll(CHECK_MS, TimeUnit.MILLISECONDS);
        if (image != null) {
          write(image);
          idle = true;
        }
        journal.prepareSpare();
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (final IOException e) {
        // The journal will try for itself when it needs the segment, and halts if it cannot.
        LOG.warn("no spare journal segment could be prepared: {}", e.getMessage());
      }
    }
  }

  /** The writer's thread ends after what it is doing. */
  void stop() {
    stopped = true;
  }

  private void write(final Engine.Image image) {
    final CompletableFuture<SnapshotInfo> asked = requested.getAndSet(null);
    try (image) {
      final SnapshotInfo info = writeWhenDurable(image);
      LOG.debug("snapshot at {} copied {} bytes", info.sequence(), image.copiedBytes());
      releaseSegments();
      if (asked != null) {
        asked.complete(info);
      }
    } catch (final IOException | RuntimeException e) {
      LOG.warn("snapshot given up, the journal stays: {}", e.getMessage());
      if (asked != null) {
        asked.completeExceptionally(e);
      }
    }
  }

  /**
   * A snapshot of what is not yet durable would be a state that never was. One ahead of the durable
   * feed could not be started from after a power loss, and writing it deletes the oldest: the feed
   * comes first.
   */
  private SnapshotInfo writeWhenDurable(final Engine.Image image) throws IOException {
    while (journal.committedSequence() < image.sequence() || feed.sync() < image.feedSequence()) {
      if (state.isHalted()) {
        throw new IOException("the host halted");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(100_000);
    }
    return write(files, image, copyBytesMax);
  }

  static SnapshotInfo write(
      final SnapshotFiles files, final Engine.Image image, final long copyBytesMax)
      throws IOException {
    return files.write(
        sink -> {
          image.writeTo(new CappedSink(sink, image, copyBytesMax));
          return new SnapshotInfo(
              image.sequence(), image.timeMs(), image.feedSequence(), image.stateHash());
        });
  }

  private void releaseSegments() throws IOException {
    feed.sync();
    final long covered = files.coveredSequence();
    for (final SealedSegment segment : journal.sealed()) {
      if (segment.lastSequence() > covered) {
        return;
      }
      archive.add(storage, segment);
      journal.retire(segment);
    }
  }

  /** Gives up when copy-on-write has cost more memory than allowed. */
  private record CappedSink(
      org.civicswitch.memory.SnapshotSink sink, Engine.Image image, long copyBytesMax)
      implements org.civicswitch.memory.SnapshotSink {
    @Override
    public void section(final String name, final int version) {
      sink.section(name, version);
    }

    @Override
    public void putLong(final long value) {
      sink.putLong(value);
    }

    @Override
    public void putLongs(final long[] values, final int offset, final int length) {
      if (image.copiedBytes() > copyBytesMax) {
        throw new UncheckedIOException(
            new IOException("copy-on-write went over " + copyBytesMax + " bytes"));
      }
      sink.putLongs(values, offset, length);
    }
  }
}
