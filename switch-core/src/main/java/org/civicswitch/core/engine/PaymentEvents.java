package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentRejectedEncoder;
import org.civicswitch.core.protocol.PaymentReservedEncoder;
import org.civicswitch.core.protocol.PaymentSettledEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SettlementModel;

/** Tells the feed what became of payments. */
final class PaymentEvents {
  private final Feed feed;
  private final Scalars scalars;
  private final PaymentBook book;
  private final PaymentReservedEncoder reserved = new PaymentReservedEncoder();
  private final PaymentSettledEncoder settled = new PaymentSettledEncoder();
  private final PaymentRejectedEncoder rejected = new PaymentRejectedEncoder();

  PaymentEvents(final Feed feed, final Scalars scalars, final PaymentBook book) {
    this.feed = feed;
    this.scalars = scalars;
    this.book = book;
  }

  /** Whether due work may say once more that a payment has expired, and what that changes. */
  boolean hasRoomForExpiry() {
    return feed.hasRoomForDueWork(
        MessageHeaderEncoder.ENCODED_LENGTH
            + PaymentRejectedEncoder.BLOCK_LENGTH
            + Changes.BYTES_PER_ENVELOPE);
  }

  void reserved(final PaymentTerms terms) {
    reserved.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(reserved.at());
    reserved.uetr().hi(terms.uetrHi).lo(terms.uetrLo);
    reserved.key().hi(terms.keyHi).lo(terms.keyLo);
    reserved
        .debtorAgent(unsigned(terms.debtorAgent))
        .creditorAgent(unsigned(terms.creditorAgent))
        .asset(unsigned(terms.asset))
        .amount(terms.amount)
        .scheme(terms.scheme)
        .settlementModel(SettlementModel.get((short) terms.model))
        .mode(PaymentMode.get((short) terms.mode))
        .window(scalars.get(Scalars.WINDOW))
        .valueDate(terms.valueDate)
        .createdMs(terms.createdMs)
        .deadlineMs(terms.deadlineMs)
        .line(unsigned(terms.line))
        .instructingConnection(unsigned(terms.connection));
    reserved.envelope().hi(terms.envelopeHi).lo(terms.envelopeLo);
    reserved.alias().a(terms.aliasA).b(terms.aliasB).c(terms.aliasC).d(terms.aliasD);
    reserved.contentDigest().a(terms.digestA).b(terms.digestB).c(terms.digestC).d(terms.digestD);
    reserved.putPayload(terms.payload, terms.payloadAt, terms.payloadLength);
    feed.commit(reserved.encodedLength());
  }

  /**
   * @param terms of a payment settled at once, whose payload goes with it; null for one that was
   *     reserved before
   */
  void settled(final int payment, final PaymentTerms terms) {
    settled.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(settled.at());
    settled.uetr().hi(book.uetrHi(payment)).lo(book.uetrLo(payment));
    settled.key().hi(book.keyHi(payment)).lo(book.keyLo(payment));
    final boolean creditPending = book.state(payment) == PaymentState.SETTLED_CREDIT_PENDING;
    settled
        .debtorAgent(unsigned(book.debtorAgent(payment)))
        .creditorAgent(unsigned(book.creditorAgent(payment)))
        .asset(unsigned(book.asset(payment)))
        .amount(book.amount(payment))
        .scheme(book.scheme(payment))
        .settlementModel(SettlementModel.get((short) book.model(payment)))
        .mode(PaymentMode.get((short) book.mode(payment)))
        .window(unsigned(book.window(payment)))
        .valueDate(book.valueDate(payment))
        .createdMs(book.createdMs(payment))
        .deadlineMs(book.deadlineMs(payment))
        .line(unsigned(book.line(payment)))
        .creditPending((short) (creditPending ? 1 : 0))
        .reservedSequence(terms == null ? book.madeSequence(payment) : 0);
    settled.envelope().hi(book.envelopeHi(payment)).lo(book.envelopeLo(payment));
    if (terms == null) {
      settled.putPayload(feed.buffer(), 0, 0);
    } else {
      settled.putPayload(terms.payload, terms.payloadAt, terms.payloadLength);
    }
    feed.commit(settled.encodedLength());
  }

  void rejected(final int payment, final Code code, final int reason) {
    rejected.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(rejected.at());
    rejected.uetr().hi(book.uetrHi(payment)).lo(book.uetrLo(payment));
    rejected.key().hi(book.keyHi(payment)).lo(book.keyLo(payment));
    rejected
        .debtorAgent(unsigned(book.debtorAgent(payment)))
        .creditorAgent(unsigned(book.creditorAgent(payment)))
        .asset(unsigned(book.asset(payment)))
        .amount(book.amount(payment))
        .scheme(book.scheme(payment))
        .settlementModel(SettlementModel.get((short) book.model(payment)))
        .mode(PaymentMode.get((short) book.mode(payment)))
        .window(unsigned(book.window(payment)))
        .valueDate(book.valueDate(payment))
        .createdMs(book.createdMs(payment))
        .deadlineMs(book.deadlineMs(payment))
        .line(unsigned(book.line(payment)))
        .code(code)
        .reason(unsigned(reason))
        .reservedSequence(book.madeSequence(payment));
    rejected.envelope().hi(book.envelopeHi(payment)).lo(book.envelopeLo(payment));
    feed.commit(rejected.encodedLength());
  }

  /** A payment that was refused when it was submitted: nothing was reserved. */
  void refused(final PaymentTerms terms, final Code code) {
    rejected.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(rejected.at());
    rejected.uetr().hi(terms.uetrHi).lo(terms.uetrLo);
    rejected.key().hi(terms.keyHi).lo(terms.keyLo);
    rejected
        .debtorAgent(unsigned(terms.debtorAgent))
        .creditorAgent(unsigned(terms.creditorAgent))
        .asset(unsigned(terms.asset))
        .amount(terms.amount)
        .scheme(terms.scheme)
        .settlementModel(SettlementModel.get((short) terms.model))
        .mode(PaymentMode.get((short) terms.mode))
        .window(scalars.get(Scalars.WINDOW))
        .valueDate(terms.valueDate)
        .createdMs(terms.createdMs)
        .deadlineMs(terms.deadlineMs)
        .line(unsigned(terms.line))
        .code(code)
        .reason(0)
        .reservedSequence(0);
    rejected.envelope().hi(terms.envelopeHi).lo(terms.envelopeLo);
    feed.commit(rejected.encodedLength());
  }

  private static long unsigned(final int value) {
    return Integer.toUnsignedLong(value);
  }
}
