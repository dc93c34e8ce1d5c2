package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.BenefitsHarness.ALPHA;
import static org.civicswitch.core.engine.BenefitsHarness.CHECKER;
import static org.civicswitch.core.engine.BenefitsHarness.MAKER;
import static org.civicswitch.core.engine.BenefitsHarness.PROGRAMME;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CycleClosedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What closing a cycle forbids for ever, and what it frees. */
class CycleTest {
  private static final int PEOPLE = 5;

  private final BenefitsHarness h = new BenefitsHarness();

  @BeforeEach
  void world() {
    h.genesis();
    for (long person = 1; person <= PEOPLE; person++) {
      h.person(person);
    }
    assertThat(h.fund(1000, 900, 1)).isEqualTo(Code.OK);
  }

  @AfterEach
  void isSound() {
    assertThat(h.engine.audit().problems()).isEmpty();
  }

  private Entitlements entitlements() {
    return h.engine.core().benefits.entitlements;
  }

  /** One line of 10 to each of the first persons, all settled. */
  private List<PaymentReservedDecoder> paid(
      final long envelope, final int cycle, final int people) {
    final Line[] lines = new Line[people];
    for (int i = 0; i < people; i++) {
      lines[i] = Line.of(i + 1, ALPHA, 10);
    }
    assertThat(h.create(envelope, cycle, people, people * 10L)).isEqualTo(Code.OK);
    h.add(envelope, lines);
    assertThat(h.itemCodes()).containsOnly(Code.OK);
    assertThat(h.run(envelope)).isEqualTo(Code.OK);
    h.pulse();
    final List<PaymentReservedDecoder> payments = h.reserved();
    assertThat(payments).hasSize(people);
    for (final PaymentReservedDecoder payment : payments) {
      h.confirm(ALPHA, payment.uetr().hi(), payment.uetr().lo(), true);
    }
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.CLOSED);
    return payments;
  }

  private CycleClosedDecoder cycleClosed() {
    return new CycleClosedDecoder()
        .wrapAndApplyHeader(
            h.lastEvent(CycleClosedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
  }

  @Test
  void freesWhatWasTakenAndForbidsTheCycleForEver() {
    paid(1, 7, 3);
    paid(2, 8, 2);
    assertThat(entitlements().size()).isEqualTo(5);
    assertThat(h.closeCycle(7)).isEqualTo(Code.OK);
    assertThat(h.eventKinds()).containsExactly(CycleClosedDecoder.TEMPLATE_ID);
    assertThat(cycleClosed().programme()).isEqualTo(PROGRAMME);
    assertThat(cycleClosed().cycle()).isEqualTo(7);
    assertThat(cycleClosed().envelopes()).isEqualTo(1);
    assertThat(cycleClosed().entitlements()).isEqualTo(3);
    assertThat(cycleClosed().signer()).isEqualTo(CHECKER);
    h.pulse();
    assertThat(entitlements().size()).as("only those of the open cycle").isEqualTo(2);
    assertThat(h.engine.nextDeadlineMs()).isGreaterThan(h.nowMs);

    assertThat(h.create(3, 7, 1, 10)).isEqualTo(Code.CYCLE_CLOSED);
    assertThat(h.add(1, Line.of(4, ALPHA, 10))).isEqualTo(Code.ENVELOPE_STATE);
    h.nowMs += 300L * 86_400_000L;
    h.pulse();
    assertThat(h.create(4, 7, 1, 10)).isEqualTo(Code.CYCLE_CLOSED);

    // Others go on as before.
    h.create(5, 8, 2, 20);
    h.add(5, Line.of(1, ALPHA, 10), Line.of(3, ALPHA, 10));
    assertThat(h.itemCodes()).containsExactly(Code.ENTITLEMENT_TAKEN, Code.OK);
    assertThat(h.create(6, 6, 1, 10)).as("an older one that is open").isEqualTo(Code.OK);
  }

  @Test
  void refusesInTheOrderOfTheCodes() {
    h.office(CHECKER);
    assertThat(h.closeCycle(999, 1)).isEqualTo(Code.PROGRAMME_UNKNOWN);
    h.as(ALPHA, 9, CHECKER);
    assertThat(h.closeCycle(PROGRAMME, 1)).isEqualTo(Code.CONNECTION_NOT_GRANTED);
    h.as(ALPHA, ALPHA, CHECKER);
    assertThat(h.closeCycle(PROGRAMME, 1)).as("not who pays").isEqualTo(Code.PROGRAMME_UNKNOWN);
    assertThat(h.closeCycle(1)).isEqualTo(Code.CYCLE_UNKNOWN);
    h.create(1, 1, 1, 10);
    assertThat(h.closeCycle(2)).as("nothing was declared for it").isEqualTo(Code.CYCLE_UNKNOWN);
    h.office(4);
    assertThat(h.closeCycle(PROGRAMME, 1)).isEqualTo(Code.OPERATOR_UNKNOWN);
    assertThat(h.closeCycle(1)).isEqualTo(Code.CYCLE_NOT_FINISHED);
    // What is declared again is refused as such first.
    h.cancel(1);
    assertThat(h.closeCycle(1)).isEqualTo(Code.OK);
    assertThat(h.create(1, 1, 1, 10)).isEqualTo(Code.ENVELOPE_EXISTS);
    assertThat(h.create(2, 1, 1, 0)).isEqualTo(Code.AMOUNT_NOT_POSITIVE);
  }

  @Test
  void needsAnApprover() {
    h.create(1, 1, 1, 10);
    h.cancel(1);
    h.operator(5, Operators.PROGRAMME | Operators.SETTLEMENT);
    h.office(5);
    assertThat(h.closeCycle(PROGRAMME, 1)).isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    h.office(MAKER);
    assertThat(h.closeCycle(PROGRAMME, 1)).as("also one that has made it").isEqualTo(Code.OK);
  }

  @Test
  void waitsForEveryEnvelopeOfTheCycle() {
    h.create(1, 1, 1, 10);
    assertThat(h.closeCycle(1)).as("draft").isEqualTo(Code.CYCLE_NOT_FINISHED);
    h.add(1, Line.of(1, ALPHA, 10));
    h.office(MAKER);
    h.seal(1);
    assertThat(h.closeCycle(1)).as("sealed").isEqualTo(Code.CYCLE_NOT_FINISHED);
    h.office(CHECKER);
    h.approve(1, true);
    assertThat(h.closeCycle(1)).as("approved").isEqualTo(Code.CYCLE_NOT_FINISHED);
    h.release(1);
    assertThat(h.closeCycle(1)).as("released").isEqualTo(Code.CYCLE_NOT_FINISHED);
    final PaymentReservedDecoder payment = h.reserved().get(0);
    h.pause(1);
    assertThat(h.closeCycle(1)).as("paused").isEqualTo(Code.CYCLE_NOT_FINISHED);
    h.confirm(ALPHA, payment.uetr().hi(), payment.uetr().lo(), true);
    h.create(2, 1, 1, 10);
    assertThat(h.closeCycle(1)).as("another").isEqualTo(Code.CYCLE_NOT_FINISHED);
    assertThat(h.cancel(2)).isEqualTo(Code.OK);
    assertThat(h.closeCycle(1)).isEqualTo(Code.OK);
  }

  @Test
  void closedAgainChangesNothing() {
    paid(1, 1, 2);
    h.closeCycle(1);
    final byte[] first = h.log.get(h.log.size() - 1);
    h.pulse();
    assertThat(h.send(first, h.nowMs)).isEqualTo(Code.OK);
    assertThat(h.outcome().replayed()).isNotEqualTo((short) 0);
    assertThat(h.events).isEmpty();
    assertThat(h.closeCycle(1)).as("under another key").isEqualTo(Code.OK);
    assertThat(h.events).isEmpty();
    final UnsafeBuffer other = new UnsafeBuffer(first.clone());
    other.putInt(first.length - Integer.BYTES, 2);
    assertThat(h.send(other.byteArray(), h.nowMs)).isEqualTo(Code.DUPLICATE);
  }

  @Test
  void freesAFewPerCommand() {
    paid(1, 1, 5);
    paid(2, 2, 4);
    h.configure(Parameter.EVICTIONS_PER_COMMAND, 2);
    h.closeCycle(1);
    h.closeCycle(2);
    // The command that closed the second has freed two of the first before.
    assertThat(entitlements().size()).isEqualTo(7);
    assertThat(h.engine.nextDeadlineMs()).isLessThanOrEqualTo(h.nowMs);
    for (int left = 5; left > 0; left -= 2) {
      h.pulse();
      assertThat(entitlements().size()).isEqualTo(left);
      isSound();
    }
    assertThat(h.engine.core().benefits.cycles.nextWork()).isNotZero();
    h.pulse();
    assertThat(entitlements().size()).isZero();
    assertThat(h.engine.core().benefits.cycles.nextWork()).isZero();
  }

  @Test
  void aReturnAfterwardsComesBackToTheProgramme() {
    final PaymentReservedDecoder payment = paid(1, 1, 2).get(0);
    final long hi = payment.uetr().hi();
    final long lo = payment.uetr().lo();
    h.configure(Parameter.EVICTIONS_PER_COMMAND, 1);
    h.closeCycle(1);
    assertThat(h.cash()).isEqualTo(980);
    // While it is being freed, when it is free, and in full.
    assertThat(h.giveBack(ALPHA, hi, lo, 3)).isEqualTo(Code.OK);
    isSound();
    h.pulse();
    assertThat(entitlements().size()).isZero();
    assertThat(h.giveBack(ALPHA, hi, lo, 7)).isEqualTo(Code.OK);
    assertThat(h.cash()).isEqualTo(990);
    assertThat(h.authority()).isEqualTo(890);
    assertThat(h.envelopeChanged().returned()).isEqualTo(1);
    // Not in the closed cycle, but in the next.
    assertThat(h.create(2, 1, 1, 10)).isEqualTo(Code.CYCLE_CLOSED);
    paid(3, 2, 1);
  }

  @Test
  void aReturnInFullBeforeItIsFreedFreesItOnce() {
    final List<PaymentReservedDecoder> payments = paid(1, 1, 2);
    h.configure(Parameter.EVICTIONS_PER_COMMAND, 1);
    h.closeCycle(1);
    // The newest heads the chain, so the oldest is still taken behind the first step.
    final PaymentReservedDecoder oldest = payments.get(0);
    h.giveBack(ALPHA, oldest.uetr().hi(), oldest.uetr().lo(), 10);
    assertThat(entitlements().size()).isZero();
    assertThat(h.engine.core().benefits.cycles.nextWork()).isZero();
    h.pulse();
    assertThat(h.cash()).isEqualTo(990);
  }

  @Test
  void linesAreForgottenWithTheirPaymentsBeforeOrAfter() {
    paid(1, 1, 2);
    final PaymentReservedDecoder late = paid(2, 2, 2).get(0);
    h.closeCycle(2);
    h.pulse();
    final Lines lines = h.engine.core().benefits.lines;
    assertThat(lines.records().size()).isEqualTo(4);
    h.nowMs += 8L * 86_400_000L;
    for (int i = 0; i < 4; i++) {
      h.nowMs += 2_000;
      h.pulse();
    }
    assertThat(lines.records().size()).isZero();
    assertThat(entitlements().size()).as("paid in the open cycle").isEqualTo(2);
    isSound();
    assertThat(h.giveBack(ALPHA, late.uetr().hi(), late.uetr().lo(), 1))
        .isEqualTo(Code.PAYMENT_UNKNOWN);
    h.create(3, 1, 1, 10);
    assertThat(h.add(3, Line.of(1, ALPHA, 10))).isEqualTo(Code.ENTITLEMENT_TAKEN);
    h.cancel(3);
    assertThat(h.closeCycle(1)).isEqualTo(Code.OK);
    h.pulse();
    assertThat(entitlements().size()).isZero();
  }

  @Test
  void cancelledLinesThatStillGiveUpWhatTheyTook() {
    h.configure(Parameter.LINES_PER_STEP, 1);
    h.configure(Parameter.EVICTIONS_PER_COMMAND, 1);
    h.create(1, 1, PEOPLE, PEOPLE * 10L);
    for (long person = 1; person <= PEOPLE; person++) {
      h.add(1, Line.of(person, ALPHA, 10));
    }
    assertThat(h.cancel(1)).isEqualTo(Code.OK);
    assertThat(h.closeCycle(1)).isEqualTo(Code.OK);
    for (int i = 0; i < 2 * PEOPLE; i++) {
      isSound();
      h.pulse();
    }
    assertThat(entitlements().size()).isZero();
    assertThat(h.engine.core().benefits.lines.records().size()).isZero();
    assertThat(h.engine.core().benefits.cycles.nextWork()).isZero();
  }

  @Test
  void capacityComesBackWithTheCycles() {
    h.configure(Parameter.DUPLICATE_WINDOW_MS, 60_000);
    h.configure(Parameter.PAYMENT_RETENTION_MS, 60_000);
    h.configure(Parameter.CAPACITY_LINES, PEOPLE);
    for (int cycle = 1; cycle <= 10; cycle++) {
      paid(cycle, cycle, PEOPLE);
      h.create(100 + cycle, cycle + 1, 1, 10);
      assertThat(h.add(100 + cycle, Line.of(1, ALPHA, 10))).isEqualTo(Code.CAPACITY);
      h.cancel(100 + cycle);
      assertThat(h.closeCycle(cycle)).isEqualTo(Code.OK);
      for (int i = 0; i < 4; i++) {
        h.nowMs += 300_000;
        h.pulse();
      }
    }
  }

  @Test
  void aSnapshotInTheMiddleGoesOnTheSame() {
    paid(1, 1, 5);
    paid(2, 2, 2);
    h.configure(Parameter.EVICTIONS_PER_COMMAND, 1);
    h.closeCycle(1);
    h.closeCycle(2);
    final LongsSnapshot snapshot = new LongsSnapshot();
    try (Engine.Image image = h.engine.freeze()) {
      image.writeTo(snapshot);
    }
    final SwitchEngine restored = new SwitchEngine(new AnySignature());
    restored.load(snapshot);
    final int from = h.log.size();
    for (int i = 0; i < 8; i++) {
      h.pulse();
      final byte[] bytes = h.log.get(from + i);
      restored.apply(
          from + i + 1L, h.nowMs, new UnsafeBuffer(bytes), 0, bytes.length, new CapturedOutput());
      assertThat(restored.stateHash()).isEqualTo(h.engine.stateHash());
      assertThat(restored.nextDeadlineMs()).isEqualTo(h.engine.nextDeadlineMs());
    }
    assertThat(entitlements().size()).isZero();
  }
}
