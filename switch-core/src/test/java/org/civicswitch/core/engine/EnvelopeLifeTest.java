package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.BenefitsHarness.ALPHA;
import static org.civicswitch.core.engine.BenefitsHarness.BRAVO;
import static org.civicswitch.core.engine.BenefitsHarness.CHECKER;
import static org.civicswitch.core.engine.BenefitsHarness.FISCAL_END;
import static org.civicswitch.core.engine.BenefitsHarness.MAKER;

import java.util.List;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LifeEventRecordedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.ledger.AssetRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvelopeLifeTest {
  private final BenefitsHarness h = new BenefitsHarness();

  @BeforeEach
  void world() {
    h.genesis();
    for (long person = 1; person <= 5; person++) {
      h.person(person);
    }
    assertThat(h.fund(1000, 900, 1)).isEqualTo(Code.OK);
  }

  private void released(final long envelope, final int cycle, final Line... lines) {
    long total = 0;
    for (final Line line : lines) {
      total += line.amount();
    }
    assertThat(h.create(envelope, cycle, lines.length, total)).isEqualTo(Code.OK);
    assertThat(h.add(envelope, lines)).isEqualTo(Code.OK);
    assertThat(h.itemCodes()).containsOnly(Code.OK);
    assertThat(h.run(envelope)).isEqualTo(Code.OK);
  }

  private void releasedForFive() {
    released(
        1,
        1,
        Line.of(1, ALPHA, 1),
        Line.of(2, ALPHA, 1),
        Line.of(3, ALPHA, 1),
        Line.of(4, ALPHA, 1),
        Line.of(5, ALPHA, 1));
  }

  private List<PaymentReservedDecoder> sent() {
    h.pulse();
    return h.reserved();
  }

  private Code answer(final PaymentReservedDecoder payment, final boolean accept) {
    return h.confirm(
        (int) payment.creditorAgent(), payment.uetr().hi(), payment.uetr().lo(), accept);
  }

  @Test
  void paysAndClosesAndGivesBackWhatWasNotPaid() {
    assertThat(h.link(50, 2, BRAVO)).isEqualTo(Code.OK);
    released(1, 1, Line.of(1, ALPHA, 100), new Line(2, 1, 0, 200, 50), Line.of(3, BRAVO, 300));
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.RELEASED);
    assertThat(h.programmeChanged().committed()).isEqualTo(600);
    final List<PaymentReservedDecoder> payments = sent();
    assertThat(payments)
        .extracting(PaymentReservedDecoder::creditorAgent)
        .containsExactly((long) ALPHA, (long) BRAVO, (long) BRAVO);
    assertThat(payments).extracting(PaymentReservedDecoder::payloadLength).containsOnly(3);
    assertThat(payments.get(0).uetr().hi() & 0xF000L).isEqualTo(0x4000L);
    assertThat(payments.get(0).uetr().lo() >>> 62).isEqualTo(2);
    assertThat(answer(payments.get(0), true)).isEqualTo(Code.OK);
    assertThat(answer(payments.get(1), true)).isEqualTo(Code.OK);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.RELEASED);
    assertThat(h.cash()).isEqualTo(700);
    answer(payments.get(2), false);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.CLOSED);
    assertThat(h.envelopeChanged().settledTotal()).isEqualTo(300);
    assertThat(h.envelopeChanged().rejected()).isEqualTo(1);
    assertThat(h.programmeChanged().committed()).isZero();
    assertThat(h.programmeChanged().spent()).isEqualTo(300);
    assertThat(h.authority()).isEqualTo(600);
    assertThat(h.balance(ALPHA)).isEqualTo(100);

    // The repair: who failed can be paid again in the same cycle, who was paid cannot.
    h.create(2, 1, 2, 400);
    h.add(2, Line.of(1, ALPHA, 100), Line.of(3, ALPHA, 300));
    assertThat(h.itemCodes()).containsExactly(Code.ENTITLEMENT_TAKEN, Code.OK);
  }

  @Test
  void refusesLinesOneByOne() {
    h.register(9);
    h.create(1, 1, 2, 250);
    h.add(
        1,
        Line.of(1, ALPHA, 100),
        Line.of(1, ALPHA, 100),
        Line.of(9, ALPHA, 10),
        Line.of(99, ALPHA, 10),
        Line.of(2, 77, 10),
        Line.of(2, 0, 10),
        new Line(2, 1, 0, 10, 51),
        Line.of(2, ALPHA, 0),
        Line.of(2, ALPHA, 151),
        Line.of(2, ALPHA, 150),
        Line.of(3, ALPHA, 1));
    assertThat(h.itemCodes())
        .containsExactly(
            Code.OK,
            Code.ENTITLEMENT_TAKEN,
            Code.VERDICT_MISSING,
            Code.SUBJECT_UNKNOWN,
            Code.CREDITOR_AGENT_UNKNOWN,
            Code.CREDITOR_AGENT_UNKNOWN,
            Code.ALIAS_UNKNOWN,
            Code.AMOUNT_NOT_POSITIVE,
            Code.ENVELOPE_TOTAL_EXCEEDED,
            Code.OK,
            Code.ENVELOPE_COUNT_EXCEEDED);
    h.nowMs += 401L * 86_400_000L;
    h.create(2, 1, 1, 1);
    assertThat(h.add(2, Line.of(3, ALPHA, 1))).isEqualTo(Code.VERDICT_EXPIRED);
  }

  @Test
  void needsOthersToApproveWhatWasSealed() {
    h.create(1, 1, 1, 100);
    h.office(MAKER);
    assertThat(h.seal(1)).isEqualTo(Code.ENVELOPE_INCOMPLETE);
    h.add(1, Line.of(1, ALPHA, 100));
    assertThat(h.release(1)).isEqualTo(Code.ENVELOPE_STATE);
    h.office(MAKER);
    assertThat(h.seal(1)).isEqualTo(Code.OK);
    assertThat(h.approve(1, true)).isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    h.office(CHECKER);
    assertThat(h.approve(1, false)).isEqualTo(Code.ENVELOPE_HASH);
    assertThat(h.approve(1, true)).isEqualTo(Code.OK);
    assertThat(h.approve(1, true)).isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    assertThat(h.release(1)).isEqualTo(Code.OK);
    assertThat(h.cancel(1)).isEqualTo(Code.ENVELOPE_STATE);
  }

  @Test
  void neverReleasesBeyondBudgetOrCash() {
    h.create(1, 1, 1, 950);
    h.add(1, Line.of(1, ALPHA, 950));
    assertThat(h.run(1)).isEqualTo(Code.BUDGET_EXCEEDED);
    assertThat(h.fund(0, 500, 2)).isEqualTo(Code.OK);
    assertThat(h.release(1)).isEqualTo(Code.OK);
    h.create(2, 1, 1, 51);
    h.add(2, Line.of(2, ALPHA, 51));
    assertThat(h.run(2)).isEqualTo(Code.CASH_EXCEEDED);
    assertThat(h.fund(1, 0, 2)).isEqualTo(Code.SETTLEMENT_REFERENCE_USED);
    assertThat(h.fund(1, 0, 3)).isEqualTo(Code.OK);
    assertThat(h.release(2)).isEqualTo(Code.OK);
  }

  @Test
  void holdsTheDeadAndPaysArrearsWhenTheNoticeIsTakenBack() {
    h.create(1, 1, 2, 300);
    h.add(1, Line.of(1, ALPHA, 100), Line.of(2, ALPHA, 200));
    assertThat(h.lifeEvent(1, LifeEventKind.DEATH, 7, 0)).isEqualTo(Code.OK);
    assertThat(held()).isEqualTo(1);
    assertThat(h.run(1)).isEqualTo(Code.OK);
    final List<PaymentReservedDecoder> first = sent();
    assertThat(first).extracting(PaymentReservedDecoder::line).containsExactly(2L);
    answer(first.get(0), true);
    assertThat(h.envelopeChanged().held()).isEqualTo(1);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.RELEASED);
    assertThat(h.lifeEvent(1, LifeEventKind.DEATH_REVERSAL, 8, 99))
        .isEqualTo(Code.LIFE_EVENT_UNKNOWN);
    assertThat(h.lifeEvent(1, LifeEventKind.DEATH_REVERSAL, 9, 7)).isEqualTo(Code.OK);
    assertThat(held()).isEqualTo(1);
    final List<PaymentReservedDecoder> arrears = sent();
    assertThat(arrears).extracting(PaymentReservedDecoder::line).containsExactly(1L);
    answer(arrears.get(0), true);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.CLOSED);
  }

  private long held() {
    return new LifeEventRecordedDecoder()
        .wrapAndApplyHeader(
            h.lastEvent(LifeEventRecordedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder())
        .held();
  }

  @Test
  void theSameLineInAnotherEnvelopeIsAnotherInstruction() {
    h.create(1, 1, 1, 100);
    h.create(2, 2, 1, 100);
    final long key = h.key;
    assertThat(h.add(1, Line.of(1, ALPHA, 100))).isEqualTo(Code.OK);
    h.key = key;
    assertThat(h.add(1, Line.of(1, ALPHA, 100))).as("again").isEqualTo(Code.OK);
    h.key = key;
    assertThat(h.add(2, Line.of(1, ALPHA, 100))).isEqualTo(Code.DUPLICATE);
    assertThat(h.outcome().items().next().differs()).isEqualTo(Field.REFERENCE);
  }

  @Test
  void whatWasReturnedInFullCanBePaidAgain() {
    released(1, 1, Line.of(1, ALPHA, 100));
    final PaymentReservedDecoder payment = sent().get(0);
    answer(payment, true);
    h.giveBack(ALPHA, payment.uetr().hi(), payment.uetr().lo(), 40);
    h.create(2, 1, 1, 100);
    assertThat(h.add(2, Line.of(1, ALPHA, 100))).as("in part").isEqualTo(Code.ENTITLEMENT_TAKEN);
    h.giveBack(ALPHA, payment.uetr().hi(), payment.uetr().lo(), 60);
    assertThat(h.add(2, Line.of(1, ALPHA, 100))).isEqualTo(Code.OK);
    assertThat(h.run(2)).isEqualTo(Code.OK);
    assertThat(sent()).hasSize(1);
  }

  @Test
  void nothingIsCommittedWhoseReturnCouldOverflow() {
    final long half = 1L << 62;
    assertThat(h.fund(half, half, 2)).isEqualTo(Code.OK);
    h.create(1, 1, 1, half);
    h.add(1, Line.of(1, ALPHA, half));
    assertThat(h.run(1)).isEqualTo(Code.AMOUNT_OVERFLOW);
    assertThat(h.issue(1, 1, half, h.nowMs + 1)).isEqualTo(Code.AMOUNT_OVERFLOW);
    final long quarter = half >> 1;
    released(2, 2, Line.of(1, ALPHA, quarter));
    assertThat(h.fund(quarter, 0, 3)).as("no room taken meanwhile").isEqualTo(Code.AMOUNT_OVERFLOW);
    answer(h.reserved().get(0), false);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.CLOSED);
    assertThat(h.cash()).isEqualTo(half + 1000);
    h.create(3, 3, 1, quarter);
    h.add(3, Line.of(1, ALPHA, quarter));
    assertThat(h.run(3)).as("totals only grow").isEqualTo(Code.AMOUNT_OVERFLOW);
  }

  @Test
  void aProgrammeNeedsAssetsThatMoveInParts() {
    h.as(0, 9, 1);
    for (final int rule :
        new int[] {
          AssetRules.INDIVISIBLE,
          AssetRules.NOT_TRANSFERABLE,
          AssetRules.UNIQUE,
          AssetRules.ONE_PER_HOLDER
        }) {
      h.asset(100 + rule, AssetKind.CURRENCY, 0, rule);
      h.asset(200 + rule, AssetKind.BUDGET_AUTHORITY, 0, rule);
      assertThat(h.createProgramme(7, 100 + rule, BenefitsHarness.AUTHORITY))
          .isEqualTo(Code.ASSET_RULE);
      assertThat(h.createProgramme(7, BenefitsHarness.EUR, 200 + rule)).isEqualTo(Code.ASSET_RULE);
    }
  }

  @Test
  void envelopesThatCanDoNothingCountAsWorkToo() {
    h.configure(Parameter.LINES_PER_STEP, 1);
    for (int envelope = 1; envelope <= 3; envelope++) {
      released(
          envelope, envelope, Line.of(1, ALPHA, 1), Line.of(2, ALPHA, 1), Line.of(3, ALPHA, 1));
      h.pause(envelope);
    }
    h.release(1);
    h.release(2);
    h.release(3);
    h.as(0, 9, 1);
    h.status(BenefitsHarness.TREASURY, ParticipantStatus.SUSPENDED);
    h.nowMs += 500;
    h.pulse();
    assertThat(h.engine.core().benefits.envelopes.nextWorkMs())
        .as("one was put off, the others wait for the next command")
        .isLessThan(h.nowMs);
  }

  @Test
  void aStateHashIsThatBehindEverythingItsCommandDid() {
    released(1, 1, Line.of(1, ALPHA, 100));
    sent();
    h.nowMs += 10_000;
    assertThat(h.query(QueryKind.STATE_HASH, 0, 0, 0)).isEqualTo(Code.OK);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.CLOSED);
    assertThat(h.outcome().value()).isEqualTo(h.engine.stateHash());
  }

  @Test
  void sendsAFewPerStepAndPauses() {
    assertThat(h.configure(Parameter.LINES_PER_STEP, 2)).isEqualTo(Code.OK);
    releasedForFive();
    assertThat(h.engine.nextDeadlineMs()).isLessThanOrEqualTo(h.nowMs);
    assertThat(sent()).hasSize(2);
    // The pause comes behind what its own command still sends.
    assertThat(h.pause(1)).isEqualTo(Code.OK);
    assertThat(h.reserved()).hasSize(2);
    assertThat(sent()).isEmpty();
    assertThat(h.release(1)).isEqualTo(Code.OK);
    assertThat(sent()).hasSize(1);
    assertThat(h.engine.nextDeadlineMs()).isGreaterThan(h.nowMs);
  }

  @Test
  void noMoreAreUnderWayThanTheWindow() {
    assertThat(h.configure(Parameter.LINES_UNDER_WAY, 2)).isEqualTo(Code.OK);
    releasedForFive();
    final List<PaymentReservedDecoder> first = sent();
    assertThat(first).hasSize(2);
    assertThat(h.engine.nextDeadlineMs()).as("nothing to do but wait").isGreaterThan(h.nowMs);
    assertThat(sent()).isEmpty();
    assertThat(answer(first.get(0), true)).isEqualTo(Code.OK);
    assertThat(h.engine.nextDeadlineMs()).isLessThanOrEqualTo(h.nowMs);
    final List<PaymentReservedDecoder> second = sent();
    assertThat(second).as("one answer, one line").hasSize(1);
    assertThat(h.pause(1)).isEqualTo(Code.OK);
    assertThat(answer(first.get(1), false)).isEqualTo(Code.OK);
    assertThat(sent()).as("none in a pause").isEmpty();
    assertThat(h.release(1)).isEqualTo(Code.OK);
    assertThat(sent()).hasSize(1);
    // The two under way expire, and the last one goes.
    h.nowMs += 10_000;
    assertThat(sent()).hasSize(1);
    assertThat(h.envelopeChanged().expired()).isEqualTo(2);
    assertThat(h.engine.audit().problems()).isEmpty();
  }

  @Test
  void expiresAndRejectsWhatCannotBeSent() {
    h.create(1, 1, 2, 300);
    h.add(1, Line.of(1, ALPHA, 100), Line.of(2, BRAVO, 200));
    assertThat(h.run(1)).isEqualTo(Code.OK);
    h.as(0, 9, 1);
    // Sends both first, as every command does.
    assertThat(h.status(BRAVO, ParticipantStatus.SUSPENDED)).isEqualTo(Code.OK);
    h.nowMs += 10_000;
    h.pulse();
    assertThat(h.envelopeChanged().expired()).isEqualTo(2);
    assertThat(h.envelopeChanged().state()).isEqualTo(EnvelopeState.CLOSED);
    assertThat(h.cash()).isEqualTo(1000);
    h.create(2, 1, 1, 200);
    assertThat(h.add(2, Line.of(2, BRAVO, 200))).isEqualTo(Code.CREDITOR_AGENT_NOT_ACTIVE);
  }

  @Test
  void cancelFreesWhatItsLinesHadTaken() {
    h.create(1, 1, 1, 100);
    h.add(1, Line.of(1, ALPHA, 100));
    h.create(2, 1, 1, 100);
    assertThat(h.add(2, Line.of(1, ALPHA, 100))).isEqualTo(Code.ENTITLEMENT_TAKEN);
    assertThat(h.cancel(1)).isEqualTo(Code.OK);
    h.pulse();
    assertThat(h.add(2, Line.of(1, ALPHA, 100))).isEqualTo(Code.OK);
  }

  @Test
  void aReturnRestoresCashAlwaysAndBudgetWithinItsPeriod() {
    released(1, 1, Line.of(1, ALPHA, 100));
    final PaymentReservedDecoder payment = sent().get(0);
    answer(payment, true);
    final long hi = payment.uetr().hi();
    final long lo = payment.uetr().lo();
    assertThat(h.cash()).isEqualTo(900);
    assertThat(h.giveBack(ALPHA, hi, lo, 40)).isEqualTo(Code.OK);
    assertThat(h.cash()).isEqualTo(940);
    assertThat(h.authority()).isEqualTo(840);
    assertThat(h.envelopeChanged().returned()).isEqualTo(1);
    h.configure(Parameter.PAYMENT_RETENTION_MS, 400L * 86_400_000L);
    h.nowMs = (FISCAL_END + 1) * 86_400_000L;
    assertThat(h.giveBack(ALPHA, hi, lo, 60)).isEqualTo(Code.OK);
    assertThat(h.cash()).isEqualTo(1000);
    assertThat(h.authority()).isEqualTo(840);
    h.create(2, 2, 1, 1);
    h.add(2, Line.of(2, ALPHA, 1));
    assertThat(h.run(2)).isEqualTo(Code.PROGRAMME_NOT_ACTIVE);
  }
}
