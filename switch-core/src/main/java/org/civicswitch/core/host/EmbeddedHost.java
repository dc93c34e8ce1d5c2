package org.civicswitch.core.host;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.feed.FeedSink;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.core.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One machine, one engine. The engine, journal and feed handed in are already recovered to the same
 * point; from then on they belong to the host's threads.
 */
public final class EmbeddedHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHost.class);

  /** A thread that does not end after so many times what a drain may take is stuck. */
  private static final long JOINS_PER_DRAIN = 10;

  private final HostOptions options;
  private final HostState state = new HostState();
  private final Engine engine;
  private final Journal journal;
  private final FeedSink feed;
  private final SnapshotFiles snapshotFiles;
  private final Snapshots snapshots;
  private final Sequencer sequencer;
  private final EngineHandler engineHandler;
  private final OutcomeHandler outcomeHandler;
  private final Sequence outcomePlace;
  private final Sequence feedPlace;
  private final RingBuffer<HostEntry> ring;
  private final List<BatchEventProcessor<HostEntry>> stages = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger clients = new AtomicInteger();
  private boolean closed;

  /**
   * Starts the host's threads.
   *
   * @param storage the journal's directory, for snapshots
   */
  public EmbeddedHost(
      final Storage storage,
      final Journal journal,
      final Archive archive,
      final Engine engine,
      final FeedSink feed,
      final HostOptions options) {
    this.options = options;
    this.engine = engine;
    this.journal = journal;
    this.feed = feed;
    this.snapshotFiles = new SnapshotFiles(storage);
    this.snapshots = new Snapshots(storage, journal, archive, options, state);

    final HostClock clock = new HostClock(options.clockMs());
    final ParticipantCredits credits = new ParticipantCredits();
    final Sequence journalFreed = new Sequence(0);
    final Sequence engineFreed = new Sequence(0);
    final Sequence outcomesFreed = new Sequence(0);
    final Sequence eventsFreed = new Sequence(0);
    // The ring wakes nobody: the sequencer and the gate do, who know which stages wait.
    ring =
        RingBuffer.createSingleProducer(
            HostEntry::new, options.ringEntries(), new BusySpinWaitStrategy());
    final StageBarrier toJournal = new StageBarrier(ring::getCursor, options.spins());
    final StageBarrier toEngine = new StageBarrier(ring::getCursor, options.spins());
    final Gate gate = new Gate(options.spins());
    sequencer =
        new Sequencer(
            ring,
            toJournal,
            toEngine,
            options,
            journalFreed,
            engineFreed,
            state,
            clock,
            credits,
            engine.sequence(),
            engine.timeMs());
    final OutputRing outputs =
        new OutputRing(options.outputRingBytes(), outcomesFreed, eventsFreed, state);
    engineHandler =
        new EngineHandler(engine, ring, sequencer.bytes(), outputs, engineFreed, gate, snapshots);
    outcomeHandler = new OutcomeHandler(outputs.bytes(), outcomesFreed, credits, engine.sequence());
    final FeedHandler feedHandler = new FeedHandler(feed, outputs.bytes(), eventsFreed, state);
    snapshots.feed(feedHandler);

    stage(
        "journal",
        new JournalHandler(journal, sequencer.bytes(), journalFreed, gate),
        toJournal,
        Integer.MAX_VALUE);
    stage("engine", engineHandler, toEngine, outputs.batchMax());
    outcomePlace = stage("outcomes", outcomeHandler, gate.outcomes(), Integer.MAX_VALUE);
    feedPlace = stage("feed", feedHandler, gate.feed(), Integer.MAX_VALUE);
    ring.addGatingSequences(outcomePlace, feedPlace);
    for (int i = 0; i < stages.size(); i++) {
      threads.get(i).start();
    }
    start(
        "conductor",
        new Conductor(
            sequencer,
            engineHandler,
            state,
            clock,
            snapshots,
            outcomeHandler::releasedSequence,
            options.stallMsMax()));
    start("snapshots", snapshots);
  }

  private Sequence stage(
      final String name,
      final EventHandler<HostEntry> handler,
      final StageBarrier behind,
      final int batchMax) {
    final BatchEventProcessor<HostEntry> stage =
        new BatchEventProcessorBuilder().setMaxBatchSize(batchMax).build(ring, behind, handler);
    stage.setExceptionHandler(new Halt(name, state));
    stages.add(stage);
    threads.add(thread(name, stage));
    return stage.getSequence();
  }

  private void start(final String name, final Runnable work) {
    final Thread thread =
        thread(
            name,
            () -> {
              try {
                work.run();
              } catch (final RuntimeException | Error e) {
                state.halt(name, e);
              }
            });
    threads.add(thread);
    thread.start();
  }

  private static Thread thread(final String name, final Runnable work) {
    final Thread thread = new Thread(work, "switch-" + name);
    thread.setDaemon(true);
    // The stage's own handler has halted the host already; this only keeps the trace off stderr.
    thread.setUncaughtExceptionHandler((t, e) -> {});
    return thread;
  }

  /**
   * A new client in this process.
   *
   * @throws IllegalStateException at {@link HostOptions#clientsMax}
   */
  public SwitchClient newClient() {
    if (clients.incrementAndGet() > options.clientsMax()) {
      clients.decrementAndGet();
      throw new IllegalStateException("there are " + options.clientsMax() + " clients already");
    }
    return new HostClient(sequencer, state, options.creditsPerClient(), clients::decrementAndGet);
  }

  /** The last sequence that is durable, applied and answered. */
  public long releasedSequence() {
    return outcomeHandler.releasedSequence();
  }

  /** The engine's time after the last command it applied, which may not be durable yet. */
  public long engineTimeMs() {
    return engineHandler.engineTimeMs();
  }

  /** Commands taken and not yet answered. */
  public long backlog() {
    return ring.getBufferSize() - ring.remainingCapacity();
  }

  /** Whether the host has stopped for a defect or a failing disk. */
  public boolean isHalted() {
    return state.isHalted();
  }

  /** Why, or null. */
  public Throwable haltReason() {
    return state.haltReason();
  }

  /** Why new instructions are refused at the moment, or null. */
  public String pausedReason() {
    return state.pausedReason();
  }

  /** Why sealed journal segments could not be archived the last time, or null. */
  public String archiveProblem() {
    return snapshots.archiveProblem();
  }

  /** Writes a snapshot of all that was applied by now. Fails when the host stops meanwhile. */
  public CompletableFuture<SnapshotInfo> requestSnapshot() {
    return snapshots.request();
  }

  /**
   * Stops intake, lets everything under way finish, writes a snapshot and closes journal and feed.
   * A host that halted only gives its files back.
   *
   * @throws IOException if what was under way did not finish in time, or the last snapshot or the
   *     closing failed; nothing acknowledged is lost
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    state.stop();
    final boolean drained = drain();
    snapshots.stop();
    stages.forEach(BatchEventProcessor::halt);
    if (!joinAll()) {
      // They are inside the disk; their files must not be closed under them.
      throw new IOException("the disk does not answer: stopped without a snapshot");
    }
    snapshots.abandon();
    try {
      if (!state.isHalted() && engine.sequence() > 0) {
        lastSnapshot(drained);
      }
    } finally {
      CloseHelper.closeAll(journal, feed);
    }
  }

  private void lastSnapshot(final boolean drained) throws IOException {
    if (!drained) {
      throw new IOException(
          "what was under way did not finish in time: stopped without a snapshot");
    }
    feed.sync();
    // Never ahead of the journal: that would be a state that nobody could prove.
    if (snapshotFiles.newestSequence() < engine.sequence()
        && journal.committedSequence() >= engine.sequence()) {
      try (Engine.Image image = engine.freeze()) {
        Snapshots.write(snapshotFiles, image, Long.MAX_VALUE, () -> false);
      }
    }
  }

  /** True when every command that was taken has been answered and its events are in the feed. */
  private boolean drain() {
    final long end = System.nanoTime() + options.drainMsMax() * 1_000_000;
    while (!state.isHalted() && Math.min(outcomePlace.get(), feedPlace.get()) < ring.getCursor()) {
      if (System.nanoTime() - end > 0) {
        LOG.error("not everything under way has finished after {} ms", options.drainMsMax());
        return false;
      }
      LockSupport.parkNanos(100_000);
    }
    return true;
  }

  private boolean joinAll() {
    final long end = System.nanoTime() + options.drainMsMax() * JOINS_PER_DRAIN * 1_000_000;
    boolean interrupted = false;
    for (final Thread thread : threads) {
      while (thread.isAlive() && System.nanoTime() - end < 0) {
        try {
          thread.join(100);
        } catch (final InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return hasEnded();
  }

  /** Whether none of its threads is left that could still write. */
  boolean hasEnded() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  /**
   * Halts instead of skipping: thrown again, the failure ends the stage before its place moves, so
   * the gate stays shut.
   */
  private record Halt(String stage, HostState state) implements ExceptionHandler<HostEntry> {
    @Override
    public void handleEventException(
        final Throwable failure, final long place, final HostEntry entry) {
      state.halt(stage + (entry == null ? "" : " at sequence " + entry.sequence), failure);
      throw new IllegalStateException(stage + " halted", failure);
    }

    @Override
    public void handleOnStartException(final Throwable failure) {
      state.halt(stage, failure);
    }

    @Override
    public void handleOnShutdownException(final Throwable failure) {
      state.halt(stage, failure);
    }
  }
}
