package org.civicswitch.core.sim;

import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.AddDisbursementsEncoder;
import org.civicswitch.core.protocol.ApproveEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelVoucherEncoder;
import org.civicswitch.core.protocol.CloseCycleEncoder;
import org.civicswitch.core.protocol.CreateEnvelopeEncoder;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.IssueVoucherEncoder;
import org.civicswitch.core.protocol.PauseEnvelopeEncoder;
import org.civicswitch.core.protocol.RedeemVoucherEncoder;
import org.civicswitch.core.protocol.RegisterMerchantEncoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeEncoder;
import org.civicswitch.core.protocol.SealEnvelopeEncoder;

/** Encodes programmes, envelopes and vouchers. */
final class BenefitInstructions {
  private final SimWriter out;

  BenefitInstructions(final SimWriter out) {
    this.out = out;
  }

  Instruction programme(final int number) {
    final CreateProgrammeEncoder encoder =
        new CreateProgrammeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder
        .programme(number)
        .payingParticipant(SimWorld.TREASURY)
        .cashAsset(SimWorld.EUR)
        .authorityAsset(SimWorld.AUTHORITY)
        .fiscalEnd(0)
        .assuranceMin((short) 2)
        .approvals((short) 1)
        .code("SIM");
    return out.done(encoder.encodedLength());
  }

  Instruction fund(final int programme, final long authority, final long cash) {
    final FundProgrammeEncoder encoder =
        new FundProgrammeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    final Instruction.Id reference = out.next();
    encoder.programme(programme).authority(authority).cash(cash);
    encoder.reference().hi(reference.hi()).lo(reference.lo());
    return out.done(encoder.encodedLength());
  }

  Instruction envelope(
      final Instruction.Id id,
      final int cycle,
      final int count,
      final long total,
      final long timeoutMs) {
    final CreateEnvelopeEncoder encoder =
        new CreateEnvelopeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.envelope().hi(id.hi()).lo(id.lo());
    encoder
        .programme(SimWorld.PROGRAMME)
        .cycle(cycle)
        .lineCount(count)
        .total(total)
        .scheme(1)
        .timeoutMs(timeoutMs)
        .valueDate(20_000);
    return out.done(encoder.encodedLength());
  }

  /** Lines for subjects from the first on, all of one amount; an alias where that is asked for. */
  Instruction lines(
      final Instruction.Id envelope,
      final int firstSubject,
      final int count,
      final long amount,
      final int creditorAgent) {
    final AddDisbursementsEncoder encoder =
        new AddDisbursementsEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    encoder.envelope().hi(envelope.hi()).lo(envelope.lo());
    final AddDisbursementsEncoder.LinesEncoder items = encoder.linesCount(count);
    for (int i = 0; i < count; i++) {
      final AddDisbursementsEncoder.LinesEncoder item = items.next();
      final Instruction.Id key = out.next();
      item.key().hi(key.hi()).lo(key.lo());
      SimWriter.token(item.subject(), firstSubject + i);
      item.entitlement(1).creditorAgent(creditorAgent).amount(amount).aliasVersion(0);
      SimWriter.token(item.alias(), creditorAgent == 0 ? Workload.alias(firstSubject + i) : 0);
      SimWriter.token(item.contentDigest(), key.lo());
      item.putPayload(new byte[] {7, 7}, 0, 2);
    }
    return out.done(encoder.encodedLength());
  }

  Instruction seal(final Instruction.Id envelope) {
    final SealEnvelopeEncoder encoder =
        new SealEnvelopeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.envelope().hi(envelope.hi()).lo(envelope.lo());
    return out.done(encoder.encodedLength());
  }

  /**
   * @param hash 32 bytes as the envelope's last event had them
   */
  Instruction approve(final Instruction.Id envelope, final DirectBuffer hash) {
    final ApproveEnvelopeEncoder encoder =
        new ApproveEnvelopeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.envelope().hi(envelope.hi()).lo(envelope.lo());
    out.buffer.putBytes(encoder.envelopeHash().offset(), hash, 0, 32);
    return out.done(encoder.encodedLength());
  }

  Instruction release(final Instruction.Id envelope) {
    final ReleaseEnvelopeEncoder encoder =
        new ReleaseEnvelopeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.envelope().hi(envelope.hi()).lo(envelope.lo());
    return out.done(encoder.encodedLength());
  }

  Instruction pause(final Instruction.Id envelope) {
    final PauseEnvelopeEncoder encoder =
        new PauseEnvelopeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.envelope().hi(envelope.hi()).lo(envelope.lo());
    return out.done(encoder.encodedLength());
  }

  Instruction cancel(final Instruction.Id envelope) {
    final CancelEnvelopeEncoder encoder =
        new CancelEnvelopeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.envelope().hi(envelope.hi()).lo(envelope.lo());
    return out.done(encoder.encodedLength());
  }

  Instruction closeCycle(final int cycle) {
    final CloseCycleEncoder encoder =
        new CloseCycleEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    return out.done(encoder.programme(SimWorld.PROGRAMME).cycle(cycle).encodedLength());
  }

  Instruction merchant(final int number, final int at, final int category) {
    final RegisterMerchantEncoder encoder =
        new RegisterMerchantEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    return out.done(encoder.merchant(number).atParticipant(at).category(category).encodedLength());
  }

  Instruction issue(
      final Instruction.Id voucher, final long subject, final long amount, final long expiresMs) {
    final IssueVoucherEncoder encoder =
        new IssueVoucherEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.voucher().hi(voucher.hi()).lo(voucher.lo());
    encoder.programme(SimWorld.PROGRAMME).asset(SimWorld.VOUCHER);
    SimWriter.token(encoder.subject(), subject);
    encoder.amount(amount).category(SimWorld.CATEGORY).expiresMs(expiresMs);
    return out.done(encoder.encodedLength());
  }

  Instruction redeem(final Instruction.Id voucher, final int merchant, final long amount) {
    final RedeemVoucherEncoder encoder =
        new RedeemVoucherEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    encoder.voucher().hi(voucher.hi()).lo(voucher.lo());
    encoder.merchant(merchant).amount(amount);
    out.verdict(encoder.verdict(), SimWriter.TRANSACTIONAL, out.next().lo());
    return out.done(encoder.encodedLength());
  }

  Instruction cancelVoucher(final Instruction.Id voucher) {
    final CancelVoucherEncoder encoder =
        new CancelVoucherEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.voucher().hi(voucher.hi()).lo(voucher.lo());
    return out.done(encoder.encodedLength());
  }
}
