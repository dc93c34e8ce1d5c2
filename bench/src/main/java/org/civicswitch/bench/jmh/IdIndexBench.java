package org.civicswitch.bench.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finding, and replacing, records by 128-bit keys. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdIndexBench {
  @Param({"10000", "4000000"})
  public int records;

  private final SplittableRandom random = new SplittableRandom(2);
  private RecordStore store;
  private IdIndex index;
  private int[] handles;

  /** Fills store and index. */
  @Setup
  public void fill() {
    store = new RecordStore("bench", 8, records + 1);
    index = new IdIndex(store, 0, 2);
    handles = new int[records];
    for (int i = 0; i < records; i++) {
      handles[i] = add();
    }
  }

  private int add() {
    final int handle = store.allocate();
    store.set(handle, 0, random.nextLong());
    store.set(handle, 1, random.nextLong());
    index.put(handle);
    return handle;
  }

  /** One that is there. */
  @Benchmark
  public int find() {
    final int handle = handles[random.nextInt(records)];
    return index.find(store.get(handle, 0), store.get(handle, 1));
  }

  /** One that is not. */
  @Benchmark
  public int miss() {
    return index.find(random.nextLong(), random.nextLong());
  }

  /** One out, another in. */
  @Benchmark
  public int replace() {
    final int i = random.nextInt(records);
    index.remove(handles[i]);
    store.release(handles[i]);
    handles[i] = add();
    return handles[i];
  }
}
