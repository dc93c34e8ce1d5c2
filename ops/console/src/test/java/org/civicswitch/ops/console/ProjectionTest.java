package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.core.protocol.VoucherState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private static final int KES = 1;
  private static final int FOOD = 2;
  private static final Id128 NONE = Events.NO_ENVELOPE;
  private static final Id128 RUN = new Id128(7, 7);

  private final SyntheticFeed feed = new SyntheticFeed();
  private final Events events = new Events(feed);
  private Projection projection = new Projection(100);
  private FeedReader reader;

  @BeforeEach
  void twoBanks() {
    reader = feed.feedFrom(1);
    events.command(1_000).asset(KES, AssetKind.CURRENCY, 2, 0, "KES");
    events.command(1_000).asset(FOOD, AssetKind.VOUCHER, 2, KES, "FOOD");
    events.command(1_000).participant(1, 0, "ALFAKENX", "Alfa");
    events.command(1_000).participant(2, 0, "BETAKENX", "Beta");
    for (int p = 1; p <= 2; p++) {
      events
          .command(1_000)
          .liquidity(p, KES, 10_000, LiquidityKind.IN)
          .position(p, KES, 2_000, 0, 10_000, 0, 0);
    }
    read();
  }

  @Test
  void aReservationTakesHeadroomAndSettlingMovesTheMoney() {
    events.command(2_000).reserved(uetr(1), 1, 2, KES, 3_000, NONE, 0);
    read();
    assertThat(at(1).available()).isEqualTo(7_000);
    assertThat(at(1).reserved()).isEqualTo(3_000);
    assertThat(at(1).headroom()).isEqualTo(9_000);
    assertThat(at(2).posted()).isEqualTo(10_000);
    assertHolds();

    events.command(2_040).settled(uetr(1), 1, 2, KES, 3_000, NONE, 0, events.sequence() - 1);
    read();
    assertThat(at(1).posted()).isEqualTo(7_000);
    assertThat(at(1).reserved()).isZero();
    assertThat(at(2).posted()).isEqualTo(13_000);
    assertThat(at(2).creditsPending).isZero();
    assertThat(way(1).state).isEqualTo(PaymentState.SETTLED);
    assertThat(way(1).lifeMs()).isEqualTo(40);
    assertHolds();
  }

  @Test
  void aRefusedAnswerAndASilentOneGiveTheMoneyBack() {
    events.command(2_000).reserved(uetr(1), 1, 2, KES, 3_000, NONE, 0);
    events.command(2_000).reserved(uetr(2), 1, 2, KES, 4_000, NONE, 0);
    events
        .command(2_100)
        .rejected(uetr(1), 1, 2, KES, 3_000, NONE, 0, Code.REJECTED_BY_CREDITOR, "AC04", 7);
    events
        .command(12_000)
        .rejected(uetr(2), 1, 2, KES, 4_000, NONE, 0, Code.DEADLINE_PASSED, "", 8);
    read();
    assertThat(at(1).available()).isEqualTo(10_000);
    assertThat(way(1).state).isEqualTo(PaymentState.REJECTED);
    assertThat(way(1).steps().get(1).reason()).isEqualTo("AC04");
    assertThat(way(2).state).isEqualTo(PaymentState.EXPIRED);
    assertHolds();
  }

  @Test
  void aPaymentRefusedAtSubmissionMovesNothing() {
    events.command(2_000).rejected(uetr(1), 1, 2, KES, 99_000, NONE, 0, Code.NET_DEBIT_CAP, "", 0);
    read();
    assertThat(at(1).available()).isEqualTo(10_000);
    assertThat(way(1).state).isEqualTo(PaymentState.REJECTED);
    assertHolds();
  }

  @Test
  void aSecondSubmissionOfTheSameUetrLeavesThePaymentAsItIs() {
    events.command(2_000).reserved(uetr(1), 1, 2, KES, 3_000, NONE, 0);
    events.command(2_001).rejected(uetr(1), 2, 1, KES, 5, NONE, 0, Code.ASSET_RULE, "", 0);
    read();
    assertThat(way(1).state).isEqualTo(PaymentState.RESERVED);
    assertThat(way(1).amount).isEqualTo(3_000);
    assertThat(way(1).steps()).hasSize(2);
    assertThat(at(1).reserved()).isEqualTo(3_000);
  }

  @Test
  void aOnePhasePaymentPostsAtOnce() {
    events.command(2_000).settled(uetr(1), 1, 2, KES, 2_500, NONE, 0, 0);
    read();
    assertThat(at(1).posted()).isEqualTo(7_500);
    assertThat(at(1).reserved()).isZero();
    assertHolds();
  }

  @Test
  void aReturnIsAPaymentOfItsOwnAndIsToldToTheFirst() {
    events.command(2_000).settled(uetr(1), 1, 2, KES, 2_500, NONE, 0, 0);
    events
        .command(3_000)
        .returned(uetr(1), uetr(2), 2, 1, KES, 500, PaymentState.PARTLY_RETURNED, NONE);
    read();
    assertThat(at(1).posted()).isEqualTo(8_000);
    assertThat(at(2).posted()).isEqualTo(12_000);
    assertThat(way(1).state).isEqualTo(PaymentState.PARTLY_RETURNED);
    assertThat(way(1).returned).isEqualTo(500);
    assertThat(way(2).returns).isEqualTo(uetr(1));
    assertHolds();
  }

  @Test
  void anIndirectParticipantDrawsOnItsSponsorAndIsCountedBeside() {
    events.command(1_500).participant(3, 1, "GAMAKENX", "Gamma");
    events.command(1_500).position(3, KES, 1_000, 0, 0, 0, 0);
    events.command(2_000).reserved(uetr(1), 3, 2, KES, 600, NONE, 0);
    read();
    assertThat(at(1).reserved()).isEqualTo(600);
    assertThat(at(3).headroom()).isEqualTo(400);
    assertHolds();
    events.command(2_010).settled(uetr(1), 3, 2, KES, 600, NONE, 0, events.sequence() - 1);
    read();
    assertThat(at(1).posted()).isEqualTo(9_400);
    assertThat(at(3).posted()).isEqualTo(-600);
    assertHolds();
  }

  @Test
  void liquidityLeavesTheSettlementAccountWhenItIsConfirmedOnly() {
    events
        .command(2_000)
        .liquidity(1, KES, 4_000, LiquidityKind.OUT_RESERVE)
        .position(1, KES, 2_000, 0, 10_000, 4_000, 0);
    read();
    assertHolds();
    assertThat(at(1).available()).isEqualTo(6_000);
    events
        .command(2_100)
        .liquidity(1, KES, 4_000, LiquidityKind.OUT_CONFIRM)
        .position(1, KES, 2_000, 4_000, 10_000, 0, 0);
    read();
    assertHolds();
    assertThat(funds().settlementAccount()).isEqualTo(16_000);
  }

  @Test
  void whoOnlyOperatesTheSwitchIsNotCountedAmongThosePaying() {
    events.command(2_000).participant(9, 9, "OPER", "Operations");
    read();
    assertThat(RateViews.figures(projection, 2_000).participants()).isEqualTo(2);
  }

  @Test
  void anEnvelopeThatWasGivenUpWaitsForNothing() {
    events.command(2_000).envelope(RUN, 1, EnvelopeState.CANCELLED, 2, 2_000, 0, 0, 0, 0, 1);
    read();
    final Views.Envelope run = BenefitViews.envelope(projection, RUN, 2_000);
    assertThat(run.held()).isZero();
    assertThat(run.eta()).isEmpty();
  }

  @Test
  void aLineIsPaidFromProgrammeCash() {
    events.command(2_000).programme(1, 1, KES, 9, 50_000, 50_000, 0, 0);
    events.command(2_000).envelope(RUN, 1, EnvelopeState.RELEASED, 2, 2_000, 0, 0, 0, 0, 0);
    events
        .command(2_100)
        .reserved(uetr(1), 1, 2, KES, 1_000, RUN, 1)
        .reserved(uetr(2), 1, 2, KES, 1_000, RUN, 2);
    read();
    assertHolds();
    assertThat(at(1).reserved()).isZero();
    assertThat(funds().programmeCash()).isEqualTo(48_000);
    assertThat(funds().settlementAccount()).isEqualTo(70_000);
    events
        .command(2_200)
        .settled(uetr(1), 1, 2, KES, 1_000, RUN, 1, events.sequence())
        .rejected(uetr(2), 1, 2, KES, 1_000, RUN, 2, Code.REJECTED_BY_CREDITOR, "AC06", 1)
        .envelope(RUN, 1, EnvelopeState.CLOSED, 2, 2_000, 2, 1, 1_000, 1, 0)
        .programme(1, 1, KES, 9, 49_000, 49_000, 1_000, 0);
    read();
    assertHolds();
    assertThat(at(2).posted()).isEqualTo(11_000);
    final Views.Envelope run = BenefitViews.envelope(projection, RUN, 2_300);
    assertThat(run.percent()).isEqualTo(100);
    assertThat(run.reasons()).containsExactly(new Views.Reason("REJECTED_BY_CREDITOR AC06", 1));

    // A return comes back to the programme also after the cycle was closed.
    events.command(2_500).cycleClosed(1);
    read();
    assertHolds();
    assertThat(projection.asOf().logSequence()).isEqualTo(events.sequence());
    events
        .command(3_000)
        .returned(uetr(1), uetr(3), 2, 1, KES, 1_000, PaymentState.RETURNED, RUN)
        .programme(1, 1, KES, 9, 50_000, 50_000, 0, 0);
    read();
    assertHolds();
    assertThat(at(2).posted()).isEqualTo(10_000);
  }

  @Test
  void programmeCashThatEntersIsCountedOnceHoweverItIsTold() {
    events.command(2_000).programme(1, 1, KES, 9, 7_000, 0, 0, 0);
    read();
    assertThat(funds().settlementAccount()).isEqualTo(27_000);
    events
        .command(2_100)
        .liquidity(1, KES, 1_000, LiquidityKind.IN)
        .programme(1, 1, KES, 9, 8_000, 0, 0, 0);
    read();
    assertThat(funds().settlementAccount()).isEqualTo(28_000);
    assertHolds();
  }

  @Test
  void aVoucherMovesItsReserveToTheMerchantsBank() {
    final Id128 voucher = new Id128(4, 4);
    events.command(2_000).programme(1, 1, KES, 9, 7_000, 7_000, 0, 0);
    events
        .command(2_100)
        .voucher(voucher, 1, FOOD, VoucherState.ACTIVE, 3_000, 3_000)
        .programme(1, 1, KES, 9, 4_000, 4_000, 3_000, 3_000);
    read();
    assertHolds();
    events.command(2_200).redeemed(voucher, 2, FOOD, 1_200, 1_800);
    read();
    assertHolds();
    assertThat(at(2).posted()).isEqualTo(11_200);
    assertThat(projection.vouchers.newest(1).get(0).left()).isEqualTo(1_800);
    assertThat(projection.vouchers.newest(1).get(0).state()).isEqualTo(VoucherState.PARTLY_SPENT);
  }

  @Test
  void moneyFromNowhereBreaksTheProof() {
    events.command(2_000).position(1, KES, 2_000, 0, 10_001, 0, 0);
    read();
    assertThat(projection.proof().holds()).isFalse();
    assertThat(funds().difference()).isEqualTo(1);
  }

  @Test
  void programmeCashThatPaymentsDoNotExplainBreaksTheProof() {
    events.command(2_000).programme(1, 1, KES, 9, 7_000, 7_000, 0, 0);
    events
        .command(2_100)
        .settled(uetr(1), 1, 2, KES, 10, NONE, 0, 0)
        .programme(1, 1, KES, 9, 7_500, 7_000, 0, 0);
    read();
    assertThat(funds().difference()).isEqualTo(500);
  }

  @Test
  void aCorrectionTakesAPersonOffTheListOfThoseHeld() {
    events.command(2_000).lifeEvent(5, LifeEventKind.DEATH, 3);
    events.command(2_000).subject(5, SubjectStatus.DECEASED);
    events.command(2_000).subject(6, SubjectStatus.IDENTITY_CONTESTED);
    read();
    assertThat(projection.subjects.count()).isEqualTo(2);
    final Views.Held held = BenefitViews.held(projection).get(1);
    assertThat(held.status()).isEqualTo("Deceased");
    assertThat(held.notice()).isEqualTo("Registry: death");
    assertThat(held.lines()).isEqualTo(3);
    events.command(3_000).lifeEvent(5, LifeEventKind.DEATH_REVERSAL, 3);
    read();
    assertThat(projection.subjects.count()).isEqualTo(1);
  }

  @Test
  void theEldestPaymentIsForgottenFirst() {
    for (int i = 1; i <= 101; i++) {
      events.command(2_000 + i).reserved(uetr(i), 1, 2, KES, 1, NONE, 0);
    }
    events.command(9_000).settled(uetr(1), 1, 2, KES, 1, NONE, 0, 1);
    read();
    assertThat(projection.payments.size()).isEqualTo(100);
    assertThat(projection.payments.seen()).isEqualTo(102);
    assertThat(at(1).reserved()).as("forgotten payments still count").isEqualTo(100);
    assertHolds();
  }

  @Test
  void refusalsAreCountedByCode() {
    events.command(2_000).refused(Code.DUPLICATE);
    events.command(2_000).refused(Code.DUPLICATE);
    read();
    assertThat(projection.refusals).containsEntry(Code.DUPLICATE, 2L);
  }

  private void read() {
    reader.poll(projection::apply, Integer.MAX_VALUE);
    projection.prove();
  }

  private void assertHolds() {
    assertThat(projection.proof().funds()).isNotEmpty().allMatch(FundsProof.Funds::holds);
  }

  private FundsProof.Funds funds() {
    return projection.proof().funds().get(0);
  }

  private Positions.Position at(final int participant) {
    return projection.positions.at(participant, KES);
  }

  private PaymentWay way(final int number) {
    return projection.payments.get(uetr(number));
  }

  private static Id128 uetr(final int number) {
    return new Id128(0xFEED, number);
  }
}
