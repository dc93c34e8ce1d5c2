package org.civicswitch.ops.console;

import org.agrona.ExpandableArrayBuffer;
import org.civicswitch.core.protocol.AssetDefinedEncoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CommandRefusedEncoder;
import org.civicswitch.core.protocol.CycleClosedEncoder;
import org.civicswitch.core.protocol.DisbursementAddedEncoder;
import org.civicswitch.core.protocol.DisbursementHeldEncoder;
import org.civicswitch.core.protocol.EnvelopeChangedEncoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.EventHeadEncoder;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LifeEventRecordedEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ParticipantChangedEncoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentRejectedEncoder;
import org.civicswitch.core.protocol.PaymentReservedEncoder;
import org.civicswitch.core.protocol.PaymentReturnedEncoder;
import org.civicswitch.core.protocol.PaymentSettledEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.PositionChangedEncoder;
import org.civicswitch.core.protocol.ProgrammeChangedEncoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubjectChangedEncoder;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.core.protocol.VoucherChangedEncoder;
import org.civicswitch.core.protocol.VoucherRedeemedEncoder;
import org.civicswitch.core.protocol.VoucherState;

/** Writes events as the engine would, one command at a time. Not for use by several threads. */
final class Events {
  static final Id128 NO_ENVELOPE = new Id128(0, 0);

  private final SyntheticFeed feed;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private long feedSequence;
  private long sequence;
  private long timeMs;

  Events(final SyntheticFeed feed) {
    this.feed = feed;
  }

  /** What follows belongs to the next command. */
  Events command(final long atMs) {
    sequence++;
    timeMs = Math.max(timeMs, atMs);
    return this;
  }

  long feedSequence() {
    return feedSequence;
  }

  long sequence() {
    return sequence;
  }

  Events participant(final int number, final int settlement, final String code, final String name) {
    final ParticipantChangedEncoder e =
        new ParticipantChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.participant(number)
        .settlementParticipant(settlement)
        .status(ParticipantStatus.ACTIVE)
        .code(code)
        .name(name);
    return put(e.at(), e.encodedLength());
  }

  Events line(final Id128 envelope, final int line, final long amount) {
    final DisbursementAddedEncoder e =
        new DisbursementAddedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.line(line).entitlement(1).creditorAgent(1).amount(amount);
    e.envelope().hi(envelope.hi()).lo(envelope.lo());
    e.key().hi(envelope.hi()).lo(line);
    e.subject().a(line).b(0).c(0).d(0);
    return put(e.at(), e.encodedLength());
  }

  /** OK: free again. */
  Events held(final Id128 envelope, final int line, final Code code) {
    final DisbursementHeldEncoder e =
        new DisbursementHeldEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.line(line).code(code);
    e.envelope().hi(envelope.hi()).lo(envelope.lo());
    e.subject().a(line).b(0).c(0).d(0);
    return put(e.at(), e.encodedLength());
  }

  Events asset(
      final int number,
      final AssetKind kind,
      final int exponent,
      final int money,
      final String code) {
    final AssetDefinedEncoder e = new AssetDefinedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.asset(number).assetKind(kind).exponent((short) exponent).moneyAsset(money).code(code);
    return put(e.at(), e.encodedLength());
  }

  Events position(
      final int participant,
      final int asset,
      final long cap,
      final long debits,
      final long credits,
      final long debitsPending,
      final long creditsPending) {
    final PositionChangedEncoder e =
        new PositionChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.participant(participant)
        .asset(asset)
        .netDebitCap(cap)
        .paymentMax(0)
        .debitsPosted(debits)
        .creditsPosted(credits)
        .debitsPending(debitsPending)
        .creditsPending(creditsPending);
    return put(e.at(), e.encodedLength());
  }

  Events liquidity(
      final int participant, final int asset, final long amount, final LiquidityKind kind) {
    final LiquidityMovedEncoder e =
        new LiquidityMovedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.participant(participant).asset(asset).amount(amount).liquidityKind(kind);
    e.reference().hi(0).lo(sequence);
    return put(e.at(), e.encodedLength());
  }

  Events reserved(
      final Id128 uetr,
      final int from,
      final int to,
      final int asset,
      final long amount,
      final Id128 envelope,
      final int line) {
    final PaymentReservedEncoder e =
        new PaymentReservedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.debtorAgent(from)
        .creditorAgent(to)
        .asset(asset)
        .amount(amount)
        .scheme(1)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .mode(PaymentMode.TWO_PHASE)
        .window(1)
        .valueDate((int) (timeMs / 86_400_000))
        .createdMs(timeMs - 20)
        .deadlineMs(timeMs + 10_000)
        .line(line)
        .instructingConnection(1);
    e.uetr().hi(uetr.hi()).lo(uetr.lo());
    e.key().hi(uetr.hi()).lo(uetr.lo());
    e.envelope().hi(envelope.hi()).lo(envelope.lo());
    e.alias().a(0).b(0).c(0).d(0);
    e.contentDigest().a(0).b(0).c(0).d(0);
    e.putPayload(new byte[0], 0, 0);
    return put(e.at(), e.encodedLength());
  }

  Events settled(
      final Id128 uetr,
      final int from,
      final int to,
      final int asset,
      final long amount,
      final Id128 envelope,
      final int line,
      final long reservedSequence) {
    final PaymentSettledEncoder e =
        new PaymentSettledEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.debtorAgent(from)
        .creditorAgent(to)
        .asset(asset)
        .amount(amount)
        .scheme(1)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .mode(reservedSequence == 0 ? PaymentMode.ONE_PHASE : PaymentMode.TWO_PHASE)
        .window(1)
        .valueDate((int) (timeMs / 86_400_000))
        .createdMs(timeMs - 100)
        .deadlineMs(timeMs + 9_900)
        .line(line)
        .creditPending((short) 0)
        .reservedSequence(reservedSequence);
    e.uetr().hi(uetr.hi()).lo(uetr.lo());
    e.key().hi(uetr.hi()).lo(uetr.lo());
    e.envelope().hi(envelope.hi()).lo(envelope.lo());
    e.putPayload(new byte[0], 0, 0);
    return put(e.at(), e.encodedLength());
  }

  Events rejected(
      final Id128 uetr,
      final int from,
      final int to,
      final int asset,
      final long amount,
      final Id128 envelope,
      final int line,
      final Code code,
      final String reason,
      final long reservedSequence) {
    final PaymentRejectedEncoder e =
        new PaymentRejectedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.debtorAgent(from)
        .creditorAgent(to)
        .asset(asset)
        .amount(amount)
        .scheme(1)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .mode(PaymentMode.TWO_PHASE)
        .window(1)
        .valueDate((int) (timeMs / 86_400_000))
        .createdMs(timeMs - 100)
        .deadlineMs(timeMs)
        .line(line)
        .code(code)
        .reason(packed(reason))
        .reservedSequence(reservedSequence);
    e.uetr().hi(uetr.hi()).lo(uetr.lo());
    e.key().hi(uetr.hi()).lo(uetr.lo());
    e.envelope().hi(envelope.hi()).lo(envelope.lo());
    return put(e.at(), e.encodedLength());
  }

  Events returned(
      final Id128 original,
      final Id128 uetr,
      final int from,
      final int to,
      final int asset,
      final long amount,
      final PaymentState originalState,
      final Id128 envelope) {
    final PaymentReturnedEncoder e =
        new PaymentReturnedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.debtorAgent(from)
        .creditorAgent(to)
        .asset(asset)
        .amount(amount)
        .reason(packed("AC04"))
        .originalState(originalState)
        .authorityRestored((short) 0)
        .line(0);
    e.originalUetr().hi(original.hi()).lo(original.lo());
    e.uetr().hi(uetr.hi()).lo(uetr.lo());
    e.key().hi(uetr.hi()).lo(uetr.lo());
    e.envelope().hi(envelope.hi()).lo(envelope.lo());
    e.contentDigest().a(0).b(0).c(0).d(0);
    e.putPayload(new byte[0], 0, 0);
    return put(e.at(), e.encodedLength());
  }

  Events programme(
      final int number,
      final int payer,
      final int cashAsset,
      final int authorityAsset,
      final long cash,
      final long authority,
      final long spent,
      final long voucherReserve) {
    final ProgrammeChangedEncoder e =
        new ProgrammeChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.programme(number)
        .payingParticipant(payer)
        .cashAsset(cashAsset)
        .authorityAsset(authorityAsset)
        .cash(cash)
        .authority(authority)
        .spent(spent)
        .voucherReserve(voucherReserve)
        .committed(cash)
        .code("CHILD-GRANT");
    return put(e.at(), e.encodedLength());
  }

  Events cycleClosed(final int programme) {
    final CycleClosedEncoder e = new CycleClosedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.programme(programme).cycle(202611).envelopes(1).entitlements(1).signer(3);
    return put(e.at(), e.encodedLength());
  }

  Events envelope(
      final Id128 id,
      final int programme,
      final EnvelopeState state,
      final int declared,
      final long total,
      final int sent,
      final int settled,
      final long settledTotal,
      final int rejected,
      final int held) {
    final EnvelopeChangedEncoder e =
        new EnvelopeChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.programme(programme)
        .cycle(202611)
        .state(state)
        .declaredCount(declared)
        .declaredTotal(total)
        .added(declared)
        .addedTotal(total)
        .sent(sent)
        .settled(settled)
        .settledTotal(settledTotal)
        .rejected(rejected)
        .expired(0)
        .held(held)
        .returned(0)
        .approvals(2)
        .signer(3);
    e.envelope().hi(id.hi()).lo(id.lo());
    e.envelopeHash().a(1).b(2).c(3).d(4);
    return put(e.at(), e.encodedLength());
  }

  Events voucher(
      final Id128 id,
      final int programme,
      final int asset,
      final VoucherState state,
      final long amount,
      final long left) {
    final VoucherChangedEncoder e =
        new VoucherChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.programme(programme)
        .asset(asset)
        .state(state)
        .amount(amount)
        .left(left)
        .category(5411)
        .expiresMs(timeMs + 86_400_000);
    e.voucher().hi(id.hi()).lo(id.lo());
    e.subject().a(7).b(7).c(7).d(7);
    return put(e.at(), e.encodedLength());
  }

  Events redeemed(
      final Id128 id, final int participant, final int asset, final long amount, final long left) {
    final VoucherRedeemedEncoder e =
        new VoucherRedeemedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.merchant(1).atParticipant(participant).asset(asset).amount(amount).left(left);
    e.voucher().hi(id.hi()).lo(id.lo());
    e.key().hi(1).lo(sequence);
    return put(e.at(), e.encodedLength());
  }

  Events subject(final long token, final SubjectStatus status) {
    final SubjectChangedEncoder e =
        new SubjectChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.status(status).assurance((short) 2).issuer(1).validUntilMs(timeMs + 1_000_000);
    e.subject().a(token).b(token).c(token).d(token);
    e.pairwise().a(0).b(0).c(0).d(0);
    e.evidence().a(0).b(0).c(0).d(0);
    return put(e.at(), e.encodedLength());
  }

  Events lifeEvent(final long token, final LifeEventKind kind, final int held) {
    final LifeEventRecordedEncoder e =
        new LifeEventRecordedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.lifeEvent(kind).occurredOn(20_000).recordedMs(timeMs).held(held);
    e.subject().a(token).b(token).c(token).d(token);
    e.key().hi(9).lo(sequence);
    return put(e.at(), e.encodedLength());
  }

  Events refused(final Code code) {
    final CommandRefusedEncoder e =
        new CommandRefusedEncoder().wrapAndApplyHeader(buffer, 0, header);
    e.participant(1).connection(1).commandTemplate(20).code(code).state((short) 0).item(0);
    e.key().hi(1).lo(1);
    return put(e.at(), e.encodedLength());
  }

  private static long packed(final String reason) {
    long value = 0;
    for (int i = 0; i < reason.length(); i++) {
      value = value << 8 | reason.charAt(i);
    }
    return value;
  }

  private Events put(final EventHeadEncoder at, final int encodedLength) {
    at.feedSequence(++feedSequence).sequence(sequence).timeMs(timeMs);
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    feed.append(buffer, length);
    // What the next event does not set is none, not what this one had there.
    buffer.setMemory(0, length, (byte) 0);
    return this;
  }
}
