package org.civicswitch.core.sim;

import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.CollateralMovedDecoder;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.DeclareDefaultDecoder;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.IdDecoder;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.ParticipantDefaultedDecoder;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;
import org.civicswitch.core.protocol.SettlementModelChangedDecoder;
import org.civicswitch.core.protocol.WindowChangedDecoder;
import org.civicswitch.core.protocol.WindowState;

/**
 * The oracle's part on what people ordered: money, limits, models and windows move only as a
 * command says, whether it was carried out alone, approved or behind glass, and to the last field.
 */
final class SimOrders {
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private DirectBuffer order;

  /**
   * @param ordered the command that is carried out, or null if nobody ordered what happens
   */
  void begin(final DirectBuffer ordered) {
    order = ordered;
  }

  private boolean is(final int template) {
    return order != null && header.wrap(order, 0).templateId() == template;
  }

  private static void ordered(final boolean held, final Supplier<String> what) {
    SimFailure.unless(held, () -> what.get() + " was not ordered like that");
  }

  private static boolean same(final IdDecoder one, final IdDecoder other) {
    return one.hi() == other.hi() && one.lo() == other.lo();
  }

  void liquidity(final LiquidityMovedDecoder event) {
    final Supplier<String> what = () -> "liquidity of " + event.participant();
    if (is(FundProgrammeDecoder.TEMPLATE_ID)) {
      final FundProgrammeDecoder fund =
          new FundProgrammeDecoder().wrapAndApplyHeader(order, 0, header);
      ordered(event.amount() == fund.cash() && same(event.reference(), fund.reference()), what);
      return;
    }
    ordered(is(MoveLiquidityDecoder.TEMPLATE_ID), what);
    final MoveLiquidityDecoder move =
        new MoveLiquidityDecoder().wrapAndApplyHeader(order, 0, header);
    ordered(
        event.participant() == move.target()
            && event.asset() == move.asset()
            && event.amount() == move.amount()
            && event.liquidityKind() == move.liquidityKind()
            && same(event.reference(), move.reference()),
        what);
  }

  void collateral(final CollateralMovedDecoder event) {
    final Supplier<String> what = () -> "collateral of " + event.participant();
    ordered(is(MoveCollateralDecoder.TEMPLATE_ID), what);
    final MoveCollateralDecoder move =
        new MoveCollateralDecoder().wrapAndApplyHeader(order, 0, header);
    ordered(
        event.participant() == move.target()
            && event.asset() == move.asset()
            && event.amount() == move.amount()
            && event.liquidityKind() == move.liquidityKind()
            && same(event.reference(), move.reference()),
        what);
  }

  /** A position's limits are others than before. */
  void limits(final PositionChangedDecoder event) {
    final Supplier<String> what = () -> "limit of " + event.participant();
    ordered(is(SetParticipantLimitDecoder.TEMPLATE_ID), what);
    final SetParticipantLimitDecoder limit =
        new SetParticipantLimitDecoder().wrapAndApplyHeader(order, 0, header);
    ordered(
        event.participant() == limit.target()
            && event.asset() == limit.asset()
            && event.netDebitCap() == limit.netDebitCap()
            && (event.paymentMax() == limit.paymentMax() || limit.paymentMax() == 0),
        what);
  }

  void model(final SettlementModelChangedDecoder event) {
    final Supplier<String> what = () -> "model of scheme " + event.scheme();
    ordered(is(SetSettlementModelDecoder.TEMPLATE_ID), what);
    final SetSettlementModelDecoder set =
        new SetSettlementModelDecoder().wrapAndApplyHeader(order, 0, header);
    ordered(
        event.scheme() == set.scheme()
            && event.asset() == set.asset()
            && event.settlementModel() == set.settlementModel()
            && event.uncovered() == set.uncovered(),
        what);
  }

  /** Steps that the switch takes by itself need no order. */
  void window(final WindowChangedDecoder event) {
    final Supplier<String> what = () -> "window " + event.window() + " " + event.state();
    if (event.state() == WindowState.PROPOSED) {
      ordered(is(ProposeSettlementDecoder.TEMPLATE_ID), what);
      final ProposeSettlementDecoder propose =
          new ProposeSettlementDecoder().wrapAndApplyHeader(order, 0, header);
      ordered(
          event.window() == propose.window() && same(event.reference(), propose.reference()), what);
    } else if (event.state() == WindowState.CONFIRMED) {
      ordered(is(ConfirmSettlementDecoder.TEMPLATE_ID), what);
      final ConfirmSettlementDecoder confirm =
          new ConfirmSettlementDecoder().wrapAndApplyHeader(order, 0, header);
      ordered(
          event.window() == confirm.window() && same(event.reference(), confirm.reference()), what);
    } else if (event.state() == WindowState.SETTLING) {
      ordered(
          is(SettleWindowDecoder.TEMPLATE_ID)
              && new SettleWindowDecoder().wrapAndApplyHeader(order, 0, header).window()
                  == event.window(),
          what);
    }
  }

  void defaulted(final ParticipantDefaultedDecoder event) {
    final Supplier<String> what = () -> "default of " + event.participant();
    ordered(is(DeclareDefaultDecoder.TEMPLATE_ID), what);
    final DeclareDefaultDecoder declare =
        new DeclareDefaultDecoder().wrapAndApplyHeader(order, 0, header);
    ordered(
        event.window() == declare.window()
            && event.asset() == declare.asset()
            && event.participant() == declare.target()
            && event.counterparty() == declare.counterparty(),
        what);
  }
}
