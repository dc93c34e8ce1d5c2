package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.DeadlineQueue;

/**
 * The life of a payment: reserved, then settled, rejected or expired, each once; or settled at
 * once. Every step moves ledger, record, timer and feed together.
 */
final class Payments implements DueWork {
  private static final int GROSS = SettlementModel.PREFUNDED_GROSS.value();

  private final Scalars scalars;
  private final Settings settings;
  private final Ledger ledger;
  private final Positions positions;
  private final DeferredNet deferred;
  private final PaymentBook book;
  private final PaymentEvents events;
  private final DeadlineQueue timers = new DeadlineQueue();
  private LineFates lines;

  Payments(
      final Scalars scalars,
      final Settings settings,
      final Ledger ledger,
      final Positions positions,
      final DeferredNet deferred,
      final PaymentBook book,
      final PaymentEvents events) {
    this.scalars = scalars;
    this.settings = settings;
    this.ledger = ledger;
    this.positions = positions;
    this.deferred = deferred;
    this.book = book;
    this.events = events;
  }

  /** Who hears what becomes of payments with a line handle. */
  void lines(final LineFates fates) {
    lines = fates;
  }

  void rebuild() {
    timers.clear();
    book.records()
        .forEach(
            payment -> {
              if (book.state(payment) == PaymentState.RESERVED) {
                timers.add(payment, book.deadlineMs(payment), book.order(payment));
              }
            });
  }

  /**
   * Why the terms cannot be carried out, of what ledger and book decide; accounts and positions in
   * the terms must be there. The first in the order of {@link Code}.
   */
  Code check(final PaymentTerms terms) {
    if (book.isFull()) {
      return Code.CAPACITY;
    }
    final int result =
        terms.mode == PaymentMode.TWO_PHASE.value()
            ? ledger.checkReserve(terms.debtorAccount, terms.creditorAccount, terms.amount)
            : ledger.checkTransfer(terms.debtorAccount, terms.creditorAccount, terms.amount);
    final Code code = checkDeferred(terms, Ledgers.code(ledger, result, terms.debtorAccount));
    if (code != Code.OK) {
      return code;
    }
    if (terms.debtorPosition != 0
        && positions.checkOwnCap(terms.debtorPosition, terms.amount) != Code.OK) {
      return Code.NET_DEBIT_CAP;
    }
    return book.find(terms.uetrHi, terms.uetrLo) == 0 ? Code.OK : Code.PAYMENT_EXISTS;
  }

  /** What the ledger answered, or what speaks against a deferred payment before that. */
  private Code checkDeferred(final PaymentTerms terms, final Code ledgerCode) {
    if (terms.model == GROSS) {
      return ledgerCode;
    }
    final Code code = deferred.check(terms.scheme, terms.asset, terms.debtorPosition, terms.amount);
    return code != Code.OK && (ledgerCode == Code.OK || code.value() < ledgerCode.value())
        ? code
        : ledgerCode;
  }

  /** How long a payment may stay reserved, from what was asked for; 0 asks for the default. */
  long timeoutMs(final long asked) {
    final long timeout = asked == 0 ? settings.get(Parameter.PAYMENT_TIMEOUT_MS_DEFAULT) : asked;
    return Math.min(timeout, settings.get(Parameter.PAYMENT_TIMEOUT_MS_MAX));
  }

  /**
   * Carries out terms that {@link #check} found good: reserves, or settles at once.
   *
   * @return the payment
   */
  int make(final PaymentTerms terms) {
    scalars.increment(Scalars.PAYMENTS_ACCEPTED);
    if (terms.model != GROSS) {
      deferred.reserved(
          terms.asset, terms.debtorPosition, terms.creditorPosition, terms.model, terms.amount);
    }
    if (terms.mode == PaymentMode.TWO_PHASE.value()) {
      scalars.set(
          Scalars.LONGEST_LIFE_MS,
          Math.max(scalars.get(Scalars.LONGEST_LIFE_MS), terms.deadlineMs - scalars.timeMs()));
      final int pending =
          Ledgers.made(
              ledger.reserve(
                  terms.debtorAccount,
                  terms.creditorAccount,
                  terms.amount,
                  terms.deadlineMs,
                  scalars.sequence()));
      positions.reserved(terms.debtorPosition, terms.creditorPosition, terms.amount);
      final int payment = book.add(terms, pending, PaymentState.RESERVED);
      timers.add(payment, terms.deadlineMs, book.order(payment));
      events.reserved(terms);
      return payment;
    }
    Ledgers.done(ledger.transfer(terms.debtorAccount, terms.creditorAccount, terms.amount));
    positions.transferred(terms.debtorPosition, terms.creditorPosition, terms.amount);
    if (terms.model != GROSS) {
      deferred.posted(terms.debtorPosition, terms.creditorPosition, terms.model, terms.amount);
    }
    final int payment = book.add(terms, 0, PaymentState.SETTLED);
    scalars.increment(Scalars.PAYMENTS_SETTLED);
    book.state(payment, PaymentState.SETTLED);
    events.settled(payment, terms);
    if (terms.lineHandle != 0) {
      lines.settled(payment);
    }
    return payment;
  }

  /** Posts a reserved payment before its deadline. */
  void settle(final int payment, final boolean creditPending) {
    final long amount = book.amount(payment);
    timers.remove(payment);
    Ledgers.done(ledger.post(book.pending(payment), amount, scalars.timeMs()));
    positions.posted(book.debtorPosition(payment), book.creditorPosition(payment), amount);
    if (book.model(payment) != GROSS) {
      deferred.posted(
          book.debtorPosition(payment),
          book.creditorPosition(payment),
          book.model(payment),
          amount);
    }
    book.posted(payment);
    book.state(payment, creditPending ? PaymentState.SETTLED_CREDIT_PENDING : PaymentState.SETTLED);
    scalars.increment(Scalars.PAYMENTS_SETTLED);
    events.settled(payment, null);
    if (book.lineHandle(payment) != 0) {
      lines.settled(payment);
    }
  }

  /** Voids a reserved payment that the creditor agent refused. */
  void reject(final int payment, final int reason) {
    scalars.increment(Scalars.PAYMENTS_REJECTED);
    release(payment, PaymentState.REJECTED, Code.REJECTED_BY_CREDITOR, reason);
  }

  /** Voids a reserved payment at or after its deadline. */
  void expire(final int payment) {
    scalars.increment(Scalars.PAYMENTS_EXPIRED);
    release(payment, PaymentState.EXPIRED, Code.DEADLINE_PASSED, 0);
  }

  private void release(
      final int payment, final PaymentState state, final Code code, final int reason) {
    timers.remove(payment);
    Ledgers.done(ledger.voidPending(book.pending(payment)));
    positions.voided(
        book.debtorPosition(payment), book.creditorPosition(payment), book.amount(payment));
    if (book.model(payment) != GROSS) {
      deferred.voided(book.asset(payment), book.amount(payment));
    }
    book.voided(payment);
    book.state(payment, state);
    book.why(payment, code.value(), reason);
    events.rejected(payment, code, reason);
    if (book.lineHandle(payment) != 0) {
      lines.rejected(payment, code);
    }
  }

  /**
   * Moves an amount of a settled payment back; everything was checked before.
   *
   * @return whether budget authority was restored too
   */
  boolean giveBack(final int payment, final long amount) {
    Ledgers.done(
        ledger.transfer(book.creditorAccount(payment), book.debtorAccount(payment), amount));
    positions.transferred(book.creditorPosition(payment), book.debtorPosition(payment), amount);
    if (book.model(payment) != GROSS) {
      // A payment of its own, the other way, in the window that is open now.
      deferred.returned(
          book.asset(payment),
          book.creditorPosition(payment),
          book.debtorPosition(payment),
          book.model(payment),
          amount);
    }
    book.returned(payment, amount);
    book.state(
        payment,
        book.returned(payment) == book.amount(payment)
            ? PaymentState.RETURNED
            : PaymentState.PARTLY_RETURNED);
    scalars.increment(Scalars.PAYMENTS_RETURNED);
    return book.lineHandle(payment) != 0 && lines.returned(payment, amount);
  }

  /** Whether an amount can go back to the budget line that paid; see {@link #giveBack}. */
  boolean canGiveBack(final int payment, final long amount) {
    return book.lineHandle(payment) == 0 || lines.canTakeBack(payment, amount);
  }

  /** Whether a timer waits for it; for checks. */
  boolean isTimed(final int payment) {
    return timers.contains(payment);
  }

  @Override
  public long nextDueMs() {
    return Math.min(timers.nextDeadlineMs(), nextForgottenMs());
  }

  private long nextForgottenMs() {
    final int oldest = book.oldest();
    return oldest == 0 || book.state(oldest) == PaymentState.RESERVED
        ? Long.MAX_VALUE
        : book.madeMs(oldest) + keptMs() + 1;
  }

  /**
   * Not before the answers of both agents are forgotten: another payment under the UETR would be
   * taken for the first.
   */
  private long keptMs() {
    final long life = scalars.get(Scalars.LONGEST_LIFE_MS);
    return Math.max(settings.get(Parameter.PAYMENT_RETENTION_MS), settings.idsKeptMs(life) + life);
  }

  @Override
  public void step(final long nowMs) {
    for (int i = settings.count(Parameter.TIMERS_PER_COMMAND);
        i > 0 && timers.nextDeadlineMs() <= nowMs && events.hasRoomForExpiry();
        i--) {
      expire(timers.peek());
    }
    for (int i = settings.count(Parameter.EVICTIONS_PER_COMMAND);
        i > 0 && nextForgottenMs() <= nowMs;
        i--) {
      if (book.lineHandle(book.oldest()) != 0) {
        lines.forgotten(book.oldest());
      }
      book.removeOldest();
    }
  }
}
