package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.ALPHA;
import static org.civicswitch.core.engine.EngineHarness.BRAVO;
import static org.civicswitch.core.engine.EngineHarness.CHARLIE;
import static org.civicswitch.core.engine.EngineHarness.EUR;
import static org.civicswitch.core.engine.EngineHarness.FUNDS;
import static org.civicswitch.core.engine.EngineHarness.OPERATIONS;
import static org.civicswitch.core.engine.EngineHarness.PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.EngineHarness.SECOND_PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.EngineHarness.SETTLEMENT_OPERATOR;

import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.protocol.ValueName;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private final EngineHarness bank = new EngineHarness().genesis();

  private Code send(final byte[] command) {
    return bank.send(command).code();
  }

  @Test
  void genesisEndsWithTheFirstOperator() {
    assertThat(send(bank.asHost().registerParticipant(500, 0))).isEqualTo(Code.CONNECTION_UNKNOWN);
    assertThat(send(bank.asOperator(0).registerParticipant(500, 0)))
        .isEqualTo(Code.OPERATOR_UNKNOWN);
    assertThat(send(bank.asOperator(PLATFORM_OPERATOR).registerParticipant(500, 0)))
        .isEqualTo(Code.OK);
  }

  @Test
  void furtherOperatorsAreRegisteredUntilTheFirstCommandOverAConnection() {
    assertThat(send(bank.asHost().registerOperator(7, Operators.PLATFORM))).isEqualTo(Code.OK);
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 1)));
    assertThat(send(bank.asHost().registerOperator(8, Operators.PLATFORM)))
        .isEqualTo(Code.CONNECTION_UNKNOWN);
    assertThat(send(bank.asOperator(7).registerOperator(7, Operators.PLATFORM)))
        .isEqualTo(Code.OPERATOR_EXISTS);
  }

  @Test
  void operatorsSignOnlyWhatTheirRolesAllow() {
    assertThat(send(bank.asOperator(SETTLEMENT_OPERATOR).registerParticipant(500, 0)))
        .isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    assertThat(send(bank.asOperator(77).registerParticipant(500, 0)))
        .isEqualTo(Code.OPERATOR_UNKNOWN);
    final CommandBytes ahead = bank.asOperator(PLATFORM_OPERATOR);
    ahead.seenSequence = bank.engine.sequence() + 2;
    assertThat(send(ahead.registerParticipant(500, 0))).isEqualTo(Code.PROPOSAL_STALE);
  }

  @Test
  void connectionsActOnlyForWhomAndForWhatTheyWereGranted() {
    final byte[] byBravo = bank.as(ALPHA).from(ALPHA, BRAVO).submit(Payment.of(1, ALPHA, BRAVO, 1));
    assertThat(send(byBravo)).isEqualTo(Code.CONNECTION_NOT_GRANTED);
    assertThat(send(bank.as(ALPHA).from(ALPHA, 4711).submit(Payment.of(2, ALPHA, BRAVO, 1))))
        .isEqualTo(Code.CONNECTION_UNKNOWN);
    bank.ok(
        bank.asOperator(PLATFORM_OPERATOR)
            .grant(ALPHA, ALPHA, 1L << ConfirmPaymentDecoder.TEMPLATE_ID, 0));
    assertThat(send(bank.as(ALPHA).submit(Payment.of(3, ALPHA, BRAVO, 1))))
        .isEqualTo(Code.CONNECTION_NOT_GRANTED);
    bank.send(bank.as(ALPHA).confirm(9));
    assertThat(bank.itemCode()).isEqualTo(Code.PAYMENT_UNKNOWN);
  }

  @Test
  void aSponsorMayInstructForWhomItsConnectionWasGranted() {
    bank.ok(
        bank.asOperator(PLATFORM_OPERATOR)
            .grant(BRAVO, ALPHA, 1L << SubmitPaymentDecoder.TEMPLATE_ID, 0));
    bank.send(bank.as(BRAVO).submit(Payment.of(1, ALPHA, BRAVO, 10)));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
  }

  @Test
  void settingsAreSetAllOrNone() {
    assertThat(
            send(
                bank.asOperator(PLATFORM_OPERATOR)
                    .configure(Parameter.TIMERS_PER_COMMAND, 5, Parameter.LINES_PER_STEP, 0)))
        .isEqualTo(Code.CONFIG_INVALID);
    assertThat(bank.engine.core().settings.get(Parameter.TIMERS_PER_COMMAND))
        .isEqualTo(Settings.defaultOf(Parameter.TIMERS_PER_COMMAND));
    assertThat(send(bank.asOperator(PLATFORM_OPERATOR).configure(Parameter.HASH_SEED_HI, 5)))
        .as("ids are there already")
        .isEqualTo(Code.CONFIG_INVALID);
    final EngineHarness empty = new EngineHarness();
    empty.ok(empty.asHost().configure(Parameter.HASH_SEED_HI, 5, Parameter.HASH_SEED_LO, 6));
  }

  @Test
  void everyParameterHoldsItsRange() {
    for (int p = 1; p <= Settings.count(); p++) {
      final Parameter parameter = Parameter.get(p);
      assertThat(Settings.isValid(p, Settings.defaultOf(parameter))).as("%s", parameter).isTrue();
      final long least = Settings.leastOf(parameter);
      final long most = Settings.mostOf(parameter);
      assertThat(Settings.isValid(p, least)).isTrue();
      assertThat(Settings.isValid(p, most)).isTrue();
      assertThat(least == Long.MIN_VALUE || !Settings.isValid(p, least - 1)).isTrue();
      assertThat(most == Long.MAX_VALUE || !Settings.isValid(p, most + 1)).isTrue();
    }
    assertThat(Settings.isValid(0, 1)).isFalse();
    assertThat(Settings.isValid(Settings.count() + 1, 1)).isFalse();
  }

  @Test
  void aSettlementReferenceCountsOnce() {
    assertThat(move(10, LiquidityKind.IN, 900)).isEqualTo(Code.OK);
    assertThat(move(10, LiquidityKind.IN, 900)).isEqualTo(Code.SETTLEMENT_REFERENCE_USED);
    assertThat(move(10, LiquidityKind.OUT_RESERVE, 900)).isEqualTo(Code.SETTLEMENT_REFERENCE_USED);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS + 10);
  }

  @Test
  void fundsGoOutInTwoSteps() {
    assertThat(move(FUNDS + 1, LiquidityKind.OUT_RESERVE, 900)).isEqualTo(Code.INSUFFICIENT_FUNDS);
    assertThat(move(100, LiquidityKind.OUT_RESERVE, 900)).isEqualTo(Code.OK);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(100);
    assertThat(move(99, LiquidityKind.OUT_CONFIRM, 900))
        .isEqualTo(Code.SETTLEMENT_REFERENCE_UNKNOWN);
    assertThat(move(100, LiquidityKind.OUT_CONFIRM, 900)).isEqualTo(Code.OK);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS - 100);
    assertThat(bank.events())
        .containsExactly(LiquidityMovedDecoder.TEMPLATE_ID, PositionChangedDecoder.TEMPLATE_ID);
    assertThat(move(100, LiquidityKind.OUT_CANCEL, 900)).isEqualTo(Code.SETTLEMENT_REFERENCE_USED);

    assertThat(move(100, LiquidityKind.OUT_RESERVE, 901)).isEqualTo(Code.OK);
    assertThat(move(100, LiquidityKind.OUT_CANCEL, 901)).isEqualTo(Code.OK);
    assertThat(bank.debitsPending(ALPHA)).isZero();
    assertThat(move(5, LiquidityKind.OUT_CONFIRM, 902))
        .isEqualTo(Code.SETTLEMENT_REFERENCE_UNKNOWN);
  }

  private Code move(final long amount, final LiquidityKind kind, final long reference) {
    return send(
        bank.asOperator(SETTLEMENT_OPERATOR).moveLiquidity(ALPHA, EUR, amount, kind, reference));
  }

  @Test
  void positionsAddUpToTheMirrorOfTheSettlementAccount() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 77).onePhase()));
    assertThat(send(bank.asHost().query(QueryKind.POSITION, 0, EUR, 0))).isEqualTo(Code.OK);
    assertThat(-bank.outcome().value())
        .isEqualTo(bank.balance(ALPHA) + bank.balance(BRAVO) + bank.balance(CHARLIE))
        .isEqualTo(3 * FUNDS);
    assertThat(bank.engine.audit().assets())
        .containsExactly(
            new EngineSummary.AssetTotal(EUR, "EUR", 3 * FUNDS, java.math.BigInteger.ZERO));
  }

  @Test
  void aPaymentBelongsToTheWindowInWhichItIsPosted() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 77)));
    assertThat(send(bank.asOperator(SETTLEMENT_OPERATOR).closeWindow(2)))
        .isEqualTo(Code.WINDOW_STATE);
    assertThat(send(bank.asOperator(SETTLEMENT_OPERATOR).closeWindow(1))).isEqualTo(Code.OK);
    bank.send(bank.as(BRAVO).confirm(1));
    final PaymentSettledDecoder settled =
        new PaymentSettledDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(PaymentSettledDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    assertThat(settled.window()).isEqualTo(2);
  }

  @Test
  void deliveryIsAcknowledgedForwardAndNotBeyondWhatWasOffered() {
    final long feed = bank.engine.feedSequence();
    assertThat(send(bank.as(ALPHA).acknowledge(feed + 1))).isEqualTo(Code.CURSOR_BACKWARDS);
    // The refusal itself is in the feed.
    assertThat(send(bank.as(ALPHA).acknowledge(feed))).isEqualTo(Code.OK);
    assertThat(bank.events()).hasSize(1);
    assertThat(send(bank.as(ALPHA).acknowledge(feed))).isEqualTo(Code.OK);
    assertThat(bank.events()).isEmpty();
    assertThat(send(bank.as(ALPHA).acknowledge(feed - 1))).isEqualTo(Code.CURSOR_BACKWARDS);
    assertThat(bank.outcome().value()).isEqualTo(feed);
  }

  @Test
  void queriesShowWhatOneMaySee() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 77)));
    assertThat(send(bank.as(BRAVO).query(QueryKind.PAYMENT, 0, 0, 1))).isEqualTo(Code.OK);
    assertThat(bank.value(ValueName.AMOUNT)).isEqualTo(77);
    assertThat(send(bank.as(CHARLIE).query(QueryKind.PAYMENT, 0, 0, 1)))
        .isEqualTo(Code.PAYMENT_UNKNOWN);
    assertThat(send(bank.as(BRAVO).query(QueryKind.POSITION, ALPHA, EUR, 0)))
        .isEqualTo(Code.CONNECTION_NOT_GRANTED);
    assertThat(send(bank.as(ALPHA).query(QueryKind.POSITION, ALPHA, EUR, 0))).isEqualTo(Code.OK);
    assertThat(bank.value(ValueName.DEBITS_PENDING)).isEqualTo(77);
    assertThat(send(bank.asHost().query(QueryKind.STATE_HASH, 0, 0, 0))).isEqualTo(Code.OK);
    assertThat(bank.outcome().value()).isEqualTo(bank.engine.stateHash());
  }

  @Test
  void aQuarantineCountsOnlyInThePlaceOfTheCommandAndWithTwoSignatures() {
    assertThat(quarantine(bank.engine.sequence() + 1, PLATFORM_OPERATOR))
        .isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    assertThat(quarantine(bank.engine.sequence() + 1, SETTLEMENT_OPERATOR))
        .isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    assertThat(quarantine(bank.engine.sequence(), SECOND_PLATFORM_OPERATOR))
        .isEqualTo(Code.QUARANTINE_INVALID);
    final long place = bank.engine.sequence() + 1;
    assertThat(quarantine(place, SECOND_PLATFORM_OPERATOR)).isEqualTo(Code.DEFECT);
    assertThat(bank.engine.audit().quarantined()).isEqualTo(1);
  }

  private Code quarantine(final long sequence, final int second) {
    final CommandBytes command = bank.asHost();
    command.signer = PLATFORM_OPERATOR;
    // Signed a day later, when the halt had been understood.
    command.createdMs = bank.nowMs + 86_400_000L;
    return send(command.quarantine(sequence, second));
  }

  @Test
  void numbersAreTakenOnce() {
    final CommandBytes operator = bank.asOperator(PLATFORM_OPERATOR);
    assertThat(send(operator.registerParticipant(ALPHA, 0))).isEqualTo(Code.PARTICIPANT_EXISTS);
    assertThat(send(bank.asOperator(PLATFORM_OPERATOR).registerParticipant(0, 0)))
        .isEqualTo(Code.PARTICIPANT_EXISTS);
    assertThat(send(bank.asOperator(PLATFORM_OPERATOR).registerParticipant(600, 111)))
        .as("not on somebody indirect")
        .isEqualTo(Code.PARTICIPANT_UNKNOWN);
    assertThat(send(bank.asOperator(PLATFORM_OPERATOR).registerConnection(OPERATIONS)))
        .isEqualTo(Code.CONNECTION_EXISTS);
    assertThat(send(bank.asOperator(PLATFORM_OPERATOR).defineAsset(EUR, AssetKind.CURRENCY, "EUR")))
        .isEqualTo(Code.ASSET_EXISTS);
  }
}
