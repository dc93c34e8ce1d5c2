package org.civicswitch.ops.cli.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.civicswitch.core.feed.FeedReaders;

/**
 * SIGTERM and ctrl-C as an orderly end. A signal is seen by {@link #await}; the process then ends
 * once this is closed, with status 0 if {@link #succeeded} was called and 1 if not: never with that
 * of the signal. Open it first, so that a signal during the start waits for the parts to be closed.
 */
public final class StopSignal implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::finish, "stop");
  private volatile int exit = 1;

  /** Takes over the signals of this process. */
  public StopSignal() {
    FeedReaders.prepare();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void finish() {
    asked.countDown();
    boolean ending = false;
    while (!ending) {
      try {
        ended.await();
        ending = true;
      } catch (final InterruptedException e) {
        // Nothing is worth leaving parts half closed: waits on.
        ending = false;
      }
    }
    Runtime.getRuntime().halt(exit);
  }

  /** Whether a signal came. */
  public boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits for a signal; false after so many milliseconds without one. */
  public boolean await(final long ms) throws InterruptedException {
    return asked.await(ms, TimeUnit.MILLISECONDS);
  }

  /** Everything was closed as it should be. */
  public void succeeded() {
    exit = 0;
  }

  /** Lets the process end, if a signal asked for it. */
  @Override
  public void close() {
    ended.countDown();
    if (!asked()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (final IllegalStateException e) {
        // A signal came this moment: the hook runs already, and ends the process.
        return;
      }
    }
  }
}
