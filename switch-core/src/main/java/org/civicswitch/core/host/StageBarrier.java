package org.civicswitch.core.host;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.SequenceBarrier;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Where one stage waits for the places before it: spins for a moment, then sleeps until whoever
 * moves those places calls {@link #wake}. The Disruptor's own strategies sleep only until something
 * is published and spin for the stages before: with a journal that takes a tenth of a millisecond a
 * group, the stages behind it would burn a core that the others need.
 *
 * <p>One thread waits; any thread may wake it.
 */
final class StageBarrier implements SequenceBarrier {
  /** A sleep is cut short by {@link #wake}; this bounds what a defect in waking would cost. */
  private static final long SLEEP_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

  private final LongSupplier place;
  private final int spins;
  private final long sleepNsMax;
  private volatile Thread sleeper;
  private volatile long wanted;
  private volatile boolean alerted;

  /**
   * @param place the last place that the waiting stage may handle
   * @param spins how often to look before sleeping
   */
  StageBarrier(final LongSupplier place, final int spins) {
    this(place, spins, SLEEP_NS_MAX);
  }

  /** With a bound of its own, so that a stress test can tell a lost wake-up: it never ends. */
  StageBarrier(final LongSupplier place, final int spins, final long sleepNsMax) {
    this.place = place;
    this.spins = spins;
    this.sleepNsMax = sleepNsMax;
  }

  @Override
  public long waitFor(final long sequence) throws AlertException {
    long available;
    for (int i = 0; i < spins; i++) {
      checkAlert();
      available = place.getAsLong();
      if (available >= sequence) {
        return available;
      }
      Thread.onSpinWait();
    }
    wanted = sequence;
    sleeper = Thread.currentThread();
    // Seen by the waker, or else what the waker did before is seen here.
    VarHandle.fullFence();
    try {
      while ((available = place.getAsLong()) < sequence) {
        checkAlert();
        LockSupport.parkNanos(this, sleepNsMax);
      }
      return available;
    } finally {
      sleeper = null;
    }
  }

  /** Called after the places have moved. */
  void wake() {
    VarHandle.fullFence();
    final Thread thread = sleeper;
    if (thread != null && place.getAsLong() >= wanted) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public long getCursor() {
    return place.getAsLong();
  }

  @Override
  public boolean isAlerted() {
    return alerted;
  }

  @Override
  public void alert() {
    alerted = true;
    VarHandle.fullFence();
    final Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void clearAlert() {
    alerted = false;
  }

  @Override
  public void checkAlert() throws AlertException {
    if (alerted) {
      throw AlertException.INSTANCE;
    }
  }
}
