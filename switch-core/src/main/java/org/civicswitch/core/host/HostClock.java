package org.civicswitch.core.host;

import java.util.function.LongSupplier;

/**
 * The time that commands are stamped with. It follows the wall clock while that runs like the
 * machine's monotonic clock; when the wall clock steps, it goes on by the monotonic one, because a
 * time once stamped is in the log for ever.
 *
 * <p>{@link #nowMs} for any thread; {@link #watch} for one.
 */
final class HostClock {
  static final long STEP_MAX_MS = 1000;

  private record Base(long wallMs, long monotonicNs) {}

  private final LongSupplier wallMs;
  private volatile Base base;

  HostClock(final LongSupplier wallMs) {
    this.wallMs = wallMs;
    this.base = new Base(wallMs.getAsLong(), System.nanoTime());
  }

  long nowMs() {
    final long expected = expectedMs();
    final long wall = wallMs.getAsLong();
    return Math.abs(wall - expected) <= STEP_MAX_MS ? wall : expected;
  }

  /**
   * Looks for a step; slow drift is the clock being disciplined and becomes the new base.
   *
   * @return by how much the wall clock is away, milliseconds; 0 within the tolerance
   */
  long watch() {
    final long ns = System.nanoTime();
    final long wall = wallMs.getAsLong();
    final long step = wall - expectedMs();
    if (Math.abs(step) > STEP_MAX_MS) {
      return step;
    }
    base = new Base(wall, ns);
    return 0;
  }

  private long expectedMs() {
    final Base from = base;
    return from.wallMs + (System.nanoTime() - from.monotonicNs) / 1_000_000;
  }
}
