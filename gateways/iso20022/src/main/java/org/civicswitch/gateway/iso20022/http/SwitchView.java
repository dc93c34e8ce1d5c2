package org.civicswitch.gateway.iso20022.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DeliveryAcknowledgedDecoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.feed.EventHandlers;

/**
 * The gateway's whole state, rebuilt from the feed: who is who, what became of payments, what each
 * participant is to be sent. Written by the feed's thread only.
 */
final class SwitchView {
  /** Payments kept for questions; the oldest are forgotten first. */
  static final int PAYMENTS_MAX = 1_000_000;

  private static final PaymentView.Now NOTHING_YET =
      new PaymentView.Now(PaymentState.NONE, 0, 0, Code.OK, 0, 0);

  private final Directory directory = new Directory();
  private final Map<Id128, PaymentView> payments = new ConcurrentHashMap<>();
  private final Map<Id128, List<Runnable>> expected = new ConcurrentHashMap<>();
  private final Deque<Id128> byAge = new ArrayDeque<>();
  private final Map<Integer, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final EventHandlers handlers = new EventHandlers();
  private List<Runnable> woken = new ArrayList<>();

  SwitchView() {
    directory.register(handlers);
    handlers
        .on(
            PaymentReservedDecoder.TEMPLATE_ID,
            new PaymentReservedDecoder(),
            PaymentReservedDecoder::wrap,
            this::reserved)
        .on(
            PaymentSettledDecoder.TEMPLATE_ID,
            new PaymentSettledDecoder(),
            PaymentSettledDecoder::wrap,
            this::settled)
        .on(
            PaymentRejectedDecoder.TEMPLATE_ID,
            new PaymentRejectedDecoder(),
            PaymentRejectedDecoder::wrap,
            this::rejected)
        .on(
            DeliveryAcknowledgedDecoder.TEMPLATE_ID,
            new DeliveryAcknowledgedDecoder(),
            DeliveryAcknowledgedDecoder::wrap,
            (sequence, event) -> acknowledged((int) event.participant(), event.cursor()));
  }

  EventHandlers handlers() {
    return handlers;
  }

  Directory directory() {
    return directory;
  }

  /**
   * @return null when the feed knows none of this UETR, or has long forgotten it
   */
  PaymentView payment(Id128 uetr) {
    return payments.get(uetr);
  }

  Mailbox mailbox(int participant) {
    return mailboxes.computeIfAbsent(participant, p -> new Mailbox());
  }

  /** After each batch of events: wakes who waits for what it brought. */
  void afterBatch() {
    final List<Runnable> ready = woken;
    woken = new ArrayList<>();
    mailboxes.values().forEach(mailbox -> ready.addAll(mailbox.wake()));
    ready.forEach(Runnable::run);
  }

  private void reserved(long feedSequence, PaymentReservedDecoder event) {
    final Id128 envelope = Id128.of(event.envelope());
    final Id128 key = Id128.of(event.key());
    final PaymentView payment =
        new PaymentView(
            Id128.of(event.uetr()),
            (int) event.debtorAgent(),
            (int) event.creditorAgent(),
            (int) event.asset(),
            event.amount(),
            event.valueDate(),
            event.createdMs(),
            event.deadlineMs(),
            new PaymentView.Now(
                PaymentState.RESERVED,
                event.at().sequence(),
                event.at().timeMs(),
                Code.OK,
                0,
                feedSequence));
    // The block is read: now the variable part may be.
    final byte[] payload = new byte[event.payloadLength()];
    event.getPayload(payload, 0, payload.length);
    payment.payload(payload, envelope.isNone() ? payment.uetr : key);
    keep(payment);
    mailbox(payment.creditorAgent)
        .offer(feedSequence, event.at().sequence(), event.at().timeMs(), envelope, payment);
  }

  private void settled(long feedSequence, PaymentSettledDecoder event) {
    PaymentView payment = payments.get(Id128.of(event.uetr()));
    if (payment == null || event.mode() == PaymentMode.ONE_PHASE) {
      payment =
          new PaymentView(
              Id128.of(event.uetr()),
              (int) event.debtorAgent(),
              (int) event.creditorAgent(),
              (int) event.asset(),
              event.amount(),
              event.valueDate(),
              event.createdMs(),
              event.deadlineMs(),
              NOTHING_YET);
      final byte[] payload = new byte[event.payloadLength()];
      event.getPayload(payload, 0, payload.length);
      payment.payload(payload, payment.uetr);
      keep(payment);
    }
    final PaymentState state =
        event.creditPending() == 1 ? PaymentState.SETTLED_CREDIT_PENDING : PaymentState.SETTLED;
    final long sequence = event.at().sequence();
    final long timeMs = event.at().timeMs();
    woken.addAll(payment.become(state, sequence, timeMs, Code.OK, 0));
    final Id128 envelope = Id128.of(event.envelope());
    mailbox(payment.debtorAgent).finalWord(feedSequence, sequence, timeMs, envelope, payment);
    mailbox(payment.creditorAgent).finalWord(feedSequence, sequence, timeMs, envelope, payment);
  }

  private void rejected(long feedSequence, PaymentRejectedDecoder event) {
    final boolean neverReserved = event.reservedSequence() == 0;
    PaymentView payment = payments.get(Id128.of(event.uetr()));
    if (payment != null && neverReserved) {
      // A second instruction under the UETR of another payment: that one stays what it is.
      return;
    }
    if (payment == null) {
      payment =
          new PaymentView(
              Id128.of(event.uetr()),
              (int) event.debtorAgent(),
              (int) event.creditorAgent(),
              (int) event.asset(),
              event.amount(),
              event.valueDate(),
              event.createdMs(),
              event.deadlineMs(),
              NOTHING_YET);
      keep(payment);
    }
    final PaymentState state =
        event.code() == Code.DEADLINE_PASSED ? PaymentState.EXPIRED : PaymentState.REJECTED;
    final long sequence = event.at().sequence();
    final long timeMs = event.at().timeMs();
    woken.addAll(payment.become(state, sequence, timeMs, event.code(), (int) event.reason()));
    final Id128 envelope = Id128.of(event.envelope());
    mailbox(payment.debtorAgent).finalWord(feedSequence, sequence, timeMs, envelope, payment);
    if (!neverReserved) {
      mailbox(payment.creditorAgent).finalWord(feedSequence, sequence, timeMs, envelope, payment);
    }
  }

  private void acknowledged(int participant, long cursor) {
    for (final Mailbox.Entry entry : mailbox(participant).acknowledged(cursor)) {
      if (entry.kind == Mailbox.Kind.FINAL) {
        final PaymentView payment = entry.payments.get(0);
        if (payment.finalWordTaken(payment.debtorAgent == participant)) {
          payment.forgetPayload();
        }
      }
    }
  }

  /**
   * Runs once this payment is final, on the feed's thread, or at once when it is already. It may
   * not have come through the feed yet.
   */
  void whenFinal(Id128 uetr, Runnable watcher) {
    expected.merge(
        uetr,
        List.of(watcher),
        (before, added) -> {
          final List<Runnable> both = new ArrayList<>(before);
          both.addAll(added);
          return both;
        });
    final PaymentView payment = payments.get(uetr);
    if (payment != null) {
      attach(payment);
    }
  }

  /** Of the caller and the feed's thread, whoever takes the watchers out attaches them. */
  private void attach(PaymentView payment) {
    final List<Runnable> watchers = expected.remove(payment.uetr);
    if (watchers != null) {
      watchers.forEach(payment::whenFinal);
    }
  }

  private void keep(PaymentView payment) {
    final boolean added = payments.put(payment.uetr, payment) == null;
    attach(payment);
    if (added) {
      byAge.add(payment.uetr);
      if (byAge.size() > PAYMENTS_MAX) {
        payments.remove(byAge.remove());
      }
    }
  }
}
