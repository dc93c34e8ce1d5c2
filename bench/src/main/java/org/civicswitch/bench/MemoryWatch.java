package org.civicswitch.bench;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Memory that is in use when nothing is garbage, sampled over a long run. */
final class MemoryWatch {
  /** The state forgets after minutes; before, growing is right. */
  private static final int SETTLED_AFTER_S = 300;

  private static final double GROWTH_MAX = 1.1;
  private static final long NOISE_MB = 32;

  private final List<Long> settledMb = new ArrayList<>();

  /**
   * Collects garbage, so nothing is to be measured meanwhile.
   *
   * @param atS seconds since the run began
   * @return megabytes on the heap and in direct buffers
   */
  long sample(final double atS) {
    System.gc();
    long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    for (final BufferPoolMXBean pool :
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      bytes += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
    }
    note(atS, bytes >> 20);
    return bytes >> 20;
  }

  void note(final double atS, final long megabytes) {
    if (atS >= SETTLED_AFTER_S) {
      settledMb.add(megabytes);
    }
  }

  /** Whether the run was long enough to say something about growth. */
  boolean isConclusive() {
    return settledMb.size() >= 4;
  }

  /**
   * The second half against the first, of the time after it has settled.
   *
   * @throws WrongResultException if it grew by more than a tenth
   */
  void check() throws WrongResultException {
    if (isConclusive()) {
      final int half = settledMb.size() / 2;
      final double first = mean(settledMb.subList(0, half));
      final double second = mean(settledMb.subList(half, settledMb.size()));
      if (second > first * GROWTH_MAX + NOISE_MB) {
        throw new WrongResultException(
            "memory grew from " + Math.round(first) + " to " + Math.round(second) + " MB");
      }
    }
  }

  private static double mean(final List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
