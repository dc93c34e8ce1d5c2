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
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.feed.FeedSink;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.core.storage.Storage;

/**
 * One machine, one engine. The engine, journal and feed handed in are already recovered to the same
 * point; from then on they belong to the host's threads.
 */
public final class EmbeddedHost implements AutoCloseable {
  private static final long DRAIN_NS_MAX = 30_000_000_000L;

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
            engine.sequence(),
            engine.timeMs());
    final OutputRing outputs =
        new OutputRing(options.outputRingBytes(), outcomesFreed, eventsFreed, state);
    engineHandler =
        new EngineHandler(engine, ring, sequencer.bytes(), outputs, engineFreed, gate, snapshots);
    outcomeHandler = new OutcomeHandler(outputs.bytes(), outcomesFreed, engine.sequence());
    final FeedHandler feedHandler = new FeedHandler(feed, outputs.bytes(), eventsFreed);
    snapshots.feed(feedHandler);

    stage(
        "journal",
        new JournalHandler(journal, sequencer.bytes(), journalFreed, gate),
        toJournal,
        Integer.MAX_VALUE);
    stage("engine", engineHandler, toEngine, outputs.batchMax());
    final Sequence outcomePlace =
        stage("outcomes", outcomeHandler, gate.outcomes(), Integer.MAX_VALUE);
    feedPlace = stage("feed", feedHandler, gate.feed(), Integer.MAX_VALUE);
    ring.addGatingSequences(outcomePlace, feedPlace);
    for (int i = 0; i < stages.size(); i++) {
      threads.get(i).start();
    }
    start("conductor", new Conductor(sequencer, engineHandler, state, clock));
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

  /** Writes a snapshot at the next command. */
  public CompletableFuture<SnapshotInfo> requestSnapshot() {
    return snapshots.request();
  }

  /**
   * Stops intake, lets everything under way finish, writes a snapshot and closes journal and feed.
   * A host that halted only gives its files back.
   *
   * @throws IOException if the last snapshot or the closing failed; nothing acknowledged is lost
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    final long last = sequencer.lastSequence();
    state.stop();
    drain();
    snapshots.stop();
    stages.forEach(BatchEventProcessor::halt);
    joinAll();
    if (!state.isHalted() && last > 0) {
      feed.sync();
      // Never ahead of the journal: that would be a state that nobody could prove.
      if (snapshotFiles.newestSequence() < engine.sequence()
          && journal.committedSequence() >= engine.sequence()) {
        try (Engine.Image image = engine.freeze()) {
          Snapshots.write(snapshotFiles, image, Long.MAX_VALUE);
        }
      }
    }
    journal.close();
    feed.close();
  }

  private void drain() {
    final long end = System.nanoTime() + DRAIN_NS_MAX;
    while (!state.isHalted() && feedPlace.get() < ring.getCursor() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(100_000);
    }
  }

  private void joinAll() {
    boolean interrupted = false;
    for (final Thread thread : threads) {
      try {
        thread.join();
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
