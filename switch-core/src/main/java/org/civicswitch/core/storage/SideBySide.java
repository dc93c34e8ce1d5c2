package org.civicswitch.core.storage;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Shares tasks that have nothing to do with each other between the caller and one more thread. */
final class SideBySide {
  private SideBySide() {}

  /**
   * Returns when neither thread does anything any more; what the tasks did is then seen by the
   * caller. What one throws is thrown on; others may then be left undone.
   */
  static void run(final List<Runnable> tasks) {
    final Queue<Runnable> left = new ConcurrentLinkedQueue<>(tasks);
    final FutureTask<Void> other = new FutureTask<>(() -> runAll(left), null);
    final Thread thread = new Thread(other, "snapshot-rebuild");
    thread.setDaemon(true);
    thread.start();
    try {
      runAll(left);
    } finally {
      left.clear();
      await(other);
    }
  }

  private static void runAll(final Queue<Runnable> left) {
    for (Runnable task = left.poll(); task != null; task = left.poll()) {
      task.run();
    }
  }

  private static void await(final FutureTask<Void> other) {
    boolean interrupted = false;
    while (true) {
      try {
        other.get();
        break;
      } catch (final InterruptedException e) {
        interrupted = true;
      } catch (final ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
