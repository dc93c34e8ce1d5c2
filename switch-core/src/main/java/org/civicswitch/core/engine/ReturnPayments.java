package org.civicswitch.core.engine;

import static org.civicswitch.core.protocol.ReturnPaymentDecoder.ReturnsDecoder;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.PaymentReturnedEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.ReturnPaymentDecoder;
import org.civicswitch.core.protocol.SettlementModel;

/**
 * Returns: new payments back, by the creditor agent, in full or in part. A settled payment itself
 * is never unwound.
 */
final class ReturnPayments implements CommandHandler {
  private final Core core;
  private final ReturnPaymentDecoder message = new ReturnPaymentDecoder();
  private final PaymentReturnedEncoder event = new PaymentReturnedEncoder();
  private ReturnsDecoder returns;

  ReturnPayments(final Core core) {
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
            ReturnPaymentDecoder.TEMPLATE_ID, ReturnPaymentDecoder.BLOCK_LENGTH, this)
        .items(
            ReturnsDecoder.sbeBlockLength(),
            true,
            ReturnsDecoder.keyEncodingOffset(),
            ReturnsDecoder.createdMsEncodingOffset())
        .compare(Field.AMOUNT, ReturnsDecoder.amountEncodingOffset(), 8)
        .compare(Field.UETR, ReturnsDecoder.uetrEncodingOffset(), 16)
        .compare(Field.CONTENT, ReturnsDecoder.contentDigestEncodingOffset(), 32)
        .compare(Field.REASON, ReturnsDecoder.reasonEncodingOffset(), 4);
  }

  @Override
  public void begin(final Command command) {
    message.wrap(command.buffer, command.block, ReturnPaymentDecoder.BLOCK_LENGTH, 1);
    returns = message.returns();
  }

  @Override
  public Code apply(final Command command) {
    message.limit(command.at);
    final ReturnsDecoder item = returns.next();
    final int payment = core.book.find(item.uetr().hi(), item.uetr().lo());
    final Code code = check(command, item, payment);
    if (payment != 0 && code != Code.NOT_CREDITOR_AGENT) {
      if (code == Code.OK) {
        final boolean authority = core.payments.giveBack(payment, item.amount());
        put(command, item, payment, authority);
      }
      core.answer.entity = payment;
      core.answer.state = core.book.state(payment).value();
    }
    return code;
  }

  /** The first code that applies, in the order of {@link Code}. */
  private Code check(final Command command, final ReturnsDecoder item, final int payment) {
    final int returner = core.participants.find(command.participant);
    if (returner == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    if (!core.participants.isActive(returner)) {
      return Code.PARTICIPANT_NOT_ACTIVE;
    }
    if (payment == 0) {
      return item.amount() <= 0 ? Code.AMOUNT_NOT_POSITIVE : Code.PAYMENT_UNKNOWN;
    }
    if (core.book.creditorAgent(payment) != command.participant) {
      // Before anything that would tell a stranger about the payment.
      return Code.NOT_CREDITOR_AGENT;
    }
    if (!core.participants.isActive(core.participants.find(core.book.debtorAgent(payment)))) {
      return Code.CREDITOR_AGENT_NOT_ACTIVE;
    }
    final int debit = core.book.creditorAccount(payment);
    final Code ledger =
        Ledgers.code(
            core.ledger,
            core.ledger.checkTransfer(debit, core.book.debtorAccount(payment), item.amount()),
            debit);
    if ((ledger == Code.OK || ledger.value() > Code.AMOUNT_OVERFLOW.value())
        && !core.payments.canGiveBack(payment, item.amount())) {
      return Code.AMOUNT_OVERFLOW;
    }
    if (ledger != Code.OK) {
      return ledger;
    }
    final int position = core.book.creditorPosition(payment);
    if (core.book.model(payment) != SettlementModel.PREFUNDED_GROSS.value()) {
      final Code deferred =
          core.deferred.check(
              core.book.scheme(payment), core.book.asset(payment), position, item.amount());
      if (deferred != Code.OK) {
        return deferred;
      }
    }
    if (position != 0 && core.positions.checkOwnCap(position, item.amount()) != Code.OK) {
      return Code.NET_DEBIT_CAP;
    }
    final PaymentState state = core.book.state(payment);
    if (state != PaymentState.SETTLED
        && state != PaymentState.SETTLED_CREDIT_PENDING
        && state != PaymentState.PARTLY_RETURNED
        && state != PaymentState.RETURNED) {
      return Code.PAYMENT_NOT_SETTLED;
    }
    return item.amount() > core.book.amount(payment) - core.book.returned(payment)
        ? Code.RETURN_EXCEEDS_PAYMENT
        : Code.OK;
  }

  /** The agents are those of the new payment: who returns is its debtor agent. */
  private void put(
      final Command command,
      final ReturnsDecoder item,
      final int payment,
      final boolean authorityRestored) {
    final Feed feed = core.feed;
    final PaymentBook book = core.book;
    event.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(event.at());
    event.originalUetr().hi(book.uetrHi(payment)).lo(book.uetrLo(payment));
    event.key().hi(command.keyHi).lo(command.keyLo);
    event.uetr().hi(command.keyHi).lo(command.keyLo);
    event
        .debtorAgent(Integer.toUnsignedLong(book.creditorAgent(payment)))
        .creditorAgent(Integer.toUnsignedLong(book.debtorAgent(payment)))
        .asset(Integer.toUnsignedLong(book.asset(payment)))
        .amount(item.amount())
        .reason(item.reason())
        .originalState(book.state(payment))
        .settlementModel(SettlementModel.get((short) book.model(payment)))
        .authorityRestored((short) (authorityRestored ? 1 : 0))
        .line(Integer.toUnsignedLong(book.line(payment)));
    event.envelope().hi(book.envelopeHi(payment)).lo(book.envelopeLo(payment));
    Words.copy(item.contentDigest(), event.contentDigest());
    event.putPayload(command.buffer, command.dataAt, command.dataLength);
    feed.commit(event.encodedLength());
  }

  @Override
  public void describe(final int payment, final Answer answer) {
    core.describePayment(payment, answer);
  }
}
