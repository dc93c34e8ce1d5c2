package org.civicswitch.core.sim;

import java.util.List;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.ReturnPaymentEncoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;

/** Encodes payments, their confirmations and returns. */
final class PaymentInstructions {
  private static final int REASON = 'A' | 'C' << 8 | '0' << 16 | '4' << 24;

  private final SimWriter out;

  PaymentInstructions(final SimWriter out) {
    this.out = out;
  }

  /** One payment to submit; owner 0 and alias 0: none. */
  record Terms(
      Instruction.Id key,
      Instruction.Id uetr,
      int scheme,
      SettlementModel model,
      int debtorAgent,
      int creditorAgent,
      int asset,
      long amount,
      PaymentMode mode,
      long timeoutMs,
      long alias,
      long aliasVersion,
      long owner) {}

  Instruction submit(final List<Terms> payments, final byte[] payload) {
    final SubmitPaymentEncoder encoder =
        new SubmitPaymentEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    final SubmitPaymentEncoder.PaymentsEncoder items = encoder.paymentsCount(payments.size());
    for (final Terms terms : payments) {
      final SubmitPaymentEncoder.PaymentsEncoder item = items.next();
      item.key().hi(terms.key.hi()).lo(terms.key.lo());
      item.uetr().hi(terms.uetr.hi()).lo(terms.uetr.lo());
      item.createdMs(out.createdMs())
          .debtorAgent(terms.debtorAgent)
          .creditorAgent(terms.creditorAgent)
          .asset(terms.asset)
          .mode(terms.mode)
          .settlementModel(terms.model)
          .scheme(terms.scheme)
          .amount(terms.amount)
          .timeoutMs(terms.timeoutMs)
          .valueDate(20_000)
          .aliasVersion(terms.aliasVersion);
      SimWriter.token(item.alias(), terms.alias);
      SimWriter.token(item.owner(), terms.owner);
      out.verdict(item.verdict(), SimWriter.BANK_ATTESTED, terms.key.lo());
      SimWriter.token(item.contentDigest(), terms.key.lo());
      item.putPayload(payload, 0, payload.length);
    }
    return out.done(encoder.encodedLength());
  }

  Instruction confirm(
      final List<Instruction.Id> uetrs, final boolean accept, final boolean creditPending) {
    final ConfirmPaymentEncoder encoder =
        new ConfirmPaymentEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    final ConfirmPaymentEncoder.ConfirmationsEncoder items =
        encoder.confirmationsCount(uetrs.size());
    for (final Instruction.Id uetr : uetrs) {
      final ConfirmPaymentEncoder.ConfirmationsEncoder item = items.next();
      item.uetr().hi(uetr.hi()).lo(uetr.lo());
      item.accept((short) (accept ? 1 : 0))
          .creditPending((short) (accept && creditPending ? 1 : 0))
          .reserved(0)
          .reason(accept ? 0 : REASON);
    }
    return out.done(encoder.encodedLength());
  }

  Instruction giveBack(final Instruction.Id uetr, final long amount, final byte[] payload) {
    final ReturnPaymentEncoder encoder =
        new ReturnPaymentEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    final ReturnPaymentEncoder.ReturnsEncoder item = encoder.returnsCount(1).next();
    final Instruction.Id key = out.next();
    item.key().hi(key.hi()).lo(key.lo());
    item.uetr().hi(uetr.hi()).lo(uetr.lo());
    item.createdMs(out.createdMs()).amount(amount).reason(REASON);
    SimWriter.token(item.contentDigest(), key.lo());
    item.putPayload(payload, 0, payload.length);
    return out.done(encoder.encodedLength());
  }
}
