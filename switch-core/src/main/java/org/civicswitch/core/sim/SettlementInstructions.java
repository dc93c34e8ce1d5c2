package org.civicswitch.core.sim;

import org.civicswitch.core.protocol.ConfirmSettlementEncoder;
import org.civicswitch.core.protocol.DeclareDefaultEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MoveCollateralEncoder;
import org.civicswitch.core.protocol.ProposeSettlementEncoder;
import org.civicswitch.core.protocol.SetSettlementModelEncoder;
import org.civicswitch.core.protocol.SettleWindowEncoder;
import org.civicswitch.core.protocol.SettlementModel;

/** Encodes what settlement officers say. */
final class SettlementInstructions {
  private final SimWriter out;

  SettlementInstructions(final SimWriter out) {
    this.out = out;
  }

  Instruction model(
      final int scheme, final int asset, final SettlementModel model, final boolean uncovered) {
    final SetSettlementModelEncoder encoder =
        new SetSettlementModelEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.asset(asset).scheme(scheme).settlementModel(model);
    return out.done(encoder.uncovered((short) (uncovered ? 1 : 0)).encodedLength());
  }

  Instruction collateral(
      final int participant,
      final int asset,
      final long amount,
      final LiquidityKind kind,
      final Instruction.Id reference) {
    final MoveCollateralEncoder encoder =
        new MoveCollateralEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.target(participant).asset(asset).amount(amount).liquidityKind(kind);
    encoder.reference().hi(reference.hi()).lo(reference.lo());
    return out.done(encoder.putEvidence(new byte[0], 0, 0).encodedLength());
  }

  Instruction propose(final int window, final Instruction.Id reference) {
    final ProposeSettlementEncoder encoder =
        new ProposeSettlementEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.window(window).reserved(0).reference().hi(reference.hi()).lo(reference.lo());
    return out.done(encoder.encodedLength());
  }

  Instruction confirm(final int window, final Instruction.Id reference) {
    final ConfirmSettlementEncoder encoder =
        new ConfirmSettlementEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.window(window).reserved(0).reference().hi(reference.hi()).lo(reference.lo());
    return out.done(encoder.putEvidence(new byte[0], 0, 0).encodedLength());
  }

  Instruction settle(final int window) {
    final SettleWindowEncoder encoder =
        new SettleWindowEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    return out.done(encoder.window(window).encodedLength());
  }

  Instruction declareDefault(
      final int window, final int asset, final int participant, final int counterparty) {
    final DeclareDefaultEncoder encoder =
        new DeclareDefaultEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.window(window).asset(asset).target(participant).counterparty(counterparty);
    return out.done(encoder.encodedLength());
  }
}
