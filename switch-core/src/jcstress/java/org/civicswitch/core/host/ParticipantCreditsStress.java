package org.civicswitch.core.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** One credit a participant: never two under way, and none lost. */
public class ParticipantCreditsStress {
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** A participant that no other state under way has. */
  private static int participant() {
    return 1 + (NEXT.getAndIncrement() & 0x7FFF);
  }

  private static int offer(final UnsafeBuffer command) {
    final int result = StressSequencer.get().offer(null, 0, command, 0, command.capacity());
    return result == SwitchClient.ACCEPTED ? 1 : 0;
  }

  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first offer has the credit")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the second offer has the credit")
  @Outcome(expect = FORBIDDEN, desc = "more or less under way than there are credits")
  @State
  public static class TwoOffers {
    private final int participant = participant();
    private final UnsafeBuffer command = StressSequencer.instruction(participant);

    @Actor
    public void one(final III_Result result) {
      result.r1 = offer(command);
    }

    @Actor
    public void other(final III_Result result) {
      result.r2 = offer(command);
    }

    @Arbiter
    public void after(final III_Result result) {
      result.r3 = StressSequencer.CREDITS.underWay(participant, true);
      StressSequencer.CREDITS.giveBack(participant, true);
    }
  }

  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused, then given back")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "given back, then taken")
  @Outcome(expect = FORBIDDEN, desc = "a credit was lost or made")
  @State
  public static class OfferAndAnswer {
    private final int participant = participant();
    private final UnsafeBuffer command = StressSequencer.instruction(participant);

    public OfferAndAnswer() {
      StressSequencer.CREDITS.take(participant, true);
    }

    @Actor
    public void caller(final II_Result result) {
      result.r1 = offer(command);
    }

    @Actor
    public void outcomes() {
      StressSequencer.CREDITS.giveBack(participant, true);
    }

    @Arbiter
    public void after(final II_Result result) {
      result.r2 = StressSequencer.CREDITS.underWay(participant, true);
      if (result.r1 == 1) {
        StressSequencer.CREDITS.giveBack(participant, true);
      }
    }
  }
}
