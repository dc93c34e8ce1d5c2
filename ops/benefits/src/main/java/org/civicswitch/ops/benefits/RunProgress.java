package org.civicswitch.ops.benefits;

import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * How far a run is. Amounts in minor units.
 *
 * @param held lines that wait because their beneficiary may not be paid now
 * @param hash what is approved
 * @param linesPerSecond answered since the release, on the switch's clock; 0 before
 * @param secondsLeft for the lines that are not held, at that rate; -1 when it cannot be told
 */
public record RunProgress(
    Id128 envelope,
    EnvelopeState state,
    long declared,
    long declaredTotal,
    long added,
    long sent,
    long settled,
    long settledTotal,
    long rejected,
    long expired,
    long held,
    long returned,
    Digest256 hash,
    double linesPerSecond,
    long secondsLeft) {

  static RunProgress of(final Envelope e) {
    final long elapsedMs = e.releasedMs() == 0 ? 0 : e.changedMs() - e.releasedMs();
    final double rate = elapsedMs <= 0 ? 0 : e.answered() * 1000.0 / elapsedMs;
    final long open = Math.max(0, e.added() - e.answered() - e.held());
    final long left = open == 0 ? 0 : rate == 0 ? -1 : (long) Math.ceil(open / rate);
    return new RunProgress(
        e.id(),
        e.state(),
        e.declaredCount(),
        e.declaredTotal(),
        e.added(),
        e.sent(),
        e.settled(),
        e.settledTotal(),
        e.rejected(),
        e.expired(),
        e.held(),
        e.returned(),
        e.hash(),
        rate,
        left);
  }

  /** Lines that have their final answer. */
  public long answered() {
    return settled + rejected + expired;
  }

  /** Whether every line that is not held has its final answer. */
  public boolean isAnswered() {
    return state != EnvelopeState.DRAFT
        && answered() + held == added
        && (state == EnvelopeState.RELEASED || state == EnvelopeState.CLOSED);
  }
}
