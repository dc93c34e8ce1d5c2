package org.civicswitch.core.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A stage that sleeps is woken. One whose wake-up is lost would sleep for ever: a timeout here. */
public class StageBarrierStress {
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "awake, and sees what was done before")
  @Outcome(expect = FORBIDDEN, desc = "awake too early")
  @State
  public static class Woken {
    private final Sequence place = new Sequence();
    private final StageBarrier barrier = new StageBarrier(place::get, 0, Long.MAX_VALUE);
    private int done;

    @Actor
    public void stage(final I_Result result) {
      try {
        barrier.waitFor(0);
        result.r1 = done;
      } catch (final AlertException e) {
        result.r1 = -1;
      }
    }

    @Actor
    public void mover() {
      done = 1;
      place.set(0);
      barrier.wake();
    }
  }

  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "told to end")
  @Outcome(expect = FORBIDDEN, desc = "went on with nothing there")
  @State
  public static class Alerted {
    private final StageBarrier barrier = new StageBarrier(() -> -1, 0, Long.MAX_VALUE);

    @Actor
    public void stage(final I_Result result) {
      try {
        result.r1 = (int) barrier.waitFor(0);
      } catch (final AlertException e) {
        result.r1 = 1;
      }
    }

    @Actor
    public void stopper() {
      barrier.alert();
    }
  }
}
