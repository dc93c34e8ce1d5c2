package org.civicswitch.core.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A client with one credit polls and offers again while its outcome is delivered. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "not yet delivered: no second offer")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "polled: the credit is back")
@Outcome(expect = FORBIDDEN, desc = "a credit or an outcome was lost or made")
@State
public class HostClientStress {
  private static final UnsafeBuffer COMMAND = StressSequencer.instruction(0);
  private static final int OUTCOME_BYTES = 40;

  private final HostClient client =
      new HostClient(StressSequencer.get(), StressSequencer.STATE, 1, () -> {}, 1024);
  private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[OUTCOME_BYTES]);
  private int accepted;
  private int delivered;
  private int polled;
  private boolean wrong;

  public HostClientStress() {
    outcome.setMemory(0, OUTCOME_BYTES, (byte) 7);
    accepted = offer();
  }

  private int offer() {
    return client.offer(COMMAND, 0, COMMAND.capacity(), 0) == SwitchClient.ACCEPTED ? 1 : 0;
  }

  private void deliver() {
    client.deliver(delivered++, outcome, 0, OUTCOME_BYTES);
  }

  private int poll() {
    return client.poll(
        (correlationId, buffer, offset, length) -> {
          wrong |= correlationId != polled++ || length != OUTCOME_BYTES;
          for (int i = 0; i < length; i++) {
            wrong |= buffer.getByte(offset + i) != 7;
          }
        },
        10);
  }

  @Actor
  public void caller(final III_Result result) {
    result.r1 = poll();
    result.r2 = offer();
    accepted += result.r2;
  }

  @Actor
  public void stage() {
    deliver();
  }

  @Arbiter
  public void after(final III_Result result) {
    while (delivered < accepted) {
      deliver();
    }
    poll();
    final boolean all = polled == accepted && client.dropped() == 0 && !wrong;
    final boolean credits = offer() == 1 && offer() == 0;
    result.r3 = all && credits ? 1 : -1;
  }
}
