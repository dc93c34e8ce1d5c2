package org.civicswitch.bench;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AssetDefinedEncoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EventHeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ParticipantChangedEncoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentRejectedEncoder;
import org.civicswitch.core.protocol.PaymentReservedEncoder;
import org.civicswitch.core.protocol.PaymentSettledEncoder;
import org.civicswitch.core.protocol.SettlementModel;

/**
 * The events of a country's payments, each payment a function of its number alone, and the feed
 * sequence where it stands. Few banks have most of them, amounts are mostly small and often round,
 * one in fifty is rejected, one in ten was sent to an alias. Payloads are of a usual length.
 */
final class ReportingEvents {
  static final int PARTICIPANTS = 64;
  static final int ASSET = 1;
  static final long ALIASES = 3_000_000;
  private static final int PAYLOAD_BYTES = 400;
  private static final int REJECTED_ONE_IN = 50;
  private static final int ALIAS_ONE_IN = 10;

  /** Takes one event: its feed sequence, then its bytes. */
  @FunctionalInterface
  interface Sink {
    void event(long feedSequence, DirectBuffer event, int offset, int length);
  }

  private final Sink sink;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final PaymentReservedEncoder reserved = new PaymentReservedEncoder();
  private final PaymentSettledEncoder settled = new PaymentSettledEncoder();
  private final PaymentRejectedEncoder rejected = new PaymentRejectedEncoder();
  private final byte[] payload = new byte[PAYLOAD_BYTES];
  private long feedSequence;

  ReportingEvents(final Sink sink) {
    this.sink = sink;
  }

  long feedSequence() {
    return feedSequence;
  }

  /** Who and in what. */
  void world(final long nowMs) {
    final AssetDefinedEncoder asset =
        new AssetDefinedEncoder().wrapAndApplyHeader(buffer, 0, header);
    asset.asset(ASSET).assetKind(AssetKind.CURRENCY).exponent((short) 2).moneyAsset(0).code("EUR");
    asset.rules().clear();
    put(asset.at(), asset.encodedLength(), nowMs);
    for (int number = 1; number <= PARTICIPANTS; number++) {
      final ParticipantChangedEncoder participant =
          new ParticipantChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
      participant
          .participant(number)
          .settlementParticipant(0)
          .status(ParticipantStatus.ACTIVE)
          .code("BANK" + number)
          .name("Bank " + number);
      put(participant.at(), participant.encodedLength(), nowMs);
    }
  }

  void reserved(final long number, final long nowMs) {
    reserved.wrapAndApplyHeader(buffer, 0, header);
    reserved.uetr().hi(idHi(number)).lo(idLo(number));
    reserved.key().hi(keyHi(number)).lo(idLo(number));
    reserved
        .debtorAgent(debtor(number))
        .creditorAgent(creditor(number))
        .asset(ASSET)
        .amount(amount(number))
        .scheme(1)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .mode(PaymentMode.TWO_PHASE)
        .window(1)
        .valueDate((int) (nowMs / 86_400_000))
        .createdMs(nowMs)
        .deadlineMs(nowMs + 10_000)
        .line(0)
        .instructingConnection(debtor(number));
    reserved.envelope().hi(0).lo(0);
    final long alias = alias(number);
    reserved.alias().a(alias).b(alias).c(alias).d(alias);
    reserved.contentDigest().a(number).b(number).c(number).d(number);
    reserved.putPayload(payload, 0, payload.length);
    put(reserved.at(), reserved.encodedLength(), nowMs);
  }

  /** Settled, or rejected where that is the payment's lot. */
  void ended(final long number, final long nowMs) {
    if (isRejected(number)) {
      rejected.wrapAndApplyHeader(buffer, 0, header);
      rejected.uetr().hi(idHi(number)).lo(idLo(number));
      rejected.key().hi(keyHi(number)).lo(idLo(number));
      rejected
          .debtorAgent(debtor(number))
          .creditorAgent(creditor(number))
          .asset(ASSET)
          .amount(amount(number))
          .scheme(1)
          .settlementModel(SettlementModel.PREFUNDED_GROSS)
          .mode(PaymentMode.TWO_PHASE)
          .window(1)
          .valueDate((int) (nowMs / 86_400_000))
          .createdMs(nowMs)
          .deadlineMs(nowMs + 10_000)
          .line(0)
          .code(Code.REJECTED_BY_CREDITOR)
          .reason(0x41433034L)
          .reservedSequence(1);
      rejected.envelope().hi(0).lo(0);
      put(rejected.at(), rejected.encodedLength(), nowMs);
      return;
    }
    settled.wrapAndApplyHeader(buffer, 0, header);
    settled.uetr().hi(idHi(number)).lo(idLo(number));
    settled.key().hi(keyHi(number)).lo(idLo(number));
    settled
        .debtorAgent(debtor(number))
        .creditorAgent(creditor(number))
        .asset(ASSET)
        .amount(amount(number))
        .scheme(1)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .mode(PaymentMode.TWO_PHASE)
        .window(1)
        .valueDate((int) (nowMs / 86_400_000))
        .createdMs(nowMs)
        .deadlineMs(nowMs + 10_000)
        .line(0)
        .creditPending((short) 0)
        .reservedSequence(1);
    settled.envelope().hi(0).lo(0);
    settled.putPayload(payload, 0, 0);
    put(settled.at(), settled.encodedLength(), nowMs);
  }

  private void put(final EventHeadEncoder at, final int encodedLength, final long nowMs) {
    at.feedSequence(++feedSequence).sequence(feedSequence).timeMs(nowMs);
    sink.event(feedSequence, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
  }

  static boolean isRejected(final long number) {
    return Long.remainderUnsigned(mix(number + 7), REJECTED_ONE_IN) == 0;
  }

  /** The rank of a bank is drawn twice and the lower one taken, twice over: the first have most. */
  static long debtor(final long number) {
    final long draw = mix(number + 1);
    return 1 + Math.min(Math.min(bits(draw, 0), bits(draw, 6)), bits(draw, 12));
  }

  static long creditor(final long number) {
    final long draw = mix(number + 2);
    final long creditor = 1 + Math.min(bits(draw, 0), bits(draw, 6));
    return creditor == debtor(number) ? 1 + creditor % PARTICIPANTS : creditor;
  }

  private static long bits(final long draw, final int shift) {
    return (draw >>> shift) & (PARTICIPANTS - 1);
  }

  /** Minor units: from cents to some thousands, every third a whole number of fives. */
  static long amount(final long number) {
    final long draw = mix(number + 3);
    final long amount = 1 + (draw >>> 40 >>> (draw & 15));
    return (draw >>> 4 & 3) == 0 ? 500 * (1 + amount % 100) : amount;
  }

  /** One word of the token, 0 for a payment to an account. */
  static long alias(final long number) {
    final long draw = mix(number + 4);
    return Long.remainderUnsigned(draw, ALIAS_ONE_IN) == 0
        ? 1 + Long.remainderUnsigned(draw >>> 8, ALIASES)
        : 0;
  }

  static long idHi(final long number) {
    return mix(~number);
  }

  static long idLo(final long number) {
    return mix(number);
  }

  static long keyHi(final long number) {
    return mix(number + 5);
  }

  /** Stafford's variant 13: neighbours share no bits. */
  private static long mix(final long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
