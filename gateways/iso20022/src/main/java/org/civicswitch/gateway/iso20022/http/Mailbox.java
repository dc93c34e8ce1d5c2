package org.civicswitch.gateway.iso20022.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.civicswitch.gateway.kit.Id128;

/**
 * What one participant is to be sent, in the order of the feed, until it has acknowledged it. A
 * message's id is the feed sequence of its first event. Safe for use by many threads.
 *
 * <p>Three of four messages given may overtake: those about payments by themselves go before those
 * about the lines of an envelope, each kind in its own order. A run puts tens of thousands of lines
 * here at once and has minutes for them; a payment behind them has seconds. The fourth is the
 * oldest of all, so that neither kind waits for ever.
 */
final class Mailbox {
  /** What a message says. */
  enum Kind {
    /** A pacs.008: payments offered to the creditor agent. */
    OFFER,
    /** A pacs.002: the final word on one payment. */
    FINAL
  }

  /** One message; of an offer grouped from an envelope, up to 1,000 payments. */
  static final class Entry {
    final Kind kind;
    final long id;
    final long sequence;
    final long timeMs;
    final Id128 envelope;
    final int asset;
    final List<PaymentView> payments = new ArrayList<>(1);
    private long last;
    private boolean closed;
    private boolean acknowledged;
    private long leasedUntilMs;

    private Entry(
        Kind kind, long id, long sequence, long timeMs, Id128 envelope, PaymentView first) {
      this.kind = kind;
      this.id = id;
      this.last = id;
      this.sequence = sequence;
      this.timeMs = timeMs;
      this.envelope = envelope;
      this.asset = first.asset;
      payments.add(first);
    }
  }

  static final int GROUP_MAX = 1_000;
  static final int LEASE_MS = 30_000;

  /** One message in so many is the oldest of all. */
  private static final int IN_ORDER = 4;

  private final NavigableMap<Long, Entry> entries = new TreeMap<>();

  /** Of {@link #entries}, those about payments that belong to no envelope. */
  private final NavigableMap<Long, Entry> urgent = new TreeMap<>();

  /** Offers that were acknowledged and may still be answered. */
  private final NavigableMap<Long, Entry> taken = new TreeMap<>();

  private List<Runnable> waiting = new ArrayList<>();
  private long cursor;
  private int turn;

  /**
   * Adds a payment to be offered. Consecutive ones of one envelope, command and currency make one
   * message, as long as nobody has been given it.
   */
  synchronized void offer(
      long feedSequence, long sequence, long timeMs, Id128 envelope, PaymentView payment) {
    if (feedSequence <= cursor) {
      return;
    }
    final Map.Entry<Long, Entry> newest = entries.lastEntry();
    if (newest != null && !envelope.isNone()) {
      final Entry entry = newest.getValue();
      if (entry.kind == Kind.OFFER
          && !entry.closed
          && entry.sequence == sequence
          && entry.asset == payment.asset
          && entry.envelope.equals(envelope)
          && entry.payments.size() < GROUP_MAX) {
        entry.payments.add(payment);
        entry.last = feedSequence;
        return;
      }
    }
    add(new Entry(Kind.OFFER, feedSequence, sequence, timeMs, envelope, payment));
  }

  /** Adds the final word on a payment. */
  synchronized void finalWord(
      long feedSequence, long sequence, long timeMs, Id128 envelope, PaymentView payment) {
    if (feedSequence > cursor) {
      add(new Entry(Kind.FINAL, feedSequence, sequence, timeMs, envelope, payment));
    }
  }

  private void add(Entry entry) {
    entries.put(entry.id, entry);
    if (entry.envelope.isNone()) {
      urgent.put(entry.id, entry);
    }
  }

  /** Whoever waits for messages; run by the feed's thread after a batch of events. */
  synchronized List<Runnable> wake() {
    if (waiting.isEmpty() || entries.isEmpty()) {
      return List.of();
    }
    final List<Runnable> woken = waiting;
    waiting = new ArrayList<>();
    return woken;
  }

  /** Runs once when something has come; also when it turns out to be leased already. */
  synchronized void whenSomethingComes(Runnable waiter) {
    waiting.add(waiter);
  }

  synchronized void forget(Runnable waiter) {
    waiting.remove(waiter);
  }

  /**
   * Gives messages that nobody has and keeps them from others for a while. Offers that are no
   * longer good are passed over: the final word follows or has come. Those given together are in
   * the order of the feed.
   *
   * @param waiter as for {@link #whenSomethingComes} if there is nothing to give; null for nobody
   */
  synchronized List<Entry> lease(int limit, long nowMs, Runnable waiter) {
    final List<Entry> leased = new ArrayList<>();
    final Iterator<Entry> overtaking = urgent.values().iterator();
    final Iterator<Entry> inOrder = entries.values().iterator();
    while (leased.size() < limit) {
      Entry next = turn % IN_ORDER == 0 ? null : nextFree(overtaking, nowMs);
      if (next == null) {
        next = nextFree(inOrder, nowMs);
      }
      if (next == null) {
        break;
      }
      turn++;
      next.closed = true;
      next.leasedUntilMs = nowMs + LEASE_MS;
      leased.add(next);
    }
    if (leased.isEmpty() && waiter != null) {
      waiting.add(waiter);
    }
    leased.sort(Comparator.comparingLong(entry -> entry.id));
    return leased;
  }

  private static Entry nextFree(Iterator<Entry> from, long nowMs) {
    while (from.hasNext()) {
      final Entry entry = from.next();
      if (!entry.acknowledged && entry.leasedUntilMs <= nowMs && isDue(entry, nowMs)) {
        return entry;
      }
    }
    return null;
  }

  /** Gives a message back before its lease is over. */
  synchronized void release(Entry entry) {
    entry.leasedUntilMs = 0;
  }

  /** Whether anything of an offer can still be accepted; a final word always is due. */
  static boolean isDue(Entry entry, long nowMs) {
    if (entry.kind == Kind.FINAL) {
      return true;
    }
    for (final PaymentView payment : entry.payments) {
      if (isOpen(payment, nowMs)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDone(Entry offer) {
    return offer.payments.stream().allMatch(payment -> payment.now().isFinal());
  }

  static boolean isOpen(PaymentView payment, long nowMs) {
    return !payment.now().isFinal() && payment.deadlineMs > nowMs;
  }

  /** The message of this id, if it waits, or is an offer that is not wholly final yet. */
  synchronized Entry find(long id) {
    final Entry entry = entries.get(id);
    return entry == null ? taken.get(id) : entry;
  }

  /**
   * Marks messages as acknowledged: one by its id, of a range those that were given out. What is to
   * be overtaken lies between others and has not been seen by anybody.
   *
   * @return up to which feed sequence everything is acknowledged now; 0 when that has not moved on
   */
  synchronized long acknowledge(long firstId, long lastId, long nowMs) {
    for (final Entry entry : entries.subMap(firstId, true, lastId, true).values()) {
      if (firstId == lastId || entry.leasedUntilMs != 0) {
        entry.acknowledged = true;
        urgent.remove(entry.id);
      }
    }
    long reached = 0;
    for (final Entry entry : entries.values()) {
      final boolean withdrawn = entry.kind == Kind.OFFER && !isDue(entry, nowMs);
      if (!entry.acknowledged && !withdrawn) {
        break;
      }
      if (entry.acknowledged) {
        reached = entry.last;
      }
    }
    return reached > cursor ? reached : 0;
  }

  /** The log has it: everything up to here is done with. */
  synchronized List<Entry> acknowledged(long newCursor) {
    cursor = Math.max(cursor, newCursor);
    final NavigableMap<Long, Entry> done = entries.headMap(newCursor, true);
    final List<Entry> removed = new ArrayList<>(done.values());
    removed.removeIf(entry -> entry.last > newCursor);
    for (final Entry entry : removed) {
      entries.remove(entry.id);
      urgent.remove(entry.id);
      if (entry.kind == Kind.OFFER) {
        taken.put(entry.id, entry);
      }
    }
    while (!taken.isEmpty() && isDone(taken.firstEntry().getValue())) {
      taken.pollFirstEntry();
    }
    return removed;
  }

  synchronized int size() {
    return entries.size();
  }
}
