package org.civicswitch.core.sim;

import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.core.protocol.ActivateVersionEncoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.ChangeOperatorEncoder;
import org.civicswitch.core.protocol.CloseWindowEncoder;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.QuarantineEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.RolesEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;

/** Encodes what operators and the host itself say. */
final class PlatformInstructions {
  private final SimWriter out;

  PlatformInstructions(final SimWriter out) {
    this.out = out;
  }

  Instruction pulse() {
    final PulseEncoder encoder = new PulseEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    return out.done(encoder.encodedLength());
  }

  Instruction configure(final Parameter parameter, final long value) {
    final ConfigureEncoder encoder =
        new ConfigureEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.settingsCount(1).next().parameter(parameter).value(value);
    return out.done(encoder.encodedLength());
  }

  /** Sets both seeds of the engine's hashes. */
  Instruction seeds(final long high, final long low) {
    final ConfigureEncoder encoder =
        new ConfigureEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder
        .settingsCount(2)
        .next()
        .parameter(Parameter.HASH_SEED_HI)
        .value(high)
        .next()
        .parameter(Parameter.HASH_SEED_LO)
        .value(low);
    return out.done(encoder.encodedLength());
  }

  Instruction activate(final int version) {
    final ActivateVersionEncoder encoder =
        new ActivateVersionEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    return out.done(encoder.activeVersion(version).encodedLength());
  }

  Instruction quarantine(final long sequence) {
    final QuarantineEncoder encoder =
        new QuarantineEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.quarantinedSequence(sequence).second().signer(SimWorld.APPROVER);
    return out.done(encoder.encodedLength());
  }

  Instruction operator(final int number, final int roles) {
    final RegisterOperatorEncoder encoder =
        new RegisterOperatorEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.newOperator(number);
    roles(encoder.roles(), roles);
    SimSignatures.key(encoder.publicKey(), number);
    return out.done(encoder.encodedLength());
  }

  /** The key stays. */
  Instruction changedOperator(final int number, final int roles) {
    final ChangeOperatorEncoder encoder =
        new ChangeOperatorEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.target(number);
    roles(encoder.roles(), roles);
    return out.done(encoder.encodedLength());
  }

  static void roles(final RolesEncoder encoder, final int roles) {
    encoder
        .clear()
        .pLATFORM((roles & 1) != 0)
        .sETTLEMENT((roles & 2) != 0)
        .pROGRAMME((roles & 4) != 0)
        .aPPROVER((roles & 8) != 0)
        .iDENTITY((roles & 16) != 0)
        .bREAK_GLASS((roles & 32) != 0);
  }

  Instruction asset(
      final int number,
      final AssetKind kind,
      final int money,
      final String code,
      final boolean voucher) {
    final DefineAssetEncoder encoder =
        new DefineAssetEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.asset(number).assetKind(kind).exponent((short) 2).moneyAsset(money).code(code);
    encoder.rules().clear().expires(voucher).purposeBound(voucher);
    return out.done(encoder.encodedLength());
  }

  Instruction participant(final int number, final int settlement) {
    final RegisterParticipantEncoder encoder =
        new RegisterParticipantEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.newParticipant(number).settlementParticipant(settlement);
    return out.done(encoder.code("SIM" + number).name("Simulated " + number).encodedLength());
  }

  Instruction status(final int participant, final ParticipantStatus status) {
    final SetParticipantStatusEncoder encoder =
        new SetParticipantStatusEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    return out.done(encoder.target(participant).status(status).encodedLength());
  }

  Instruction limit(
      final int participant, final int asset, final long netDebitCap, final long paymentMax) {
    final SetParticipantLimitEncoder encoder =
        new SetParticipantLimitEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.target(participant).asset(asset).netDebitCap(netDebitCap).paymentMax(paymentMax);
    return out.done(encoder.encodedLength());
  }

  Instruction connection(final int number) {
    final RegisterConnectionEncoder encoder =
        new RegisterConnectionEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    SimWriter.token(encoder.newConnection(number).fingerprint(), number);
    return out.done(encoder.encodedLength());
  }

  /** Grants every kind of command. */
  Instruction grant(final int connection, final int participant) {
    final GrantConnectionEncoder encoder =
        new GrantConnectionEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.target(connection).forParticipant(participant).kindsLow(-1).kindsHigh(-1);
    return out.done(encoder.encodedLength());
  }

  Instruction liquidity(
      final int participant,
      final int asset,
      final long amount,
      final LiquidityKind kind,
      final Instruction.Id reference) {
    final MoveLiquidityEncoder encoder =
        new MoveLiquidityEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.target(participant).asset(asset).amount(amount).liquidityKind(kind);
    encoder.reference().hi(reference.hi()).lo(reference.lo());
    return out.done(encoder.putEvidence(new byte[0], 0, 0).encodedLength());
  }

  Instruction closeWindow(final int window) {
    final CloseWindowEncoder encoder =
        new CloseWindowEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    return out.done(encoder.window(window).encodedLength());
  }

  Instruction acknowledge(final long cursor) {
    final AcknowledgeDeliveryEncoder encoder =
        new AcknowledgeDeliveryEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    return out.done(encoder.cursor(cursor).encodedLength());
  }

  Instruction query(
      final QueryKind kind,
      final int target,
      final int asset,
      final Instruction.Id id,
      final long token) {
    final QueryEncoder encoder = new QueryEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    encoder.queryKind(kind).target(target).asset(asset).id().hi(id.hi()).lo(id.lo());
    SimWriter.token(encoder.token(), token);
    return out.done(encoder.encodedLength());
  }
}
