package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowClosedDecoder;

/**
 * A slow, plain account of the world that knows only what commands asked for and events said. It
 * checks that each event may follow what came before, that limits held, and that what the switch
 * says of balances is what it should be.
 */
final class Oracle {
  final SimPositions positions = new SimPositions();
  final SimProgramme programme = new SimProgramme();
  final SimSettlement settlement = new SimSettlement(this);
  final SimProposals proposals = new SimProposals();
  final SimOrders orders = new SimOrders();
  final Map<Instruction.Id, SimPayment> payments = new LinkedHashMap<>();
  final List<SimPayment> reserved = new ArrayList<>();
  final List<SimPayment> settled = new ArrayList<>();
  private final Map<Integer, ParticipantStatus> statuses = new HashMap<>();
  private final Map<Integer, Long> outside = new HashMap<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final PaymentReservedDecoder paymentReserved = new PaymentReservedDecoder();
  private final PaymentSettledDecoder paymentSettled = new PaymentSettledDecoder();
  private final PaymentRejectedDecoder paymentRejected = new PaymentRejectedDecoder();
  private final PaymentReturnedDecoder paymentReturned = new PaymentReturnedDecoder();
  private final LiquidityMovedDecoder liquidity = new LiquidityMovedDecoder();
  private final PositionChangedDecoder position = new PositionChangedDecoder();
  private final ParticipantChangedDecoder participant = new ParticipantChangedDecoder();
  private int window = 1;
  private long feedSequence;
  private long sequence;

  int window() {
    return window;
  }

  /** Of the last command. */
  long sequence() {
    return sequence;
  }

  long feedSequence() {
    return feedSequence;
  }

  /** Money came in from outside, or went out. */
  void outside(final int asset, final long amount) {
    outside.merge(asset, amount, Long::sum);
  }

  ParticipantStatus status(final int participant) {
    return statuses.get(participant);
  }

  /** Money that came in from outside and has not gone out, per asset. */
  long outside(final int asset) {
    return outside.getOrDefault(asset, 0L);
  }

  /**
   * Takes the events of one command, in order.
   *
   * @param done whether the command itself was carried out; others bring only what fell due
   */
  void apply(
      final Instruction command,
      final boolean done,
      final long now,
      final List<DirectBuffer> events) {
    sequence = now;
    programme.begin(command, done);
    proposals.begin(command, done, now);
    orders.begin(done ? proposals.carriedOut(command) : null);
    for (final DirectBuffer event : events) {
      header.wrap(event, 0);
      final EventHeadDecoder at = new EventHeadDecoder();
      at.wrap(event, MessageHeaderDecoder.ENCODED_LENGTH);
      SimFailure.unlessEqual(++feedSequence, at.feedSequence(), () -> "feed sequence at " + now);
      SimFailure.unlessEqual(now, at.sequence(), () -> "sequence in event " + feedSequence);
      if (!proposals.apply(header.templateId(), event, command)
          && !settlement.apply(header.templateId(), event)) {
        apply(header.templateId(), event, at.timeMs());
      }
    }
    final long money =
        positions.total(SimWorld.EUR)
            + programme.cash()
            + programme.voucherReserve()
            + settlement.held(SimWorld.EUR);
    SimFailure.unlessEqual(outside(SimWorld.EUR), money, "money in positions and programmes");
    SimFailure.unlessEqual(
        outside(SimWorld.USD),
        positions.total(SimWorld.USD) + settlement.held(SimWorld.USD),
        "money in positions");
  }

  private void apply(final int template, final DirectBuffer event, final long timeMs) {
    switch (template) {
      case PaymentReservedDecoder.TEMPLATE_ID -> reserved(event, timeMs);
      case PaymentSettledDecoder.TEMPLATE_ID -> settled(event, timeMs);
      case PaymentRejectedDecoder.TEMPLATE_ID -> rejected(event, timeMs);
      case PaymentReturnedDecoder.TEMPLATE_ID -> returned(event);
      case LiquidityMovedDecoder.TEMPLATE_ID -> liquidityMoved(event);
      case PositionChangedDecoder.TEMPLATE_ID -> positionChanged(event);
      case WindowClosedDecoder.TEMPLATE_ID -> settlement.closed(window++);
      case ParticipantChangedDecoder.TEMPLATE_ID -> {
        participant.wrapAndApplyHeader(event, 0, header);
        statuses.put((int) participant.participant(), participant.status());
      }
      default -> programme.apply(template, event, this);
    }
  }

  private boolean isActive(final int number) {
    return statuses.get(number) == ParticipantStatus.ACTIVE
        && (number != SimWorld.INDIRECT || isActive(SimWorld.SPONSOR));
  }

  private void reserved(final DirectBuffer event, final long timeMs) {
    paymentReserved.wrapAndApplyHeader(event, 0, header);
    final SimPayment payment =
        new SimPayment(
            new Instruction.Id(paymentReserved.uetr().hi(), paymentReserved.uetr().lo()),
            (int) paymentReserved.debtorAgent(),
            (int) paymentReserved.creditorAgent(),
            (int) paymentReserved.asset(),
            paymentReserved.amount(),
            paymentReserved.deadlineMs(),
            (paymentReserved.envelope().hi() | paymentReserved.envelope().lo()) != 0,
            paymentReserved.scheme(),
            paymentReserved.settlementModel());
    payment.state = PaymentState.RESERVED;
    SimFailure.unless(
        payment.deadlineMs > timeMs, () -> "reserved past its deadline: " + payment.uetr);
    admit(payment);
    reserved.add(payment);
    if (payment.isDeferred()) {
      settlement.pending(payment, payment.amount);
      settlement.checkLimit(payment, payment.debtorAgent);
      return;
    }
    if (payment.fromProgramme) {
      programme.reserved(payment.amount);
    } else {
      positions.pendingDebit(payment.debtorAgent, payment.asset, payment.amount);
      positions.checkLimits(
          payment.debtorAgent, payment.asset, () -> "reservation " + payment.uetr);
    }
    positions.pendingCredit(payment.creditorAgent, payment.asset, payment.amount);
  }

  private void admit(final SimPayment payment) {
    final Supplier<String> what = () -> "payment " + payment.uetr;
    final SimPayment before = payments.put(payment.uetr, payment);
    SimFailure.unless(before == null, () -> what.get() + " exists already");
    SimFailure.unless(payment.amount > 0, () -> what.get() + " of " + payment.amount);
    SimFailure.unless(
        isActive(payment.creditorAgent) && isActive(payment.debtorAgent),
        () -> what.get() + ": not active");
    final SettlementModel model =
        payment.fromProgramme
            ? SettlementModel.PREFUNDED_GROSS
            : settlement.model(payment.scheme, payment.asset);
    SimFailure.unless(payment.model == model, () -> what.get() + ": settles " + payment.model);
    final long max = positions.of(payment.debtorAgent, payment.asset).paymentMax;
    SimFailure.unless(
        payment.fromProgramme || max == 0 || payment.amount <= max,
        () -> what.get() + " above " + max);
  }

  private void settled(final DirectBuffer event, final long timeMs) {
    paymentSettled.wrapAndApplyHeader(event, 0, header);
    final Instruction.Id uetr =
        new Instruction.Id(paymentSettled.uetr().hi(), paymentSettled.uetr().lo());
    SimPayment payment = payments.get(uetr);
    if (payment == null) {
      payment =
          new SimPayment(
              uetr,
              (int) paymentSettled.debtorAgent(),
              (int) paymentSettled.creditorAgent(),
              (int) paymentSettled.asset(),
              paymentSettled.amount(),
              0,
              false,
              paymentSettled.scheme(),
              paymentSettled.settlementModel());
      admit(payment);
    } else {
      SimFailure.unless(timeMs < payment.deadlineMs, () -> "settled late: " + uetr);
      unreserve(payment, "settled");
    }
    if (payment.isDeferred()) {
      settlement.posted(payment, payment.debtorAgent, payment.creditorAgent, payment.amount);
      if (payment.state == null) {
        settlement.checkLimit(payment, payment.debtorAgent);
      }
      payment.state = PaymentState.SETTLED;
      settled.add(payment);
      return;
    }
    if (payment.fromProgramme) {
      programme.paid(payment.amount);
    } else {
      positions.debit(payment.debtorAgent, payment.asset, payment.amount);
    }
    positions.credit(payment.creditorAgent, payment.asset, payment.amount);
    if (payment.state == null) {
      positions.checkLimits(payment.debtorAgent, payment.asset, () -> "payment " + uetr);
    }
    payment.state = PaymentState.SETTLED;
    settled.add(payment);
  }

  private void unreserve(final SimPayment payment, final String what) {
    SimFailure.unless(
        payment.state == PaymentState.RESERVED,
        () -> "payment " + payment.uetr + " is " + what + " after " + payment.state);
    reserved.remove(payment);
    if (payment.isDeferred()) {
      settlement.pending(payment, -payment.amount);
      return;
    }
    if (payment.fromProgramme) {
      programme.reserved(-payment.amount);
    } else {
      positions.pendingDebit(payment.debtorAgent, payment.asset, -payment.amount);
    }
    positions.pendingCredit(payment.creditorAgent, payment.asset, -payment.amount);
  }

  private void rejected(final DirectBuffer event, final long timeMs) {
    paymentRejected.wrapAndApplyHeader(event, 0, header);
    if (paymentRejected.reservedSequence() == 0) {
      return;
    }
    final SimPayment payment =
        payments.get(new Instruction.Id(paymentRejected.uetr().hi(), paymentRejected.uetr().lo()));
    SimFailure.unless(payment != null, "a payment nobody knows was rejected");
    unreserve(payment, "rejected");
    final boolean refused = paymentRejected.code() == Code.REJECTED_BY_CREDITOR;
    SimFailure.unless(
        refused == timeMs < payment.deadlineMs,
        () -> "payment " + payment.uetr + " ended by " + paymentRejected.code() + " at " + timeMs);
    payment.state = refused ? PaymentState.REJECTED : PaymentState.EXPIRED;
  }

  private void returned(final DirectBuffer event) {
    paymentReturned.wrapAndApplyHeader(event, 0, header);
    final SimPayment payment =
        payments.get(
            new Instruction.Id(
                paymentReturned.originalUetr().hi(), paymentReturned.originalUetr().lo()));
    final long amount = paymentReturned.amount();
    SimFailure.unless(
        payment != null
            && payment.state == PaymentState.SETTLED
            && amount > 0
            && payment.returned + amount <= payment.amount,
        () -> "a return of " + amount + " that cannot be");
    payment.returned += amount;
    if (payment.isDeferred()) {
      settlement.posted(payment, payment.creditorAgent, payment.debtorAgent, amount);
      settlement.checkLimit(payment, payment.creditorAgent);
      return;
    }
    positions.debit(payment.creditorAgent, payment.asset, amount);
    if (payment.fromProgramme) {
      programme.givenBack(amount, paymentReturned.authorityRestored() == 1);
    } else {
      positions.credit(payment.debtorAgent, payment.asset, amount);
    }
    // Both may settle on one account, so the limit is looked at when both sides are posted.
    positions.checkLimits(payment.creditorAgent, payment.asset, () -> "return of " + payment.uetr);
  }

  private void liquidityMoved(final DirectBuffer event) {
    liquidity.wrapAndApplyHeader(event, 0, header);
    orders.liquidity(liquidity);
    final int target = (int) liquidity.participant();
    final int asset = (int) liquidity.asset();
    final long amount = liquidity.amount();
    switch (liquidity.liquidityKind()) {
      case IN -> {
        outside.merge(asset, amount, Long::sum);
        if (!programme.isFunding()) {
          positions.credit(target, asset, amount);
        }
      }
      case OUT_RESERVE -> {
        positions.pendingDebit(target, asset, amount);
        positions.checkLimits(target, asset, () -> "liquidity out");
      }
      case OUT_CONFIRM -> {
        outside.merge(asset, -amount, Long::sum);
        positions.pendingDebit(target, asset, -amount);
        positions.debit(target, asset, amount);
      }
      case OUT_CANCEL -> positions.pendingDebit(target, asset, -amount);
      default -> throw new SimFailure("liquidity of an unknown kind");
    }
  }

  private void positionChanged(final DirectBuffer event) {
    position.wrapAndApplyHeader(event, 0, header);
    final SimPositions.Position known =
        positions.of((int) position.participant(), (int) position.asset());
    final Supplier<String> what =
        () -> "position of " + position.participant() + ", known as " + known + ", ";
    final long paymentMax = position.paymentMax() == Long.MAX_VALUE ? 0 : position.paymentMax();
    if (known.netDebitCap != position.netDebitCap() || known.paymentMax != paymentMax) {
      orders.limits(position);
    }
    known.netDebitCap = position.netDebitCap();
    known.paymentMax = paymentMax;
    SimFailure.unlessEqual(
        known.debitsPosted, position.debitsPosted(), () -> what.get() + "debits posted");
    SimFailure.unlessEqual(
        known.creditsPosted, position.creditsPosted(), () -> what.get() + "credits posted");
    SimFailure.unlessEqual(
        known.debitsPending, position.debitsPending(), () -> what.get() + "debits pending");
    SimFailure.unlessEqual(
        known.creditsPending, position.creditsPending(), () -> what.get() + "credits pending");
  }

  /** Reserved payments whose deadline has come. */
  int overdue(final long nowMs) {
    int count = 0;
    for (final SimPayment payment : reserved) {
      count += payment.deadlineMs <= nowMs ? 1 : 0;
    }
    return count;
  }
}
