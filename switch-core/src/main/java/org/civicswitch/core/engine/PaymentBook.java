package org.civicswitch.core.engine;

import java.util.List;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.IdLookAhead;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Payment records, 256 bytes each, found by UETR, chained in the order in which they came. Kept for
 * returns and questions until their retention is over.
 */
final class PaymentBook {
  private static final int WORDS = 32;
  private static final int UETR = 0;
  private static final int KEY = 2;
  private static final int AGENTS = 4;
  private static final int ASSET_AND_WINDOW = 5;
  private static final int AMOUNT = 6;
  private static final int RETURNED = 7;
  private static final int DEADLINE = 8;

  /** Sequence of the command that made it; 0 in a record that is not in use. */
  private static final int MADE_SEQUENCE = 9;

  /** The feed sequence of its first event: unique, so it orders timers. */
  private static final int ORDER = 10;

  private static final int CREATED = 11;
  private static final int MADE_MS = 12;

  /** Scheme, model, mode, state: 16, 8, 8, 8 bits from the lowest. */
  private static final int KINDS = 13;

  private static final int DATE_AND_LINE = 14;
  private static final int PENDING_AND_NEXT = 15;
  private static final int ENVELOPE = 16;
  private static final int FINAL_SEQUENCE = 18;
  private static final int POSITIONS = 19;
  private static final int ACCOUNTS = 20;
  private static final int LINE_HANDLE = 21;
  private static final int CODE_AND_REASON = 22;

  private final RecordStore store;
  private final IdIndex byUetr;
  private final Scalars scalars;

  PaymentBook(final StateSpace space, final Scalars scalars, final int capacity) {
    store = space.add("engine.payments", WORDS, capacity);
    byUetr = new IdIndex(store, UETR, 2);
    this.scalars = scalars;
  }

  RecordStore records() {
    return store;
  }

  void seed(final long seed) {
    byUetr.seed(seed);
  }

  void rebuild() {
    byUetr.rebuild();
  }

  void lookAhead(final IdLookAhead ids, final long uetrHi, final long uetrLo) {
    ids.add(byUetr, uetrHi, uetrLo, 0, 0);
  }

  /**
   * @return the payment's handle, or 0
   */
  int find(final long uetrHi, final long uetrLo) {
    return byUetr.find(uetrHi, uetrLo);
  }

  boolean isFull() {
    return store.isFull();
  }

  int size() {
    return store.size();
  }

  /** Adds a payment; room and UETR were checked before. */
  int add(final PaymentTerms terms, final int pending, final PaymentState state) {
    final int payment = store.allocate();
    if (payment == 0) {
      throw new IllegalStateException("room for a payment was checked before");
    }
    final long[] page = store.writable(payment);
    final int at = store.offset(payment);
    page[at + UETR] = terms.uetrHi;
    page[at + UETR + 1] = terms.uetrLo;
    page[at + KEY] = terms.keyHi;
    page[at + KEY + 1] = terms.keyLo;
    page[at + AGENTS] = pair(terms.debtorAgent, terms.creditorAgent);
    page[at + ASSET_AND_WINDOW] = pair(terms.asset, (int) scalars.get(Scalars.WINDOW));
    page[at + AMOUNT] = terms.amount;
    page[at + DEADLINE] = terms.deadlineMs;
    page[at + MADE_SEQUENCE] = scalars.sequence();
    page[at + ORDER] = scalars.get(Scalars.FEED_SEQUENCE) + 1;
    page[at + CREATED] = terms.createdMs;
    page[at + MADE_MS] = scalars.timeMs();
    page[at + KINDS] =
        terms.scheme
            | (long) terms.model << 16
            | (long) terms.mode << 24
            | (long) state.value() << 32;
    page[at + DATE_AND_LINE] = pair(terms.valueDate, terms.line);
    page[at + PENDING_AND_NEXT] = pair(pending, 0);
    page[at + ENVELOPE] = terms.envelopeHi;
    page[at + ENVELOPE + 1] = terms.envelopeLo;
    page[at + POSITIONS] = pair(terms.debtorPosition, terms.creditorPosition);
    page[at + ACCOUNTS] = pair(terms.debtorAccount, terms.creditorAccount);
    page[at + LINE_HANDLE] = terms.lineHandle;
    byUetr.put(payment);
    final int newest = (int) scalars.get(Scalars.PAYMENTS_NEWEST);
    if (newest == 0) {
      scalars.set(Scalars.PAYMENTS_OLDEST, payment);
    } else {
      store.set(newest, PENDING_AND_NEXT, pair(pending(newest), payment));
    }
    scalars.set(Scalars.PAYMENTS_NEWEST, payment);
    return payment;
  }

  /** The payment that is forgotten first, or 0. */
  int oldest() {
    return (int) scalars.get(Scalars.PAYMENTS_OLDEST);
  }

  /** The payment that came next, or 0. */
  int next(final int payment) {
    return (int) store.get(payment, PENDING_AND_NEXT);
  }

  /** Whether the chain holds every record, in the order of the log; for checks. */
  void check(final List<String> problems) {
    int seen = 0;
    long last = 0;
    for (int payment = oldest(); payment != 0 && seen <= size(); payment = next(payment)) {
      seen++;
      if (madeSequence(payment) < last) {
        problems.add("payment " + payment + " is out of order");
      }
      last = madeSequence(payment);
    }
    if (seen != size()) {
      problems.add("payments: " + seen + " in the chain, " + size() + " kept");
    }
  }

  /** Forgets the oldest. */
  void removeOldest() {
    final int oldest = oldest();
    final int next = next(oldest);
    byUetr.remove(oldest);
    store.release(oldest);
    scalars.set(Scalars.PAYMENTS_OLDEST, next);
    if (next == 0) {
      scalars.set(Scalars.PAYMENTS_NEWEST, 0);
    }
  }

  private static long pair(final int high, final int low) {
    return ((long) high << 32) | Integer.toUnsignedLong(low);
  }

  private int high(final int payment, final int word) {
    return (int) (store.get(payment, word) >>> 32);
  }

  private int low(final int payment, final int word) {
    return (int) store.get(payment, word);
  }

  /** Whether the record is in use and was so at a sequence: a handle may have been given again. */
  boolean existedAt(final int payment, final long sequence) {
    final long made = store.get(payment, MADE_SEQUENCE);
    return made != 0 && made <= sequence;
  }

  PaymentState state(final int payment) {
    return PaymentState.get((short) (store.get(payment, KINDS) >>> 32 & 0xFF));
  }

  /** Sets the state, and the sequence of the change as the last. */
  void state(final int payment, final PaymentState state) {
    final long kinds = store.get(payment, KINDS) & 0xFFFFFFFFL;
    store.set(payment, KINDS, kinds | (long) state.value() << 32);
    store.set(payment, FINAL_SEQUENCE, scalars.sequence());
  }

  /** A payment belongs to the window that is open when it is posted. */
  void posted(final int payment) {
    final int window = (int) scalars.get(Scalars.WINDOW);
    store.set(payment, ASSET_AND_WINDOW, pair(asset(payment), window));
    store.set(payment, PENDING_AND_NEXT, pair(0, next(payment)));
  }

  void voided(final int payment) {
    store.set(payment, PENDING_AND_NEXT, pair(0, next(payment)));
  }

  void why(final int payment, final int code, final int reason) {
    store.set(payment, CODE_AND_REASON, pair(code, reason));
  }

  void returned(final int payment, final long amount) {
    store.set(payment, RETURNED, returned(payment) + amount);
  }

  long uetrHi(final int payment) {
    return store.get(payment, UETR);
  }

  long uetrLo(final int payment) {
    return store.get(payment, UETR + 1);
  }

  long keyHi(final int payment) {
    return store.get(payment, KEY);
  }

  long keyLo(final int payment) {
    return store.get(payment, KEY + 1);
  }

  int debtorAgent(final int payment) {
    return high(payment, AGENTS);
  }

  int creditorAgent(final int payment) {
    return low(payment, AGENTS);
  }

  int asset(final int payment) {
    return high(payment, ASSET_AND_WINDOW);
  }

  int window(final int payment) {
    return low(payment, ASSET_AND_WINDOW);
  }

  long amount(final int payment) {
    return store.get(payment, AMOUNT);
  }

  /** What was given back so far. */
  long returned(final int payment) {
    return store.get(payment, RETURNED);
  }

  long deadlineMs(final int payment) {
    return store.get(payment, DEADLINE);
  }

  /** Sequence of the command that made it. */
  long madeSequence(final int payment) {
    return store.get(payment, MADE_SEQUENCE);
  }

  long madeMs(final int payment) {
    return store.get(payment, MADE_MS);
  }

  long order(final int payment) {
    return store.get(payment, ORDER);
  }

  long createdMs(final int payment) {
    return store.get(payment, CREATED);
  }

  int scheme(final int payment) {
    return (int) store.get(payment, KINDS) & 0xFFFF;
  }

  int model(final int payment) {
    return (int) store.get(payment, KINDS) >>> 16 & 0xFF;
  }

  int mode(final int payment) {
    return (int) store.get(payment, KINDS) >>> 24;
  }

  int valueDate(final int payment) {
    return high(payment, DATE_AND_LINE);
  }

  int line(final int payment) {
    return low(payment, DATE_AND_LINE);
  }

  /** The reservation in the ledger, or 0. */
  int pending(final int payment) {
    return high(payment, PENDING_AND_NEXT);
  }

  long envelopeHi(final int payment) {
    return store.get(payment, ENVELOPE);
  }

  long envelopeLo(final int payment) {
    return store.get(payment, ENVELOPE + 1);
  }

  /** Sequence of the last change of state; 0 when there was none. */
  long finalSequence(final int payment) {
    return store.get(payment, FINAL_SEQUENCE);
  }

  int debtorPosition(final int payment) {
    return high(payment, POSITIONS);
  }

  int creditorPosition(final int payment) {
    return low(payment, POSITIONS);
  }

  int debtorAccount(final int payment) {
    return high(payment, ACCOUNTS);
  }

  int creditorAccount(final int payment) {
    return low(payment, ACCOUNTS);
  }

  /** The handle of the disbursement line it pays, or 0. */
  int lineHandle(final int payment) {
    return low(payment, LINE_HANDLE);
  }
}
