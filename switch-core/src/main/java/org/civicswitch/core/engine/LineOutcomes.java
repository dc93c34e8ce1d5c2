package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.PaymentState;

/** Carries what becomes of payments of lines over to line, envelope, budget and entitlement. */
final class LineOutcomes implements LineFates {
  private final Core core;
  private final Benefits benefits;
  private final Envelopes envelopes;
  private final Lines lines;

  LineOutcomes(final Core core, final Benefits benefits) {
    this.core = core;
    this.benefits = benefits;
    envelopes = benefits.envelopes;
    lines = benefits.lines;
  }

  private int programme(final int line) {
    return envelopes.intAt(lines.envelope(line), Envelopes.PROGRAMME);
  }

  private int authority(final int line) {
    return (int) lines.get(line, Lines.AUTHORITY_PENDING);
  }

  @Override
  public void settled(final int payment) {
    final int line = core.book.lineHandle(payment);
    final int envelope = lines.envelope(line);
    benefits.funds.postAuthority(
        programme(line), authority(line), lines.amount(line), core.scalars.timeMs());
    lines.set(line, Lines.AUTHORITY_PENDING, 0);
    lines.state(line, core.book.state(payment));
    envelopes.add(envelope, Envelopes.SETTLED, 1);
    envelopes.add(envelope, Envelopes.SETTLED_TOTAL, lines.amount(line));
    answered(envelope);
    benefits.changes.envelope(envelope);
  }

  @Override
  public void rejected(final int payment, final Code code) {
    final int line = core.book.lineHandle(payment);
    final int envelope = lines.envelope(line);
    benefits.funds.voidAuthority(authority(line));
    lines.set(line, Lines.AUTHORITY_PENDING, 0);
    final PaymentState state = core.book.state(payment);
    lines.state(line, state);
    envelopes.add(
        envelope, state == PaymentState.EXPIRED ? Envelopes.EXPIRED : Envelopes.REJECTED, 1);
    benefits.freeEntitlement(line);
    answered(envelope);
    benefits.changes.envelope(envelope);
  }

  /** Makes room for the next line, if it waits for that. */
  private void answered(final int envelope) {
    envelopes.add(envelope, Envelopes.UNDER_WAY, -1);
    if (envelopes.state(envelope) == EnvelopeState.RELEASED
        && envelopes.get(envelope, Envelopes.FIRST_READY) != 0
        && envelopes.get(envelope, Envelopes.WORK_MS) == 0) {
      envelopes.plan(envelope, core.scalars.timeMs(), core.scalars.sequence());
    }
  }

  @Override
  public boolean canTakeBack(final int payment, final long amount) {
    return benefits.funds.hasHeadroom(programme(core.book.lineHandle(payment)), amount, amount);
  }

  @Override
  public boolean returned(final int payment, final long amount) {
    final int line = core.book.lineHandle(payment);
    final int envelope = lines.envelope(line);
    final PaymentState before = lines.state(line);
    if (before != PaymentState.RETURNED && before != PaymentState.PARTLY_RETURNED) {
      envelopes.add(envelope, Envelopes.RETURNED, 1);
    }
    lines.state(line, core.book.state(payment));
    if (lines.state(line) == PaymentState.RETURNED) {
      // Nothing is paid any more: it may be paid again.
      benefits.freeEntitlement(line);
    }
    benefits.changes.envelope(envelope);
    return benefits.funds.giveBack(programme(line), amount, core.scalars.timeMs());
  }

  @Override
  public void forgotten(final int payment) {
    lines.payment(core.book.lineHandle(payment), 0);
  }
}
