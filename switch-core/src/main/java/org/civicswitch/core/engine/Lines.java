package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.identity.Subjects;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Lines of envelopes, 128 bytes each, in chains: all of an envelope in the order of adding; those
 * of an envelope that are ready to be sent; those of a person that are not yet sent, so that a life
 * event finds them.
 *
 * <p>A line's state is a {@link PaymentState}: READY, HELD, then what becomes of its payment.
 */
final class Lines {
  /** Envelope in the high half, number within it (from 1) in the low half. */
  static final int ENVELOPE_AND_NUMBER = 0;

  static final int KEY_HI = 1;
  static final int KEY_LO = 2;

  /** Person in the high half, entitlement in the low half. */
  static final int SUBJECT_AND_ENTITLEMENT = 3;

  static final int AMOUNT = 4;

  /** Creditor agent (0: through the alias) in the high half, state in the low byte. */
  static final int AGENT_AND_STATE = 5;

  /** What is only needed until it is sent (see {@link LineDetails}), and the entitlement taken. */
  static final int DETAILS_AND_ENTITLEMENT = 6;

  /** Next of the envelope, and the payment. */
  static final int NEXT_AND_PAYMENT = 7;

  /** Neighbours among the ready. */
  static final int READY_LINKS = 8;

  /** Neighbours among the person's. */
  static final int SUBJECT_LINKS = 9;

  /** Handle of the reservation of budget authority that belongs to its payment. */
  static final int AUTHORITY_PENDING = 10;

  /** Of the command that added it; 0 in a record that is not in use. */
  static final int SEQUENCE = 11;

  private static final int WORDS = 16;
  private static final long LOW = 0xFFFFFFFFL;
  private static final PaymentState[] STATES = PaymentState.values();

  private final RecordStore store;
  private final Envelopes envelopes;
  private final Subjects subjects;

  Lines(
      final StateSpace space,
      final Envelopes envelopes,
      final Subjects subjects,
      final int capacity) {
    store = space.add("engine.lines", WORDS, capacity);
    this.envelopes = envelopes;
    this.subjects = subjects;
  }

  RecordStore records() {
    return store;
  }

  boolean isFull() {
    return store.isFull();
  }

  /** Whether a handle still is the line that was added at a sequence. */
  boolean isOf(final int line, final long sequence) {
    return store.get(line, SEQUENCE) == sequence;
  }

  int envelope(final int line) {
    return high(line, ENVELOPE_AND_NUMBER);
  }

  /** Its number within the envelope, from 1. */
  int number(final int line) {
    return low(line, ENVELOPE_AND_NUMBER);
  }

  long keyHi(final int line) {
    return store.get(line, KEY_HI);
  }

  long keyLo(final int line) {
    return store.get(line, KEY_LO);
  }

  int subject(final int line) {
    return high(line, SUBJECT_AND_ENTITLEMENT);
  }

  /** The number of the entitlement line, all 32 bits. */
  int entitlement(final int line) {
    return low(line, SUBJECT_AND_ENTITLEMENT);
  }

  long amount(final int line) {
    return store.get(line, AMOUNT);
  }

  /** 0 until an alias has been followed. */
  int creditorAgent(final int line) {
    return high(line, AGENT_AND_STATE);
  }

  void creditorAgent(final int line, final int participant) {
    setHigh(line, AGENT_AND_STATE, participant);
  }

  PaymentState state(final int line) {
    return STATES[low(line, AGENT_AND_STATE)];
  }

  void state(final int line, final PaymentState state) {
    setLow(line, AGENT_AND_STATE, state.value());
  }

  /** Handle of what is kept until it is sent; 0 afterwards. */
  int details(final int line) {
    return high(line, DETAILS_AND_ENTITLEMENT);
  }

  void details(final int line, final int blob) {
    setHigh(line, DETAILS_AND_ENTITLEMENT, blob);
  }

  /** Handle of the entitlement it has taken; 0 when it was freed, or its cycle closed. */
  int taken(final int line) {
    return low(line, DETAILS_AND_ENTITLEMENT);
  }

  void taken(final int line, final int entitlement) {
    setLow(line, DETAILS_AND_ENTITLEMENT, entitlement);
  }

  int next(final int line) {
    return high(line, NEXT_AND_PAYMENT);
  }

  int payment(final int line) {
    return low(line, NEXT_AND_PAYMENT);
  }

  void payment(final int line, final int payment) {
    setLow(line, NEXT_AND_PAYMENT, payment);
  }

  /** Adds a line behind the others of its envelope, in no other chain; there must be room. */
  int add(final int envelope, final int number, final int subject, final int entitlement) {
    final int line = store.allocate();
    store.set(line, ENVELOPE_AND_NUMBER, pair(envelope, number));
    store.set(line, SUBJECT_AND_ENTITLEMENT, pair(subject, entitlement));
    final int last = envelopes.intAt(envelope, Envelopes.LAST_LINE);
    if (last == 0) {
      envelopes.set(envelope, Envelopes.FIRST_LINE, line);
    } else {
      setHigh(last, NEXT_AND_PAYMENT, line);
    }
    envelopes.set(envelope, Envelopes.LAST_LINE, line);
    return line;
  }

  /** Forgets the first line of an envelope; it must be in no other chain. */
  void releaseFirst(final int envelope) {
    final int line = envelopes.intAt(envelope, Envelopes.FIRST_LINE);
    final int next = next(line);
    envelopes.set(envelope, Envelopes.FIRST_LINE, next);
    if (next == 0) {
      envelopes.set(envelope, Envelopes.LAST_LINE, 0);
    }
    store.release(line);
  }

  // ---- the chain of those ready

  void addReady(final int line) {
    final int envelope = envelope(line);
    final int last = envelopes.intAt(envelope, Envelopes.LAST_READY);
    store.set(line, READY_LINKS, pair(last, 0));
    if (last == 0) {
      envelopes.set(envelope, Envelopes.FIRST_READY, line);
    } else {
      setLow(last, READY_LINKS, line);
    }
    envelopes.set(envelope, Envelopes.LAST_READY, line);
  }

  int nextReady(final int line) {
    return low(line, READY_LINKS);
  }

  void removeReady(final int line) {
    final int envelope = envelope(line);
    final int before = high(line, READY_LINKS);
    final int after = low(line, READY_LINKS);
    if (before == 0) {
      envelopes.set(envelope, Envelopes.FIRST_READY, after);
    } else {
      setLow(before, READY_LINKS, after);
    }
    if (after == 0) {
      envelopes.set(envelope, Envelopes.LAST_READY, before);
    } else {
      setHigh(after, READY_LINKS, before);
    }
    store.set(line, READY_LINKS, 0);
  }

  // ---- the chain of a person, whose head hangs on the person

  void addToSubject(final int line) {
    final int subject = subject(line);
    final int first = subjects.attachment(subject);
    store.set(line, SUBJECT_LINKS, pair(0, first));
    if (first != 0) {
      setHigh(first, SUBJECT_LINKS, line);
    }
    subjects.attach(subject, line);
  }

  void removeFromSubject(final int line) {
    final int before = high(line, SUBJECT_LINKS);
    final int after = low(line, SUBJECT_LINKS);
    if (before == 0) {
      subjects.attach(subject(line), after);
    } else {
      setLow(before, SUBJECT_LINKS, after);
    }
    if (after != 0) {
      setHigh(after, SUBJECT_LINKS, before);
    }
    store.set(line, SUBJECT_LINKS, 0);
  }

  /** 0 also for a subject of 0, whom nobody knows. */
  int firstOfSubject(final int subject) {
    return subject == 0 ? 0 : subjects.attachment(subject);
  }

  int nextOfSubject(final int line) {
    return low(line, SUBJECT_LINKS);
  }

  /** How many lines of a person are not yet sent. */
  int countOfSubject(final int subject) {
    int count = 0;
    for (int line = firstOfSubject(subject); line != 0; line = nextOfSubject(line)) {
      count++;
    }
    return count;
  }

  // ---- words

  long get(final int line, final int word) {
    return store.get(line, word);
  }

  void set(final int line, final int word, final long value) {
    store.set(line, word, value);
  }

  private static long pair(final int high, final int low) {
    return (long) high << 32 | (low & LOW);
  }

  private int high(final int line, final int word) {
    return (int) (store.get(line, word) >>> 32);
  }

  private int low(final int line, final int word) {
    return (int) store.get(line, word);
  }

  private void setHigh(final int line, final int word, final int value) {
    store.set(line, word, pair(value, (int) store.get(line, word)));
  }

  private void setLow(final int line, final int word, final int value) {
    store.set(line, word, pair((int) (store.get(line, word) >>> 32), value));
  }
}
