package org.civicswitch.core.engine;

import static org.civicswitch.core.protocol.ConfirmPaymentDecoder.ConfirmationsDecoder;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.PaymentState;

/** The creditor agent's word on payments that were offered to it. */
final class ConfirmPayments implements CommandHandler {
  private final Core core;
  private final ConfirmPaymentDecoder confirm = new ConfirmPaymentDecoder();
  private ConfirmationsDecoder confirmations;

  ConfirmPayments(final Core core) {
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
            ConfirmPaymentDecoder.TEMPLATE_ID, ConfirmPaymentDecoder.BLOCK_LENGTH, this)
        .items(
            ConfirmationsDecoder.sbeBlockLength(),
            false,
            ConfirmationsDecoder.uetrEncodingOffset(),
            -1)
        .itemByteMax(ConfirmationsDecoder.acceptEncodingOffset(), 1)
        .itemByteMax(ConfirmationsDecoder.creditPendingEncodingOffset(), 1)
        .compare(Field.OTHER, ConfirmationsDecoder.acceptEncodingOffset(), 2)
        .compare(Field.REASON, ConfirmationsDecoder.reasonEncodingOffset(), 4);
  }

  @Override
  public void begin(final Command command) {
    confirm.wrap(command.buffer, command.block, ConfirmPaymentDecoder.BLOCK_LENGTH, 1);
    confirmations = confirm.confirmations();
  }

  @Override
  public Code apply(final Command command) {
    confirm.limit(command.at);
    final ConfirmationsDecoder item = confirmations.next();
    final int payment = core.book.find(command.keyHi, command.keyLo);
    if (payment == 0) {
      return Code.PAYMENT_UNKNOWN;
    }
    if (core.book.creditorAgent(payment) != command.participant) {
      return Code.NOT_CREDITOR_AGENT;
    }
    core.answer.entity = payment;
    final Code code = decide(command, item, payment);
    core.answer.state = core.book.state(payment).value();
    return code;
  }

  private Code decide(final Command command, final ConfirmationsDecoder item, final int payment) {
    final PaymentState state = core.book.state(payment);
    if (state == PaymentState.EXPIRED) {
      return Code.CONFIRMATION_LATE;
    }
    if (state != PaymentState.RESERVED) {
      return Code.PAYMENT_NOT_PENDING;
    }
    if (command.timeMs >= core.book.deadlineMs(payment)) {
      // Its timer has not come up yet. The time in the log decides, not the timer.
      core.payments.expire(payment);
      return Code.CONFIRMATION_LATE;
    }
    if (item.accept() == 1) {
      core.payments.settle(payment, item.creditPending() == 1);
    } else {
      core.payments.reject(payment, (int) item.reason());
    }
    return Code.OK;
  }

  @Override
  public boolean isOwed(final Command command) {
    final int payment = core.book.find(command.keyHi, command.keyLo);
    return payment != 0
        && core.book.state(payment) == PaymentState.RESERVED
        && core.book.creditorAgent(payment) == command.participant;
  }

  @Override
  public void describe(final int payment, final Answer answer) {
    core.describePayment(payment, answer);
  }
}
