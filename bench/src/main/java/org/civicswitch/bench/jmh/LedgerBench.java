package org.civicswitch.bench.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.ledger.LedgerResult;
import org.civicswitch.memory.StateSpace;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reserve and post between accounts chosen at random; a thousand reservations are always open. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LedgerBench {
  private static final int OPEN = 1024;
  private static final int EUR = 978;

  @Param({"1000", "1000000"})
  public int accounts;

  private final SplittableRandom random = new SplittableRandom(1);
  private final int[] pending = new int[OPEN];
  private Ledger ledger;
  private int[] handles;
  private long count;

  /** Opens the accounts; none has a limit. */
  @Setup
  public void open() {
    ledger = new Ledger(new StateSpace(), accounts, OPEN * 2, 4);
    final int asset = ledger.assets().define(EUR, 0);
    handles = new int[accounts];
    for (int i = 0; i < accounts; i++) {
      handles[i] = ledger.accounts().open(1, i + 1L, asset, 0, Long.MAX_VALUE >> 8);
    }
    for (int i = 0; i < OPEN; i++) {
      pending[i] = reserve(i);
    }
  }

  private int reserve(final long sequence) {
    final int debit = random.nextInt(accounts);
    final int step = 1 + random.nextInt(accounts - 1);
    final int credit = (debit + step) % accounts;
    final int made =
        ledger.reserve(handles[debit], handles[credit], 1, Ledger.NO_DEADLINE, sequence);
    if (made <= 0) {
      throw new IllegalStateException("not reserved: " + made);
    }
    return made;
  }

  /** One of each. */
  @Benchmark
  public int reserveAndPost() {
    final int slot = (int) (count++ & OPEN - 1);
    final int result = ledger.post(pending[slot], 1, 0);
    if (result != LedgerResult.OK) {
      throw new IllegalStateException("not posted: " + result);
    }
    pending[slot] = reserve(count);
    return result;
  }
}
