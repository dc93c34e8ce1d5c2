package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.ALPHA;
import static org.civicswitch.core.engine.EngineHarness.ALPHA_INDIRECT;
import static org.civicswitch.core.engine.EngineHarness.BRAVO;
import static org.civicswitch.core.engine.EngineHarness.CHARLIE;
import static org.civicswitch.core.engine.EngineHarness.FUNDS;

import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CommandRefusedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.junit.jupiter.api.Test;

class PaymentLifeTest {
  private static final int AC04 = 0x41433034;
  private final EngineHarness bank = new EngineHarness().genesis();

  private PaymentRejectedDecoder rejected() {
    return new PaymentRejectedDecoder()
        .wrapAndApplyHeader(
            bank.eventOf(PaymentRejectedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
  }

  @Test
  void isReservedAndOfferedWithItsPayload() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100).timeout(2_000)));

    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(bank.item(0).state()).isEqualTo(PaymentState.RESERVED);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(100);
    final PaymentReservedDecoder reserved =
        new PaymentReservedDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(PaymentReservedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    assertThat(reserved.at().feedSequence()).isEqualTo(bank.engine.feedSequence());
    assertThat(reserved.at().sequence()).isEqualTo(bank.engine.sequence());
    assertThat(reserved.deadlineMs()).isEqualTo(bank.nowMs + 2_000);
    assertThat(reserved.creditorAgent()).isEqualTo(BRAVO);
    assertThat(reserved.amount()).isEqualTo(100);
    final byte[] payload = new byte[reserved.payloadLength()];
    reserved.getPayload(payload, 0, payload.length);
    assertThat(payload).containsExactly(42, 43);
  }

  @Test
  void isPostedWhenTheCreditorAgentAccepts() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100)));
    final long reservedAt = bank.engine.sequence();
    bank.send(bank.as(BRAVO).confirm(1));

    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(bank.item(0).state()).isEqualTo(PaymentState.SETTLED);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS - 100);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS + 100);
    assertThat(bank.debitsPending(ALPHA)).isZero();
    final PaymentSettledDecoder settled =
        new PaymentSettledDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(PaymentSettledDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    assertThat(settled.reservedSequence()).isEqualTo(reservedAt);
    assertThat(settled.payloadLength()).isZero();
  }

  @Test
  void canBeSettledWithTheCustomersCreditPending() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100)));
    bank.send(bank.as(BRAVO).confirm(g -> g.creditPending((short) 1), 1));

    assertThat(bank.item(0).state()).isEqualTo(PaymentState.SETTLED_CREDIT_PENDING);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS + 100);
  }

  @Test
  void isVoidedWhenTheCreditorAgentRefusesAndTheReasonIsRelayed() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100)));
    bank.send(bank.as(BRAVO).confirm(false, AC04, 1));

    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(bank.item(0).state()).isEqualTo(PaymentState.REJECTED);
    assertThat(bank.debitsPending(ALPHA)).isZero();
    assertThat(rejected().code()).isEqualTo(Code.REJECTED_BY_CREDITOR);
    assertThat(rejected().reason()).isEqualTo(AC04);
  }

  @Test
  void expiresAtItsDeadlineByAPulse() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100).timeout(2_000)));
    assertThat(bank.engine.nextDeadlineMs()).isEqualTo(bank.nowMs + 2_000);
    bank.nowMs += 1_999;
    bank.pulse();
    assertThat(bank.events()).isEmpty();
    bank.nowMs += 1;
    bank.pulse();

    assertThat(rejected().code()).isEqualTo(Code.DEADLINE_PASSED);
    assertThat(rejected().reservedSequence()).isPositive();
    assertThat(bank.debitsPending(ALPHA)).isZero();
  }

  @Test
  void confirmationAtTheDeadlineIsLateWhetherOrNotTheTimerHasFired() {
    bank.send(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(org.civicswitch.core.protocol.Parameter.TIMERS_PER_COMMAND, 1));
    for (int i = 1; i <= 3; i++) {
      bank.send(bank.as(ALPHA).submit(Payment.of(i, ALPHA, BRAVO, 100).timeout(1_000)));
    }
    bank.nowMs += 1_000;
    // One timer a command: the first has fired by then, the third would only fire later.
    bank.send(bank.as(BRAVO).confirm(1, 3));

    assertThat(bank.itemCodes()).containsExactly(Code.CONFIRMATION_LATE, Code.CONFIRMATION_LATE);
    assertThat(bank.item(1).state()).isEqualTo(PaymentState.EXPIRED);
    assertThat(bank.engine.nextDeadlineMs()).isLessThanOrEqualTo(bank.nowMs);
    bank.pulse();
    assertThat(bank.events()).containsExactly(PaymentRejectedDecoder.TEMPLATE_ID);
    assertThat(bank.debitsPending(ALPHA)).isZero();
  }

  @Test
  void engineTimeNeverGoesBack() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100).timeout(1_000)));
    bank.nowMs += 1_000;
    bank.pulse();
    bank.nowMs -= 5_000;
    bank.pulse();

    assertThat(bank.engine.timeMs()).isEqualTo(EngineHarness.START_MS + 1_000);
  }

  @Test
  void onePhaseIsFinalAtOnceAndCarriesItsPayload() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100).onePhase()));

    assertThat(bank.item(0).state()).isEqualTo(PaymentState.SETTLED);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS + 100);
    final PaymentSettledDecoder settled =
        new PaymentSettledDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(PaymentSettledDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    assertThat(settled.payloadLength()).isEqualTo(2);
    assertThat(settled.reservedSequence()).isZero();
  }

  @Test
  void onlyTheCreditorAgentConfirms() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100)));
    bank.send(bank.as(CHARLIE).confirm(1));
    assertThat(bank.itemCode()).isEqualTo(Code.NOT_CREDITOR_AGENT);
    assertThat(bank.item(0).state()).as("a stranger learns nothing").isEqualTo(PaymentState.NONE);

    bank.send(bank.as(BRAVO).confirm(2));
    assertThat(bank.itemCode()).isEqualTo(Code.PAYMENT_UNKNOWN);
  }

  @Test
  void aFinalPaymentIsNotConfirmedAgainUnderAnotherAnswer() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100)));
    bank.send(bank.as(BRAVO).confirm(1));
    bank.send(bank.as(BRAVO).confirm(false, AC04, 1));

    assertThat(bank.itemCode()).isEqualTo(Code.DUPLICATE);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS + 100);
  }

  @Test
  void refusedSubmissionTellsBothSides() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, FUNDS + 1)));

    assertThat(bank.itemCode()).isEqualTo(Code.INSUFFICIENT_FUNDS);
    assertThat(bank.code()).as("the command itself was taken").isEqualTo(Code.OK);
    assertThat(bank.events())
        .containsExactly(PaymentRejectedDecoder.TEMPLATE_ID, CommandRefusedDecoder.TEMPLATE_ID);
    assertThat(rejected().reservedSequence()).isZero();
  }

  @Test
  void oneItemsRefusalDoesNotTouchTheOthers() {
    bank.send(
        bank.as(ALPHA)
            .submit(
                Payment.of(1, ALPHA, BRAVO, 100),
                Payment.of(2, ALPHA, 999, 100),
                Payment.of(3, ALPHA, BRAVO, 0),
                Payment.of(4, ALPHA, CHARLIE, 50)));

    assertThat(bank.itemCodes())
        .containsExactly(Code.OK, Code.CREDITOR_AGENT_UNKNOWN, Code.AMOUNT_NOT_POSITIVE, Code.OK);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(150);
  }

  @Test
  void refusalsComeInTheOrderOfTheirCodes() {
    final CommandBytes operator = bank.asOperator(EngineHarness.PLATFORM_OPERATOR);
    bank.ok(operator.setStatus(CHARLIE, ParticipantStatus.SUSPENDED));

    assertThat(submit(Payment.of(1, ALPHA, CHARLIE, 0))).isEqualTo(Code.CREDITOR_AGENT_NOT_ACTIVE);
    final Payment otherAsset = Payment.of(2, ALPHA, BRAVO, 0);
    otherAsset.asset = 840;
    assertThat(submit(otherAsset)).isEqualTo(Code.ASSET_UNKNOWN);
    assertThat(submit(Payment.of(3, ALPHA, ALPHA, 0))).isEqualTo(Code.AMOUNT_NOT_POSITIVE);
    assertThat(submit(Payment.of(4, ALPHA, ALPHA, 5))).isEqualTo(Code.SAME_AGENT);
    assertThat(submit(Payment.of(5, ALPHA, ALPHA_INDIRECT, 5)))
        .as("both on one account")
        .isEqualTo(Code.SAME_AGENT);
    assertThat(submit(Payment.of(6, BRAVO, ALPHA, 5))).isEqualTo(Code.CONNECTION_NOT_GRANTED);
    final Payment alias = Payment.of(7, ALPHA, BRAVO, FUNDS * 2);
    alias.alias = 77;
    assertThat(submit(alias)).isEqualTo(Code.INSUFFICIENT_FUNDS);
  }

  @Test
  void aSuspendedParticipantSendsNothing() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .setStatus(ALPHA, ParticipantStatus.SUSPENDED));

    assertThat(submit(Payment.of(1, ALPHA, BRAVO, 5))).isEqualTo(Code.PARTICIPANT_NOT_ACTIVE);
    bank.send(bank.as(ALPHA_INDIRECT).submit(Payment.of(2, ALPHA_INDIRECT, BRAVO, 5)));
    assertThat(bank.itemCode())
        .as("nor does who settles on it")
        .isEqualTo(Code.PARTICIPANT_NOT_ACTIVE);
  }

  @Test
  void aSuspendedParticipantStillAnswersWhatItWasOffered() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 5)));
    for (final int suspended : new int[] {ALPHA, BRAVO}) {
      bank.ok(
          bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
              .setStatus(suspended, ParticipantStatus.SUSPENDED));
    }
    bank.send(bank.as(BRAVO).confirm(1));
    assertThat(bank.itemCode()).as("it was promised before").isEqualTo(Code.OK);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS + 5);
    bank.send(bank.as(BRAVO).giveBack(2, 1, 5));
    assertThat(bank.itemCode()).as("nothing new").isEqualTo(Code.PARTICIPANT_NOT_ACTIVE);
  }

  @Test
  void whatThePayersBankAttestsMustBeItsOwnAndOfNow() {
    final Payment good = Payment.of(1, ALPHA, BRAVO, 5);
    good.verdictKind = VerdictKinds.BANK_ATTESTED;
    good.verdictIssuedMs = bank.nowMs + 60_000;
    good.verdictUntilMs = bank.nowMs + 1;
    assertThat(submit(good)).isEqualTo(Code.OK);
    final Payment over = Payment.of(2, ALPHA, BRAVO, 5);
    over.verdictKind = VerdictKinds.BANK_ATTESTED;
    over.verdictUntilMs = bank.nowMs;
    assertThat(submit(over)).isEqualTo(Code.VERDICT_EXPIRED);
    final Payment ahead = Payment.of(3, ALPHA, BRAVO, 5);
    ahead.verdictIssuedMs = bank.nowMs + 60_001;
    assertThat(submit(ahead)).isEqualTo(Code.IDENTITY_INVALID);
    final Payment standing = Payment.of(4, ALPHA, BRAVO, 5);
    standing.verdictKind = VerdictKinds.STANDING;
    assertThat(submit(standing)).isEqualTo(Code.IDENTITY_INVALID);
  }

  @Test
  void limitsPerPaymentAndNetDebitCapHold() {
    bank.ok(
        bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR)
            .setLimit(ALPHA, EngineHarness.EUR, 500, FUNDS + 200));

    assertThat(submit(Payment.of(1, ALPHA, BRAVO, FUNDS + 201))).isEqualTo(Code.AMOUNT_OVER_LIMIT);
    assertThat(submit(Payment.of(2, ALPHA, BRAVO, FUNDS + 200))).isEqualTo(Code.OK);
    assertThat(submit(Payment.of(3, ALPHA, BRAVO, 301))).isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(submit(Payment.of(4, ALPHA, BRAVO, 300))).isEqualTo(Code.OK);
  }

  @Test
  void anIndirectParticipantDrawsOnItsSettlementParticipantUnderItsOwnCap() {
    bank.send(bank.as(ALPHA_INDIRECT).submit(Payment.of(1, ALPHA_INDIRECT, BRAVO, 5_000)));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(5_000);
    bank.send(bank.as(ALPHA_INDIRECT).submit(Payment.of(2, ALPHA_INDIRECT, BRAVO, 1)));
    assertThat(bank.itemCode()).isEqualTo(Code.NET_DEBIT_CAP);
    bank.send(bank.as(BRAVO).confirm(1));
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS - 5_000);
    assertThat(bank.balance(ALPHA_INDIRECT)).isEqualTo(-5_000);
    bank.send(bank.as(BRAVO).submit(Payment.of(3, BRAVO, ALPHA_INDIRECT, 70).onePhase()));
    assertThat(bank.balance(ALPHA_INDIRECT)).isEqualTo(-4_930);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS - 4_930);
  }

  @Test
  void returnsAddUpToThePaymentAtMost() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 100)));
    bank.send(bank.as(BRAVO).giveBack(1, 1, 10));
    assertThat(bank.itemCode()).isEqualTo(Code.PAYMENT_NOT_SETTLED);
    bank.send(bank.as(BRAVO).confirm(1));
    bank.send(bank.as(BRAVO).giveBack(2, 1, 60));
    assertThat(bank.item(0).state()).isEqualTo(PaymentState.PARTLY_RETURNED);
    bank.send(bank.as(BRAVO).giveBack(3, 1, 41));
    assertThat(bank.itemCode()).isEqualTo(Code.RETURN_EXCEEDS_PAYMENT);
    bank.send(bank.as(ALPHA).giveBack(4, 1, 40));
    assertThat(bank.itemCode()).isEqualTo(Code.NOT_CREDITOR_AGENT);
    bank.send(bank.as(BRAVO).giveBack(5, 1, 40));

    assertThat(bank.item(0).state()).isEqualTo(PaymentState.RETURNED);
    final PaymentReturnedDecoder returned =
        new PaymentReturnedDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(PaymentReturnedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    assertThat(returned.debtorAgent()).isEqualTo(BRAVO);
    assertThat(returned.originalState()).isEqualTo(PaymentState.RETURNED);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS);
  }

  @Test
  void aUetrNamesOnePayment() {
    assertThat(submit(Payment.of(1, ALPHA, BRAVO, 5))).isEqualTo(Code.OK);
    final Payment other = Payment.of(2, ALPHA, BRAVO, 5);
    other.uetrLo = 1;
    assertThat(submit(other)).isEqualTo(Code.PAYMENT_EXISTS);
  }

  private Code submit(final Payment payment) {
    return bank.send(bank.as(ALPHA).submit(payment)).itemCode();
  }
}
