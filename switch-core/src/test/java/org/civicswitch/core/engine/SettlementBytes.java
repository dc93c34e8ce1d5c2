package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.ConfirmSettlementEncoder;
import org.civicswitch.core.protocol.DeclareDefaultEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MoveCollateralEncoder;
import org.civicswitch.core.protocol.ProposeSettlementEncoder;
import org.civicswitch.core.protocol.SetSettlementModelEncoder;
import org.civicswitch.core.protocol.SettleWindowEncoder;
import org.civicswitch.core.protocol.SettlementModel;

/** Encodes commands about settlement; who sends is set in {@link CommandBytes}. */
final class SettlementBytes {
  private final CommandBytes by;

  SettlementBytes(final CommandBytes by) {
    this.by = by;
  }

  byte[] model(
      final int scheme, final int asset, final SettlementModel model, final boolean uncovered) {
    final SetSettlementModelEncoder e =
        new SetSettlementModelEncoder().wrapAndApplyHeader(by.buffer, 0, by.header);
    by.head(e.head());
    by.signed(e.signedBy());
    e.asset(asset).scheme(scheme).settlementModel(model).uncovered((short) (uncovered ? 1 : 0));
    return by.bytes(e.encodedLength());
  }

  /** target 0: the default fund. */
  byte[] collateral(
      final int target,
      final int asset,
      final long amount,
      final LiquidityKind kind,
      final long reference) {
    final MoveCollateralEncoder e =
        new MoveCollateralEncoder().wrapAndApplyHeader(by.buffer, 0, by.header);
    by.head(e.head());
    by.signed(e.signedBy());
    e.target(target).asset(asset).amount(amount).liquidityKind(kind).reference().lo(reference);
    e.putEvidence(new byte[] {1}, 0, 1);
    return by.bytes(e.encodedLength());
  }

  byte[] propose(final int window, final long reference) {
    final ProposeSettlementEncoder e =
        new ProposeSettlementEncoder().wrapAndApplyHeader(by.buffer, 0, by.header);
    by.head(e.head());
    by.signed(e.signedBy());
    e.window(window).reference().lo(reference);
    return by.bytes(e.encodedLength());
  }

  byte[] confirm(final int window, final long reference) {
    final ConfirmSettlementEncoder e =
        new ConfirmSettlementEncoder().wrapAndApplyHeader(by.buffer, 0, by.header);
    by.head(e.head());
    by.signed(e.signedBy());
    e.window(window).reference().lo(reference);
    e.putEvidence(new byte[] {2}, 0, 1);
    return by.bytes(e.encodedLength());
  }

  byte[] settle(final int window) {
    final SettleWindowEncoder e =
        new SettleWindowEncoder().wrapAndApplyHeader(by.buffer, 0, by.header);
    by.head(e.head());
    by.signed(e.signedBy());
    return by.bytes(e.window(window).encodedLength());
  }

  byte[] declareDefault(
      final int window, final int asset, final int target, final int counterparty) {
    final DeclareDefaultEncoder e =
        new DeclareDefaultEncoder().wrapAndApplyHeader(by.buffer, 0, by.header);
    by.head(e.head());
    by.signed(e.signedBy());
    e.window(window).asset(asset).target(target).counterparty(counterparty);
    return by.bytes(e.encodedLength());
  }
}
