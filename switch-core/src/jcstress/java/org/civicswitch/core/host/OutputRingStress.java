package org.civicswitch.core.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The engine waits for room, around the end of the ring, until both stages have freed it. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both whole")
@Outcome(expect = FORBIDDEN, desc = "written over while read, or seen before it was whole")
@State
public class OutputRingStress {
  private static final int LARGEST = 56;
  private static final int OUTCOME_BYTES = 16;
  private static final int EVENT_BYTES = 8;

  private final Sequence outcomesFreed = new Sequence(0);
  private final Sequence eventsFreed = new Sequence(0);
  private final OutputRing ring =
      new OutputRing(128, LARGEST, outcomesFreed, eventsFreed, new HostState());
  private final Gate gate = new Gate(0);
  private final HostEntry first = new HostEntry();
  private final HostEntry old = new HostEntry();
  private final HostEntry made = new HostEntry();

  public OutputRingStress() {
    write(first, (byte) 1);
    write(old, (byte) 2);
    gate.durable(1);
  }

  private void write(final HostEntry entry, final byte value) {
    if (!ring.begin(entry)) {
      throw new IllegalStateException("halted");
    }
    ring.buffer().setMemory(ring.offset(), OUTCOME_BYTES, value);
    ring.outcome(OUTCOME_BYTES);
    ring.buffer().setMemory(ring.offset(), EVENT_BYTES, value);
    ring.event(EVENT_BYTES);
    ring.end();
  }

  @Actor
  public void engine() {
    write(made, (byte) 3);
    gate.applied(1);
  }

  @Actor
  public void stages(final II_Result result) {
    // The one stage is through with everything; the other still reads.
    outcomesFreed.set(old.outputEnd);
    result.r1 = whole(old, (byte) 2) ? 1 : -1;
    eventsFreed.set(old.outputEnd);
    while (gate.outcomes().getCursor() < 1) {
      Thread.yield();
    }
    result.r2 = whole(made, (byte) 3) ? 1 : -1;
  }

  private boolean whole(final HostEntry entry, final byte value) {
    return entry.outcomeLength == OUTCOME_BYTES
        && entry.events == 1
        && ring.bytes().getLong(entry.eventsOffset) == EVENT_BYTES
        && same(entry.outcomeOffset, OUTCOME_BYTES, value)
        && same(entry.eventsOffset + OutputRing.LENGTH_BYTES, EVENT_BYTES, value);
  }

  private boolean same(final int offset, final int length, final byte value) {
    for (int i = 0; i < length; i++) {
      if (ring.bytes().getByte(offset + i) != value) {
        return false;
      }
    }
    return true;
  }
}
