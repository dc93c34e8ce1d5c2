package org.civicswitch.ops.console;

import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the feed into the board, on a thread of its own, until it is closed. */
final class FeedTail implements AutoCloseable {
  /** Events applied under one hold of the lock: about a millisecond's work. */
  static final int BATCH = 512;

  private static final long IDLE_NANOS = 5_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(FeedTail.class);

  private final SwitchConnection connection;
  private final Board board;
  private final long from;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile boolean failed;

  FeedTail(final SwitchConnection connection, final Board board, final long from) {
    this.connection = connection;
    this.board = board;
    this.from = from;
    this.thread = new Thread(this::run, "console-feed");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** False once the feed could not be followed any further. */
  boolean alive() {
    return !failed;
  }

  private void run() {
    try {
      long next = from;
      while (running) {
        next = follow(next);
      }
    } catch (final RuntimeException e) {
      failed = true;
      LOG.error("the console no longer follows the feed", e);
    }
  }

  /** Reads until closed, or until the feed turns out to begin later; returns where to go on. */
  private long follow(final long next) {
    try (FeedReader reader = connection.feedFrom(next)) {
      while (running) {
        int count = 0;
        board.begin();
        try {
          count = reader.poll(board::apply, BATCH);
        } finally {
          board.end(count);
        }
        if (count == 0) {
          LockSupport.parkNanos(IDLE_NANOS);
        }
      }
      return reader.nextSequence();
    } catch (final FeedReader.FeedGoneException e) {
      LOG.warn("{}: the console's numbers begin there", e.getMessage());
      board.restart(e.firstSequence());
      return e.firstSequence();
    }
  }

  /** Returns once the thread has ended. */
  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
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
}
