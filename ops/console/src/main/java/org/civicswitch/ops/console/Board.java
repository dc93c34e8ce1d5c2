package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * The projection behind a lock: one thread applies the feed, any thread reads. Readers are given
 * values, never the projection's own objects, and may wait for a feed sequence.
 */
final class Board {
  /** How often the proof of funds is taken while commands stream in, at most. */
  static final long PROOF_EVERY_MS = 100;

  /** After this long without an event the last command is taken as complete. */
  static final long QUIET_MS = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier clockMs;
  private final List<Waiter> waiters = new ArrayList<>();
  private Projection projection;
  private final int paymentsKept;
  private long provedMs;
  private long changedMs;
  private long incompleteFrom;

  Board(final int paymentsKept, final LongSupplier clockMs) {
    this.paymentsKept = paymentsKept;
    this.projection = new Projection(paymentsKept);
    this.clockMs = clockMs;
  }

  /**
   * A board that nothing is written on any more.
   *
   * @param incompleteFrom as {@link #incompleteFrom()} says
   */
  static Board still(final Projection projection, final long incompleteFrom) {
    final Board board = new Board(projection.payments.kept(), () -> 0);
    board.projection = projection;
    board.incompleteFrom = incompleteFrom;
    return board;
  }

  /** The feed begins later than asked for: what went before is not in these numbers. */
  void restart(final long firstSequence) {
    lock.lock();
    try {
      projection = new Projection(paymentsKept);
      incompleteFrom = firstSequence;
    } finally {
      lock.unlock();
    }
  }

  /** Held around a batch of {@link #apply}, so that readers wait once per batch. */
  void begin() {
    lock.lock();
  }

  void apply(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    if (projection.beginsCommand(event, offset)) {
      final long now = clockMs.getAsLong();
      if (now - provedMs >= PROOF_EVERY_MS) {
        projection.prove();
        provedMs = now;
      }
    }
    projection.apply(feedSequence, event, offset, length);
  }

  /** Ends a batch of {@code count} events, none included. */
  void end(final int count) {
    final List<Waiter> due = new ArrayList<>();
    try {
      final long now = clockMs.getAsLong();
      if (count > 0) {
        changedMs = now;
      } else if (now - changedMs >= QUIET_MS) {
        projection.prove();
        provedMs = now;
      }
      waiters.removeIf(w -> w.isDue(projection) && due.add(w));
    } finally {
      lock.unlock();
    }
    due.forEach(w -> w.then.run());
  }

  <T> T read(final Function<Projection, T> view) {
    lock.lock();
    try {
      return view.apply(projection);
    } finally {
      lock.unlock();
    }
  }

  /** The first feed sequence in these numbers if that is not the first there was; 0 otherwise. */
  long incompleteFrom() {
    lock.lock();
    try {
      return incompleteFrom;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code then}, once, when everything up to the feed sequence is in, and with {@code proved}
   * also in the proof: at once, or on the thread that applies the feed.
   */
  Waiter await(final long feedSequence, final boolean proved, final Runnable then) {
    final Waiter waiter = new Waiter(feedSequence, proved, then);
    lock.lock();
    try {
      if (!waiter.isDue(projection)) {
        waiters.add(waiter);
        return waiter;
      }
    } finally {
      lock.unlock();
    }
    then.run();
    return waiter;
  }

  /** Gives up waiting; {@code then} of a waiter already due may still run. */
  void cancel(final Waiter waiter) {
    lock.lock();
    try {
      waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
  }

  /** One reader that waits. */
  static final class Waiter {
    private final long feedSequence;
    private final boolean proved;
    private final Runnable then;

    private Waiter(final long feedSequence, final boolean proved, final Runnable then) {
      this.feedSequence = feedSequence;
      this.proved = proved;
      this.then = then;
    }

    private boolean isDue(final Projection projection) {
      final AsOf asOf = proved ? projection.proof().asOf() : projection.asOf();
      return asOf.feedSequence() >= feedSequence;
    }
  }
}
