package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.SettlementHarness.ALPHA;
import static org.civicswitch.core.engine.SettlementHarness.BILATERAL;
import static org.civicswitch.core.engine.SettlementHarness.BRAVO;
import static org.civicswitch.core.engine.SettlementHarness.CHARLIE;
import static org.civicswitch.core.engine.SettlementHarness.EUR;
import static org.civicswitch.core.engine.SettlementHarness.NET;
import static org.civicswitch.core.engine.SettlementHarness.UNCOVERED;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ParticipantDefaultedDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.WindowState;
import org.junit.jupiter.api.Test;

/** Who cannot pay, what pays for it, and collateral. */
class DefaultTest {
  private final SettlementHarness h = new SettlementHarness();
  private final EngineHarness bank = h.bank;

  /** Alpha owes 937 and has put up 600; Bravo owes 63; Charlie is to get 1,000. */
  private void owe() {
    h.pay(1, UNCOVERED, ALPHA, CHARLIE, 937);
    h.pay(2, NET, BRAVO, CHARLIE, 63);
    h.closeWhole(1);
    assertThat(h.send(h.officer().propose(1, 1))).isEqualTo(Code.OK);
  }

  @Test
  void collateralPaysFirstThenTheDefaultFundToTheCent() {
    owe();
    final long outside = h.outside();
    assertThat(h.send(h.officer().declareDefault(1, EUR, ALPHA, 0))).isEqualTo(Code.OK);
    final ParticipantDefaultedDecoder said =
        new ParticipantDefaultedDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(ParticipantDefaultedDecoder.TEMPLATE_ID),
                0,
                new MessageHeaderDecoder());
    assertThat(said.shortfall()).isEqualTo(937);
    assertThat(said.fromCollateral()).isEqualTo(600);
    assertThat(said.fromFund()).isEqualTo(337);
    assertThat(h.collateral(ALPHA)).as("reserved, not gone").isEqualTo(600);
    h.sound();

    assertThat(h.pay(3, 1, ALPHA, BRAVO, 1)).isEqualTo(Code.PARTICIPANT_NOT_ACTIVE);
    assertThat(h.send(h.officer().declareDefault(1, EUR, ALPHA, 0)))
        .as("covered already")
        .isEqualTo(Code.OBLIGATION_UNKNOWN);
    assertThat(h.send(h.officer().declareDefault(1, EUR, CHARLIE, 0)))
        .as("owes nothing")
        .isEqualTo(Code.OBLIGATION_UNKNOWN);
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 1, LiquidityKind.OUT_RESERVE, 5)))
        .isEqualTo(Code.INSUFFICIENT_FUNDS);

    assertThat(h.send(h.officer().confirm(1, 1))).isEqualTo(Code.OK);
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(h.state(1)).isEqualTo(WindowState.SETTLED);
    assertThat(h.collateral(ALPHA)).isZero();
    assertThat(h.fund()).isEqualTo(500 - 337);
    assertThat(h.outside()).as("went to those it was owed to").isEqualTo(outside - 937);
    assertThat(h.deferred(ALPHA)).isZero();
    assertThat(h.deferred(BRAVO)).isZero();
    assertThat(h.deferred(CHARLIE)).isZero();
    final Core core = bank.engine.core();
    assertThat(core.book.state(core.book.find(CommandBytes.Payment.UETR_HI, 1)))
        .as("payments are never unwound")
        .isEqualTo(PaymentState.SETTLED);
    h.sound();
  }

  @Test
  void aFundThatIsShortRefusesUntilThereIsEnough() {
    h.pay(1, UNCOVERED, CHARLIE, BRAVO, 501);
    h.closeWhole(1);
    h.send(h.officer().propose(1, 1));
    assertThat(h.send(h.officer().declareDefault(1, EUR, CHARLIE, 0)))
        .isEqualTo(Code.DEFAULT_FUND_SHORT);
    assertThat(h.send(h.officer().collateral(0, EUR, 1, LiquidityKind.IN, 5))).isEqualTo(Code.OK);
    assertThat(h.send(h.officer().declareDefault(1, EUR, CHARLIE, 0))).isEqualTo(Code.OK);
    assertThat(h.send(h.officer().collateral(0, EUR, 1, LiquidityKind.OUT_RESERVE, 6)))
        .as("all of it is reserved")
        .isEqualTo(Code.INSUFFICIENT_FUNDS);
    h.sound();
  }

  @Test
  void ofAPairTheOneThatOwesIsNamed() {
    h.pay(1, BILATERAL, BRAVO, ALPHA, 100);
    h.closeWhole(1);
    h.send(h.officer().propose(1, 1));
    assertThat(h.send(h.officer().declareDefault(1, EUR, ALPHA, BRAVO)))
        .isEqualTo(Code.OBLIGATION_UNKNOWN);
    assertThat(h.send(h.officer().declareDefault(1, EUR, BRAVO, 0)))
        .isEqualTo(Code.OBLIGATION_UNKNOWN);
    assertThat(h.send(h.officer().declareDefault(1, EUR, BRAVO, 999)))
        .isEqualTo(Code.OBLIGATION_UNKNOWN);
    assertThat(h.send(h.officer().declareDefault(1, EUR, 999, 0)))
        .isEqualTo(Code.PARTICIPANT_UNKNOWN);
    assertThat(h.send(h.officer().declareDefault(1, EUR, BRAVO, ALPHA))).isEqualTo(Code.OK);
    h.send(h.officer().confirm(1, 1));
    h.send(h.officer().settle(1));
    bank.pulse();
    assertThat(h.collateral(BRAVO)).isEqualTo(1_900);
    assertThat(h.deferred(BRAVO)).isZero();
    assertThat(h.deferred(ALPHA)).isZero();
    h.sound();
  }

  @Test
  void collateralMovesUnderReferencesThatCountOnce() {
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 1, LiquidityKind.IN, 9_001)))
        .isEqualTo(Code.SETTLEMENT_REFERENCE_USED);
    assertThat(h.send(h.officer().collateral(CHARLIE, EUR, 1, LiquidityKind.OUT_RESERVE, 5)))
        .isEqualTo(Code.ACCOUNT_UNKNOWN);
    assertThat(h.send(h.officer().collateral(CHARLIE, EUR, 0, LiquidityKind.IN, 5)))
        .isEqualTo(Code.AMOUNT_NOT_POSITIVE);
    assertThat(h.send(h.officer().collateral(CHARLIE, EUR, 5, LiquidityKind.IN, 9_001)))
        .isEqualTo(Code.SETTLEMENT_REFERENCE_USED);
    assertThat(
            h.send(
                h.officer().collateral(EngineHarness.ALPHA_INDIRECT, EUR, 5, LiquidityKind.IN, 5)))
        .isEqualTo(Code.ACCOUNT_UNKNOWN);
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 600, LiquidityKind.OUT_RESERVE, 5)))
        .isEqualTo(Code.OK);
    assertThat(
            h.send(
                bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR)
                    .moveLiquidity(ALPHA, EUR, 600, LiquidityKind.OUT_CONFIRM, 5)))
        .as("reserved of collateral, not of liquidity")
        .isEqualTo(Code.SETTLEMENT_REFERENCE_UNKNOWN);
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 600, LiquidityKind.OUT_CONFIRM, 5)))
        .isEqualTo(Code.OK);
    assertThat(h.collateral(ALPHA)).isZero();
    h.sound();
  }
}
