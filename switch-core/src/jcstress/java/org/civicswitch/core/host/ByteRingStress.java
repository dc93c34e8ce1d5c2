package org.civicswitch.core.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A piece around the end of the ring, made where another is still being read. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both whole")
@Outcome(expect = FORBIDDEN, desc = "written over while read, or seen before it was whole")
@State
public class ByteRingStress {
  private static final int LENGTH = 40;
  private static final byte OLD = 1;
  private static final byte NEW = 2;

  private final ByteRing ring = new ByteRing(64);
  private final Sequence freed = new Sequence(0);
  private final Sequence published = new Sequence(0);

  public ByteRingStress() {
    ring.buffer().setMemory(0, LENGTH, OLD);
    ring.take(0, LENGTH);
  }

  @Actor
  public void writer() {
    long position;
    while ((position = ring.next(LENGTH, freed.get())) < 0) {
      Thread.yield();
    }
    ring.buffer().setMemory(ring.offset(position), LENGTH, NEW);
    ring.take(position, LENGTH);
    published.set(1);
  }

  @Actor
  public void reader(final II_Result result) {
    result.r1 = whole(0, OLD) ? 1 : -1;
    freed.set(LENGTH);
    while (published.get() == 0) {
      Thread.yield();
    }
    result.r2 = whole(0, NEW) ? 1 : -1;
  }

  private boolean whole(final int offset, final byte expected) {
    for (int i = 0; i < LENGTH; i++) {
      if (ring.buffer().getByte(offset + i) != expected) {
        return false;
      }
    }
    return true;
  }
}
