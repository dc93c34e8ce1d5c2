package org.civicswitch.ops.console;

import java.util.function.Consumer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;

/**
 * What each payment event does: to the payment's own story, to the rates, and to the money. A line
 * of an envelope is paid from its programme's cash, any other payment from its debtor agent's
 * position; an indirect participant draws on its settlement participant's, and is counted beside
 * it.
 */
final class PaymentFlow {
  private static final Id128 NO_OTHER = new Id128(0, 0);

  private final Directory directory;
  private final Positions positions;
  private final Programmes programmes;
  private final Envelopes envelopes;
  private final Payments payments;
  private final Rates rates;

  PaymentFlow(
      final Directory directory,
      final Positions positions,
      final Programmes programmes,
      final Envelopes envelopes,
      final Payments payments,
      final Rates rates) {
    this.directory = directory;
    this.positions = positions;
    this.programmes = programmes;
    this.envelopes = envelopes;
    this.payments = payments;
    this.rates = rates;
  }

  void on(final PaymentReservedDecoder event) {
    final PaymentWay way = payments.open(Id128.of(event.uetr()));
    way.debtorAgent = event.debtorAgent();
    way.creditorAgent = event.creditorAgent();
    way.asset = event.asset();
    way.amount = event.amount();
    way.scheme = event.scheme();
    way.settlementModel = event.settlementModel().name();
    way.mode = event.mode().name();
    way.window = event.window();
    way.valueDate = event.valueDate();
    way.createdMs = event.createdMs();
    way.deadlineMs = event.deadlineMs();
    way.envelope = Id128.of(event.envelope());
    way.line = event.line();
    way.state = PaymentState.RESERVED;
    step(way, PaymentWay.Kind.RESERVED, event.at(), Code.OK, "", event.amount(), NO_OTHER);
    pending(way, event.amount());
    rates.reserved(event.at().timeMs());
  }

  void on(final PaymentSettledDecoder event) {
    final PaymentWay way = payments.open(Id128.of(event.uetr()));
    way.debtorAgent = event.debtorAgent();
    way.creditorAgent = event.creditorAgent();
    way.asset = event.asset();
    way.amount = event.amount();
    way.scheme = event.scheme();
    way.settlementModel = event.settlementModel().name();
    way.mode = event.mode().name();
    way.window = event.window();
    way.valueDate = event.valueDate();
    way.createdMs = event.createdMs();
    way.deadlineMs = event.deadlineMs();
    way.envelope = Id128.of(event.envelope());
    way.line = event.line();
    way.state =
        event.creditPending() == 0 ? PaymentState.SETTLED : PaymentState.SETTLED_CREDIT_PENDING;
    step(way, PaymentWay.Kind.SETTLED, event.at(), Code.OK, "", event.amount(), NO_OTHER);
    if (event.reservedSequence() != 0) {
      pending(way, -event.amount());
    }
    post(way, event.amount());
    rates.settled(event.at().timeMs(), way.lifeMs());
  }

  void on(final PaymentRejectedDecoder event) {
    final PaymentWay way = payments.open(Id128.of(event.uetr()));
    final String reason = Reason.text(event.reason());
    final long timeMs = event.at().timeMs();
    if (event.reservedSequence() == 0 && !way.steps().isEmpty()) {
      // The same UETR under another key: refused, and the payment that has it goes its way.
      step(way, PaymentWay.Kind.REFUSED, event.at(), event.code(), reason, 0, NO_OTHER);
      return;
    }
    way.debtorAgent = event.debtorAgent();
    way.creditorAgent = event.creditorAgent();
    way.asset = event.asset();
    way.amount = event.amount();
    way.scheme = event.scheme();
    way.settlementModel = event.settlementModel().name();
    way.mode = event.mode().name();
    way.window = event.window();
    way.valueDate = event.valueDate();
    way.createdMs = event.createdMs();
    way.deadlineMs = event.deadlineMs();
    way.envelope = Id128.of(event.envelope());
    way.line = event.line();
    if (event.reservedSequence() != 0) {
      pending(way, -event.amount());
    }
    final boolean expired =
        event.reservedSequence() != 0
            && (event.code() == Code.DEADLINE_PASSED || event.code() == Code.CONFIRMATION_LATE);
    way.state = expired ? PaymentState.EXPIRED : PaymentState.REJECTED;
    step(
        way,
        expired ? PaymentWay.Kind.EXPIRED : PaymentWay.Kind.REJECTED,
        event.at(),
        event.code(),
        reason,
        event.amount(),
        NO_OTHER);
    if (expired) {
      rates.expired(timeMs);
    } else {
      rates.rejected(timeMs, way.lifeMs());
    }
    if (!way.envelope.none()) {
      envelopes
          .at(way.envelope)
          .countReason(reason.isEmpty() ? event.code().name() : event.code() + " " + reason);
    }
  }

  void on(final VoucherRedeemedDecoder event, final long programme) {
    if (programme >= 0) {
      programmes.at(programme).voucherReserve -= event.amount();
    }
    each(
        event.atParticipant(),
        directory.moneyOf(event.asset()).number(),
        p -> p.credit(event.amount()));
  }

  void on(final PaymentReturnedDecoder event) {
    final Id128 original = Id128.of(event.originalUetr());
    final Id128 own = Id128.of(event.uetr());
    final String reason = Reason.text(event.reason());
    final PaymentWay back = payments.open(own);
    back.debtorAgent = event.debtorAgent();
    back.creditorAgent = event.creditorAgent();
    back.asset = event.asset();
    back.amount = event.amount();
    back.returns = original;
    back.envelope = Id128.of(event.envelope());
    back.line = event.line();
    back.state = PaymentState.SETTLED;
    step(back, PaymentWay.Kind.SETTLED, event.at(), Code.OK, reason, event.amount(), original);
    final PaymentWay way = payments.get(original);
    if (way != null) {
      way.returned += event.amount();
      way.state = event.originalState();
      step(way, PaymentWay.Kind.RETURNED, event.at(), Code.OK, reason, event.amount(), own);
    }
    back.settlementModel = event.settlementModel().name();
    if (isDeferred(back)) {
      return;
    }
    each(event.debtorAgent(), event.asset(), p -> p.debit(event.amount()));
    if (back.envelope.none()) {
      each(event.creditorAgent(), event.asset(), p -> p.credit(event.amount()));
    } else {
      programmes.at(envelopes.at(back.envelope).programme).cash += event.amount();
    }
  }

  /** What a scheme settles deferred moves no prefunded position. */
  private static boolean isDeferred(final PaymentWay way) {
    return !way.settlementModel.equals(SettlementModel.PREFUNDED_GROSS.name());
  }

  /** Puts money aside, or takes it back with a negative amount. */
  private void pending(final PaymentWay way, final long amount) {
    if (isDeferred(way)) {
      return;
    }
    if (way.envelope.none()) {
      each(way.debtorAgent, way.asset, p -> p.willPay(amount));
    } else {
      programmes.at(envelopes.at(way.envelope).programme).reserved += amount;
    }
    each(way.creditorAgent, way.asset, p -> p.willGet(amount));
  }

  private void post(final PaymentWay way, final long amount) {
    if (isDeferred(way)) {
      return;
    }
    if (way.envelope.none()) {
      each(way.debtorAgent, way.asset, p -> p.debit(amount));
    } else {
      final Programmes.Programme programme = programmes.at(envelopes.at(way.envelope).programme);
      programme.cash -= amount;
      programme.committed -= amount;
    }
    each(way.creditorAgent, way.asset, p -> p.credit(amount));
  }

  /** The position that the money is on and, of an indirect participant, its own count too. */
  private void each(
      final long participant, final long asset, final Consumer<Positions.Position> change) {
    change.accept(positions.at(directory.settles(participant), asset));
    if (directory.indirect(participant)) {
      change.accept(positions.at(participant, asset));
    }
  }

  private static void step(
      final PaymentWay way,
      final PaymentWay.Kind kind,
      final EventHeadDecoder at,
      final Code code,
      final String reason,
      final long amount,
      final Id128 other) {
    way.add(
        new PaymentWay.Step(
            kind, at.feedSequence(), at.sequence(), at.timeMs(), code, reason, amount, other));
  }
}
