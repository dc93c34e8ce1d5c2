package org.civicswitch.core.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The gate opens when journal and engine are both there, and never before. */
public class GateStress {
  /** What was forced is seen by whoever finds the gate open. */
  @JCStressTest
  @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "closed")
  @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "closed, though just forced")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "open")
  @Outcome(expect = FORBIDDEN, desc = "released before it was durable")
  @State
  public static class BehindJournal {
    private final Gate gate = new Gate(0);
    private int forced;

    @Actor
    public void journal() {
      forced = 1;
      gate.durable(0);
    }

    @Actor
    public void engine(final II_Result result) {
      gate.applied(0);
      result.r1 = (int) gate.outcomes().getCursor();
      result.r2 = forced;
    }
  }

  /** What was applied is seen by whoever finds the gate open. */
  @JCStressTest
  @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "closed")
  @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "closed, though just applied")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "open")
  @Outcome(expect = FORBIDDEN, desc = "released before it was applied")
  @State
  public static class BehindEngine {
    private final Gate gate = new Gate(0);
    private int output;

    @Actor
    public void engine() {
      output = 1;
      gate.applied(0);
    }

    @Actor
    public void journal(final II_Result result) {
      gate.durable(0);
      result.r1 = (int) gate.feed().getCursor();
      result.r2 = output;
    }
  }

  /** Whoever comes second finds it open: else both would leave the sleeper to the other. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both found it open")
  @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "the journal came second")
  @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "the engine came second")
  @Outcome(expect = FORBIDDEN, desc = "nobody would have woken the stage behind")
  @State
  public static class SomebodyWakes {
    private final Gate gate = new Gate(0);

    @Actor
    public void journal(final II_Result result) {
      gate.durable(0);
      result.r1 = (int) gate.outcomes().getCursor();
    }

    @Actor
    public void engine(final II_Result result) {
      gate.applied(0);
      result.r2 = (int) gate.outcomes().getCursor();
    }
  }
}
