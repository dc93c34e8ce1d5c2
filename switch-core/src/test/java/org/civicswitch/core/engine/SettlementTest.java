package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.SettlementHarness.ALPHA;
import static org.civicswitch.core.engine.SettlementHarness.BILATERAL;
import static org.civicswitch.core.engine.SettlementHarness.BRAVO;
import static org.civicswitch.core.engine.SettlementHarness.CHARLIE;
import static org.civicswitch.core.engine.SettlementHarness.EUR;
import static org.civicswitch.core.engine.SettlementHarness.NET;
import static org.civicswitch.core.engine.SettlementHarness.UNCOVERED;

import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowState;
import org.junit.jupiter.api.Test;

/** Deferred models: what payments add up to, and the steps of a window. */
class SettlementTest {
  private final SettlementHarness h = new SettlementHarness();
  private final EngineHarness bank = h.bank;

  @Test
  void deferredPaymentsLeavePrefundingAlone() {
    assertThat(h.pay(1, NET, BRAVO, CHARLIE, 700)).isEqualTo(Code.OK);

    assertThat(h.deferred(BRAVO)).isEqualTo(-700);
    assertThat(h.deferred(CHARLIE)).isEqualTo(700);
    assertThat(bank.balance(BRAVO)).isEqualTo(EngineHarness.FUNDS);
    assertThat(bank.balance(CHARLIE)).isEqualTo(EngineHarness.FUNDS);
    assertThat(
            new PaymentSettledDecoder()
                .wrapAndApplyHeader(
                    bank.eventOf(PaymentSettledDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder())
                .settlementModel())
        .isEqualTo(SettlementModel.DEFERRED_NET);
    assertThat(h.pay(2, 1, BRAVO, CHARLIE, 10)).as("another scheme").isEqualTo(Code.OK);
    assertThat(bank.balance(BRAVO)).isEqualTo(EngineHarness.FUNDS - 10);
    h.sound();
  }

  @Test
  void theCapNeverExceedsCollateralUnlessTheSchemeSaysSo() {
    assertThat(h.pay(1, NET, ALPHA, BRAVO, 601)).as("collateral").isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(h.pay(2, NET, BRAVO, ALPHA, 1_001)).as("cap").isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(h.pay(3, NET, CHARLIE, ALPHA, 1)).as("nothing put up").isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(h.pay(4, NET, ALPHA, BRAVO, 600)).isEqualTo(Code.OK);
    assertThat(h.pay(5, UNCOVERED, ALPHA, BRAVO, 401)).isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(h.pay(6, UNCOVERED, ALPHA, BRAVO, 400)).isEqualTo(Code.OK);
    assertThat(h.pay(7, UNCOVERED, CHARLIE, BRAVO, 1_000)).isEqualTo(Code.OK);
    assertThat(h.pay(8, BILATERAL, BRAVO, CHARLIE, 2_500))
        .as("of 2,000 to get, 1,000")
        .isEqualTo(Code.OK);
    h.sound();
  }

  @Test
  void whatIsReservedCounts() {
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 600).scheme(NET)));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(h.pay(2, NET, ALPHA, BRAVO, 1)).isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 1, LiquidityKind.OUT_RESERVE, 1)))
        .isEqualTo(Code.COLLATERAL_NEEDED);
    bank.send(bank.as(BRAVO).confirm(false, 0, 1));
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 1, LiquidityKind.OUT_RESERVE, 2)))
        .isEqualTo(Code.OK);
    assertThat(h.pay(3, NET, ALPHA, BRAVO, 600)).as("1 is to go").isEqualTo(Code.NET_DEBIT_CAP);
    assertThat(h.pay(4, NET, ALPHA, BRAVO, 599)).isEqualTo(Code.OK);
    h.sound();
  }

  @Test
  void anInstructionMayNameTheModelButNotAnother() {
    final Payment named = Payment.of(1, ALPHA, BRAVO, 1).scheme(NET).onePhase();
    named.model = SettlementModel.DEFERRED_NET_BILATERAL;
    bank.send(bank.as(ALPHA).submit(named));
    assertThat(bank.itemCode()).isEqualTo(Code.SETTLEMENT_MODEL);
    final Payment right = Payment.of(2, ALPHA, BRAVO, 1).scheme(BILATERAL).onePhase();
    right.model = SettlementModel.DEFERRED_NET_BILATERAL;
    bank.send(bank.as(ALPHA).submit(right));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    final Payment gross = Payment.of(3, ALPHA, BRAVO, 1);
    gross.model = SettlementModel.DEFERRED_NET;
    bank.send(bank.as(ALPHA).submit(gross));
    assertThat(bank.itemCode()).isEqualTo(Code.SETTLEMENT_MODEL);
    assertThat(h.pay(4, NET, EngineHarness.ALPHA_INDIRECT, BRAVO, 1))
        .as("an indirect participant has no deferred position")
        .isEqualTo(Code.ACCOUNT_UNKNOWN);
  }

  @Test
  void onlyCurrenciesWithoutRulesSettleDeferred() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .defineAsset(5, AssetKind.REGISTRY_UNIT, "UNIT"));
    assertThat(h.send(h.officer().model(1, 5, SettlementModel.DEFERRED_NET, false)))
        .isEqualTo(Code.ASSET_RULE);
    assertThat(h.send(h.officer().model(1, 6, SettlementModel.DEFERRED_NET, false)))
        .isEqualTo(Code.ASSET_UNKNOWN);
    assertThat(h.send(h.officer().model(1, 5, SettlementModel.PREFUNDED_GROSS, false)))
        .isEqualTo(Code.OK);
  }

  @Test
  void aWindowNetsEachAgainstAllAndSumsToZero() {
    h.pay(1, NET, BRAVO, CHARLIE, 700);
    h.pay(2, NET, CHARLIE, ALPHA, 300);
    h.pay(3, NET, ALPHA, BRAVO, 50);
    assertThat(h.close(1)).isEqualTo(Code.OK);
    assertThat(h.state(1)).isEqualTo(WindowState.CLOSING);
    bank.pulse();

    assertThat(h.recorded()).containsExactly("1 102 0 700 50", "1 103 0 300 700", "1 101 0 50 300");
    assertThat(h.state(1)).isEqualTo(WindowState.CLOSED);
    h.sound();
  }

  @Test
  void aBilateralWindowNetsPairs() {
    h.pay(1, BILATERAL, BRAVO, CHARLIE, 700);
    h.pay(2, BILATERAL, CHARLIE, BRAVO, 300);
    h.pay(3, BILATERAL, BRAVO, ALPHA, 50);
    h.confirmed(1);
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(h.state(1)).isEqualTo(WindowState.SETTLED);
    assertThat(h.deferred(ALPHA)).isZero();
    assertThat(h.deferred(BRAVO)).isZero();
    assertThat(h.deferred(CHARLIE)).isZero();
    h.sound();
  }

  @Test
  void aPaymentBehindTheCloseBelongsToTheNextWindowThoughNothingIsCollectedYet() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.OBLIGATIONS_PER_STEP, 1));
    bank.send(bank.as(BRAVO).submit(Payment.of(1, BRAVO, CHARLIE, 7).scheme(NET)));
    h.pay(2, NET, BRAVO, CHARLIE, 100);
    assertThat(h.close(1)).isEqualTo(Code.OK);
    // Collects of Bravo first, then the payment is posted.
    bank.send(bank.as(CHARLIE).confirm(1));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(h.recorded()).containsExactly("1 102 0 100 0");
    assertThat(h.close(2)).as("one at a time").isEqualTo(Code.CAPACITY);
    assertThat(h.recorded()).containsExactly("1 103 0 0 100");
    bank.pulse();
    assertThat(h.state(1)).isEqualTo(WindowState.CLOSED);
    h.sound();
    assertThat(h.close(2)).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(h.recorded()).containsExactly("2 102 0 7 0");
    bank.pulse();
    assertThat(h.recorded()).containsExactly("2 103 0 0 7");
  }

  @Test
  void aReturnIsOwedInTheWindowThatIsOpenThen() {
    h.pay(1, NET, BRAVO, ALPHA, 100);
    h.closeWhole(1);
    bank.send(bank.as(ALPHA).giveBack(50, 1, 100));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(h.close(2)).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(h.recorded()).containsExactly("2 102 0 0 100", "2 101 0 100 0");
    h.sound();
  }

  @Test
  void stepsComeInOrder() {
    h.pay(1, NET, BRAVO, CHARLIE, 700);
    outOfOrder(h.officer().propose(1, 77), WindowState.OPEN);
    assertThat(h.close(2)).isEqualTo(Code.WINDOW_STATE);
    assertThat(h.close(1)).isEqualTo(Code.OK);
    bank.pulse();
    outOfOrder(h.officer().confirm(1, 77), WindowState.CLOSED);
    outOfOrder(h.officer().settle(1), WindowState.CLOSED);
    outOfOrder(h.officer().declareDefault(1, EUR, BRAVO, 0), WindowState.CLOSED);
    assertThat(h.send(h.officer().propose(1, 9_001)))
        .as("counted for collateral")
        .isEqualTo(Code.SETTLEMENT_REFERENCE_USED);
    assertThat(h.send(h.officer().propose(1, 0))).isEqualTo(Code.SETTLEMENT_REFERENCE_UNKNOWN);
    assertThat(h.send(h.officer().propose(1, 77))).isEqualTo(Code.OK);
    outOfOrder(h.officer().settle(1), WindowState.PROPOSED);
    assertThat(h.send(h.officer().propose(1, 78))).as("instructed anew").isEqualTo(Code.OK);
    assertThat(h.send(h.officer().confirm(1, 77))).isEqualTo(Code.SETTLEMENT_REFERENCE_UNKNOWN);
    assertThat(h.send(h.officer().confirm(1, 78))).isEqualTo(Code.OK);
    outOfOrder(h.officer().propose(1, 79), WindowState.CONFIRMED);
    outOfOrder(h.officer().declareDefault(1, EUR, BRAVO, 0), WindowState.CONFIRMED);
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.OK);
    bank.pulse();
    outOfOrder(h.officer().settle(1), WindowState.SETTLED);
    outOfOrder(h.officer().settle(2), WindowState.OPEN);
    outOfOrder(h.officer().settle(3), WindowState.NONE);
    h.sound();
  }

  private void outOfOrder(final byte[] command, final WindowState state) {
    assertThat(h.send(command)).isEqualTo(Code.WINDOW_STATE);
    assertThat(bank.outcome().state()).isEqualTo(state.value());
  }

  @Test
  void settlingResetsThePositionsOfThatWindowAlone() {
    h.pay(1, NET, BRAVO, CHARLIE, 700);
    h.confirmed(1);
    h.pay(2, NET, CHARLIE, BRAVO, 200);
    final long outside = h.outside();
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.OK);
    bank.pulse();

    assertThat(h.deferred(BRAVO)).isEqualTo(200);
    assertThat(h.deferred(CHARLIE)).as("of the window that is open").isEqualTo(-200);
    assertThat(h.outside()).isEqualTo(outside);
    assertThat(h.pay(3, NET, CHARLIE, BRAVO, 1)).as("nothing put up").isEqualTo(Code.NET_DEBIT_CAP);
    h.sound();
  }

  @Test
  void whatAnAssetEverSettlesDeferredIsBoundedSoThatSettlingCannotOverflow() {
    bank.ok(
        bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR).setLimit(BRAVO, EUR, Long.MAX_VALUE, 0));
    bank.ok(h.officer().model(UNCOVERED, EUR, SettlementModel.DEFERRED_NET, true));
    assertThat(h.pay(1, UNCOVERED, BRAVO, ALPHA, (1L << 61) + 1)).isEqualTo(Code.AMOUNT_OVERFLOW);
    bank.send(bank.as(BRAVO).submit(Payment.of(2, BRAVO, ALPHA, (1L << 61) - 1).scheme(UNCOVERED)));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(h.pay(3, UNCOVERED, BRAVO, ALPHA, 2)).isEqualTo(Code.AMOUNT_OVERFLOW);
    bank.send(bank.as(ALPHA).confirm(false, 0, 2));
    assertThat(h.pay(4, UNCOVERED, BRAVO, ALPHA, 1L << 61)).as("void").isEqualTo(Code.OK);
    bank.send(bank.as(ALPHA).giveBack(5, 4, 1));
    assertThat(bank.itemCode()).isEqualTo(Code.AMOUNT_OVERFLOW);
    h.confirmed(1);
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(h.deferred(BRAVO)).isZero();
    h.sound();
  }

  @Test
  void aWindowWithoutObligationsIsSettledAtOnce() {
    assertThat(h.close(1)).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(h.state(1)).isEqualTo(WindowState.SETTLED);
    assertThat(bank.engine.core().settlement.windows.records().size()).isZero();
  }

  @Test
  void aRuleOfApprovalHoldsForASettlement() {
    h.pay(1, NET, BRAVO, CHARLIE, 700);
    h.confirmed(1);
    final ProposalBytes proposals = new ProposalBytes(bank.commands);
    bank.asOperator(EngineHarness.PLATFORM_OPERATOR);
    bank.ok(proposals.rule(SettleWindowDecoder.TEMPLATE_ID, 0, 0, 1, Operators.PLATFORM));
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.APPROVAL_NEEDED);
    assertThat(h.state(1)).isEqualTo(WindowState.CONFIRMED);
  }

  @Test
  void aStartInTheMiddleOfACloseAndOfASettlementGoesOn() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.OBLIGATIONS_PER_STEP, 1));
    h.pay(1, NET, BRAVO, CHARLIE, 700);
    h.pay(2, BILATERAL, BRAVO, CHARLIE, 100);
    assertThat(h.close(1)).isEqualTo(Code.OK);
    bank.pulse();
    final SettlementHarness later = restored();
    h.pay(3, NET, CHARLIE, ALPHA, 60);
    later.pay(3, NET, CHARLIE, ALPHA, 60);
    for (int i = 0; i < 4; i++) {
      bank.pulse();
      later.bank.pulse();
    }
    assertThat(later.state(1)).isEqualTo(WindowState.CLOSED);
    later.sound();
    assertThat(later.bank.engine.stateHash()).isEqualTo(bank.engine.stateHash());

    assertThat(h.send(h.officer().propose(1, 1))).isEqualTo(Code.OK);
    assertThat(h.send(h.officer().declareDefault(1, EUR, BRAVO, 0))).isEqualTo(Code.OK);
    assertThat(h.send(h.officer().confirm(1, 1))).isEqualTo(Code.OK);
    assertThat(h.send(h.officer().settle(1))).isEqualTo(Code.OK);
    bank.pulse();
    final SettlementHarness last = restored();
    for (int i = 0; i < 4; i++) {
      last.bank.pulse();
    }
    assertThat(last.state(1)).isEqualTo(WindowState.SETTLED);
    last.sound();
    assertThat(last.deferred(BRAVO)).isZero();
  }

  private SettlementHarness restored() {
    final LongsSnapshot snapshot = new LongsSnapshot();
    try (Engine.Image image = bank.engine.freeze()) {
      image.writeTo(snapshot);
    }
    final SwitchEngine engine = new SwitchEngine(new AnySignature());
    engine.load(snapshot);
    final EngineHarness other = new EngineHarness(engine);
    other.nowMs = bank.nowMs;
    other.keysFrom(bank);
    final SettlementHarness restored = new SettlementHarness(other);
    restored.sound();
    return restored;
  }
}
