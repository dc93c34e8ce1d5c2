package org.civicswitch.core.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.SealedSegment;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.core.storage.Storage;
import org.civicswitch.memory.SnapshotSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots beside the running engine, then gives back journal segments that nobody needs
 * any more: covered by two snapshots, durable in the feed, archived; and events, where not all are
 * to be kept. A snapshot that fails or costs too much memory is given up; the journal then stays
 * longer. The same when the archive cannot be reached. Watches the room on the disk, which all of
 * this takes.
 */
final class Snapshots implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final long CHECK_MS = 200;

  private final SnapshotFiles files;
  private final Journal journal;
  private final Storage storage;
  private final Archive archive;
  private final long everyCommands;
  private final long copyBytesMax;
  private final long feedKeepEvents;
  private final long roomBytesMin;
  private final HostState state;
  private final ArrayBlockingQueue<Order> orders = new ArrayBlockingQueue<>(1);
  private final AtomicReference<CompletableFuture<SnapshotInfo>> requested =
      new AtomicReference<>();

  private FeedHandler feed;
  private volatile boolean idle = true;
  private volatile boolean stopped;
  private volatile String archiveProblem;
  private long sinceLast;
  private String complaint = "";

  /** What was frozen, and who waits for it, if anybody. */
  private record Order(Engine.Image image, CompletableFuture<SnapshotInfo> asked) {}

  Snapshots(
      final Storage storage,
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
    this.feedKeepEvents = options.feedKeepEvents();
    this.roomBytesMin = options.roomBytesMin();
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
      // Before the hand-over: afterwards the writer may be done already. There is one order at a
      // time, so the queue has room.
      idle = false;
      orders.add(new Order(engine.freeze(), requested.getAndSet(null)));
      sinceLast = 0;
    }
  }

  /** Asks for a snapshot of all that is applied by now; taken at the next command. Any thread. */
  CompletableFuture<SnapshotInfo> request() {
    final CompletableFuture<SnapshotInfo> mine = new CompletableFuture<>();
    final CompletableFuture<SnapshotInfo> other = requested.compareAndExchange(null, mine);
    if (stopped || state.isHalted()) {
      giveUpRequest();
    }
    return other == null ? mine : other;
  }

  /** Whether somebody waits for the next command to freeze the state. */
  boolean isWanted() {
    return requested.get() != null && idle;
  }

  private void giveUpRequest() {
    final CompletableFuture<SnapshotInfo> waiting = requested.getAndSet(null);
    if (waiting != null) {
      waiting.completeExceptionally(new IOException("the host has stopped"));
    }
  }

  /** Why the archive took no segment the last time, or null. */
  String archiveProblem() {
    return archiveProblem;
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        final Order order = orders.poll(CHECK_MS, TimeUnit.MILLISECONDS);
        if (order != null) {
          write(order);
          idle = true;
        }
        if (state.isHalted()) {
          giveUpRequest();
        } else {
          watchRoom();
        }
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (final IOException e) {
        // The journal will try for itself when it needs the segment, and halts if it cannot.
        if (!complaint.equals(e.getMessage())) {
          complaint = String.valueOf(e.getMessage());
          LOG.warn("no spare journal segment could be prepared: {}", complaint);
        }
      }
    }
  }

  /** The feed grows in mapped files, where a full disk is no error but the end of the process. */
  private void watchRoom() throws IOException {
    final long usable = storage.usableBytes();
    if (usable < roomBytesMin) {
      state.pause(
          HostState.Pause.DISK,
          (usable >> 20) + " MiB are free on the disk, " + (roomBytesMin >> 20) + " are needed");
    } else {
      state.pause(HostState.Pause.DISK, null);
      journal.prepareSpare();
      complaint = "";
    }
  }

  /** The writer's thread ends after what it is doing. */
  void stop() {
    stopped = true;
  }

  /** When every thread has ended: lets go of what was ordered and not begun. */
  void abandon() {
    final Order order = orders.poll();
    if (order != null) {
      order.image.close();
      if (order.asked != null) {
        order.asked.completeExceptionally(new IOException("the host has stopped"));
      }
    }
    giveUpRequest();
  }

  private void write(final Order order) {
    try (Engine.Image image = order.image) {
      final SnapshotInfo info = writeWhenDurable(image);
      LOG.debug("snapshot at {} copied {} bytes", info.sequence(), image.copiedBytes());
      if (order.asked != null) {
        order.asked.complete(info);
      }
    } catch (final IOException | RuntimeException e) {
      LOG.warn("snapshot given up, the journal stays: {}", e.getMessage());
      if (order.asked != null) {
        order.asked.completeExceptionally(e);
      }
      return;
    }
    try {
      releaseSegments();
      archiveProblem = null;
      releaseEvents();
    } catch (final IOException | RuntimeException e) {
      archiveProblem = String.valueOf(e.getMessage());
      LOG.warn(
          "journal segments stay, for they could not be archived: {}. Tried again after the next"
              + " snapshot",
          archiveProblem);
    }
  }

  /**
   * A snapshot of what is not yet durable would be a state that never was. One ahead of the durable
   * feed could not be started from after a power loss, and writing it deletes the oldest: the feed
   * comes first.
   */
  private SnapshotInfo writeWhenDurable(final Engine.Image image) throws IOException {
    while (journal.committedSequence() < image.sequence() || feed.sync() < image.feedSequence()) {
      if (state.isHalted() || stopped) {
        throw new IOException("the host stops");
      }
      LockSupport.parkNanos(100_000);
    }
    // A stop writes one of its own at the end.
    return write(files, image, copyBytesMax, () -> stopped);
  }

  static SnapshotInfo write(
      final SnapshotFiles files,
      final Engine.Image image,
      final long copyBytesMax,
      final BooleanSupplier givenUp)
      throws IOException {
    return files.write(
        sink -> {
          image.writeTo(new CappedSink(sink, image, copyBytesMax, givenUp));
          return new SnapshotInfo(
              image.sequence(), image.timeMs(), image.feedSequence(), image.stateHash());
        });
  }

  private void releaseEvents() {
    if (feedKeepEvents > 0) {
      try {
        feed.keepOnly(feedKeepEvents);
      } catch (final IOException | RuntimeException e) {
        LOG.warn("old events stay in the feed: {}", e.getMessage());
      }
    }
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
      SnapshotSink sink, Engine.Image image, long copyBytesMax, BooleanSupplier givenUp)
      implements SnapshotSink {
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
      if (givenUp.getAsBoolean()) {
        throw new UncheckedIOException(new IOException("the host stops"));
      }
      sink.putLongs(values, offset, length);
    }
  }
}
