package org.civicswitch.gateway.kit.feed;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;

/**
 * Tails the feed on a thread of its own and gives every event to a handler, in order, each once.
 * What the handler keeps is a projection; this class says up to which feed sequence it reaches.
 *
 * <p>The handler runs on this thread only. What it shares with others it must publish itself;
 * whatever it wrote before {@link #asOf} reached a sequence is visible to who read that sequence
 * there. A handler that throws stops the projection for good: it never goes on with a gap.
 */
public final class FeedProjection implements AutoCloseable {
  private static final int BATCH = 256;

  /** Between looks at a feed that has just had events, and at one that has been silent. */
  private static final long BRIEF_NS = TimeUnit.MICROSECONDS.toNanos(50);

  private static final long IDLE_NS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int BRIEF_LOOKS = 40;

  private final FeedReader reader;
  private final FeedReader.Handler handler;
  private final Runnable afterBatch;
  private final NavigableMap<Long, CompletableFuture<Long>> waiting = new TreeMap<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final CompletableFuture<Long> caughtUp = new CompletableFuture<>();
  private final Thread thread;

  private volatile boolean running = true;
  private volatile long asOf;

  private FeedProjection(
      String name, FeedReader reader, FeedReader.Handler handler, Runnable afterBatch) {
    this.reader = reader;
    this.handler = handler;
    this.afterBatch = afterBatch;
    this.asOf = reader.nextSequence() - 1;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Starts at this feed sequence; 1 is the first.
   *
   * @param afterBatch runs after each batch of events, before it counts as reached: where to
   *     publish what has gathered
   */
  public static FeedProjection start(
      String name,
      SwitchConnection connection,
      long from,
      FeedReader.Handler handler,
      Runnable afterBatch) {
    final FeedProjection projection =
        new FeedProjection(name, connection.feedFrom(from), handler, afterBatch);
    projection.thread.start();
    return projection;
  }

  /** The same without anything to do after a batch. */
  public static FeedProjection start(
      String name, SwitchConnection connection, long from, FeedReader.Handler handler) {
    return start(name, connection, from, handler, () -> {});
  }

  /** The feed sequence of the last event that the projection contains. */
  public long asOf() {
    return asOf;
  }

  /**
   * Completes with {@link #asOf} once the projection contains this feed sequence, on the
   * projection's thread; exceptionally when it stops before. The caller adds its own time-out.
   */
  public CompletableFuture<Long> waitFor(long feedSequence) {
    synchronized (waiting) {
      if (asOf >= feedSequence) {
        return CompletableFuture.completedFuture(asOf);
      }
      if (!running) {
        return CompletableFuture.failedFuture(new IllegalStateException("projection stopped"));
      }
      // A copy, so that nobody else's time-out completes what others wait for.
      return waiting.computeIfAbsent(feedSequence, s -> new CompletableFuture<>()).copy();
    }
  }

  /** Completes when the projection has come to the end of the feed for the first time. */
  public CompletableFuture<Long> caughtUp() {
    return caughtUp.copy();
  }

  /**
   * Waits until the projection has come to the end of the feed for the first time.
   *
   * @throws IllegalStateException if the feed cannot be followed or takes longer
   */
  public void awaitCaughtUp(Duration patience) {
    try {
      caughtUp.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the feed cannot be followed", e);
    }
  }

  /** Completes exceptionally, with the cause, if the projection stops by itself. */
  public CompletableFuture<Void> failure() {
    return failure.copy();
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int silentLooks = 0;
    try {
      while (running) {
        final int events = reader.poll(handler, BATCH);
        if (events > 0) {
          silentLooks = 0;
          afterBatch.run();
          reached(reader.nextSequence() - 1);
        } else {
          caughtUp.complete(asOf);
          silentLooks = Math.min(silentLooks + 1, BRIEF_LOOKS);
          LockSupport.parkNanos(this, silentLooks < BRIEF_LOOKS ? BRIEF_NS : IDLE_NS);
        }
      }
    } catch (RuntimeException | Error e) {
      failure.completeExceptionally(e);
      caughtUp.completeExceptionally(e);
    } finally {
      running = false;
      reader.close();
      synchronized (waiting) {
        waiting
            .values()
            .forEach(
                future ->
                    future.completeExceptionally(new IllegalStateException("projection stopped")));
        waiting.clear();
      }
    }
  }

  private void reached(long feedSequence) {
    final NavigableMap<Long, CompletableFuture<Long>> done;
    synchronized (waiting) {
      asOf = feedSequence;
      final Map<Long, CompletableFuture<Long>> upTo = waiting.headMap(feedSequence, true);
      if (upTo.isEmpty()) {
        return;
      }
      done = new TreeMap<>(upTo);
      upTo.clear();
    }
    done.values().forEach(future -> future.complete(feedSequence));
  }
}
