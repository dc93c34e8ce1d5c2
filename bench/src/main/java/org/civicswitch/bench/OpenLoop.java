package org.civicswitch.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * A schedule of intended send times at a constant rate. Latency is taken from these, never from
 * when a busy sender came round to it: a stall counts for everything that should have been sent
 * during it.
 */
final class OpenLoop {
  /** Sleeping is coarser than this; the rest is spun, as little as two cores bear. */
  private static final long SPIN_NS = 60_000;

  private final long startNs;
  private final double intervalNs;

  OpenLoop(final long startNs, final double perSecond) {
    this.startNs = startNs;
    this.intervalNs = 1e9 / perSecond;
  }

  long intendedNs(final long index) {
    return startNs + (long) (index * intervalNs);
  }

  /** How many should have been sent by now. */
  long due(final long nowNs) {
    return nowNs < startNs ? 0 : (long) ((nowNs - startNs) / intervalNs) + 1;
  }

  /** Returns at the intended time of this one, or at once when it has passed. */
  void await(final long index) {
    final long intended = intendedNs(index);
    long left = intended - System.nanoTime();
    while (left > 0) {
      if (left > SPIN_NS) {
        LockSupport.parkNanos(left - SPIN_NS);
      } else {
        Thread.onSpinWait();
      }
      left = intended - System.nanoTime();
    }
  }
}
