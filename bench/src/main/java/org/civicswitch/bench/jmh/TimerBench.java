package org.civicswitch.bench.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.civicswitch.memory.DeadlineQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Timers, the same number always waiting. Log time goes on by a millisecond an operation; {@link
 * #addAndExpire} and {@link #addAndCancel} give new timers any deadline there is room for, {@link
 * #addAndExpireInOrder} the same delay, as payments of one profile have.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerBench {
  @Param({"1000", "1000000"})
  public int waiting;

  private final SplittableRandom random = new SplittableRandom(4);
  private final DeadlineQueue queue = new DeadlineQueue();
  private long nowMs = 1_800_000_000_000L;
  private long sequence;

  /** Lets them wait, their deadlines all over the time to come. */
  @Setup
  public void fill() {
    for (int handle = 1; handle <= waiting; handle++) {
      queue.add(handle, nowMs + random.nextInt(2 * waiting), sequence++);
    }
  }

  /** The earliest fires; another comes, with any deadline. */
  @Benchmark
  public int addAndExpire() {
    nowMs++;
    return replace(queue.peek(), nowMs + random.nextInt(2 * waiting));
  }

  /** The earliest fires; another comes, behind all. */
  @Benchmark
  public int addAndExpireInOrder() {
    nowMs++;
    return replace(queue.peek(), nowMs + 2L * waiting);
  }

  /** One that waits somewhere is cancelled; another comes, with any deadline. */
  @Benchmark
  public int addAndCancel() {
    nowMs++;
    return replace(1 + random.nextInt(waiting), nowMs + random.nextInt(2 * waiting));
  }

  private int replace(final int handle, final long deadlineMs) {
    if (!queue.remove(handle)) {
      throw new IllegalStateException("handle " + handle + " does not wait");
    }
    queue.add(handle, deadlineMs, sequence++);
    return handle;
  }
}
