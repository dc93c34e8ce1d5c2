package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.memory.DeadlineQueue;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Envelopes and how far each has come. Lines hang on them in two chains: all of them in the order
 * of adding, and those ready to be sent. What still has to be done for an envelope without anybody
 * asking waits in a queue ordered by (time, sequence).
 */
final class Envelopes {
  static final int ID_HI = 0;
  static final int ID_LO = 1;
  static final int PROGRAMME = 2;
  static final int CYCLE = 3;
  static final int STATE = 4;
  static final int DECLARED_COUNT = 5;
  static final int DECLARED_TOTAL = 6;
  static final int SCHEME = 7;
  static final int TIMEOUT_MS = 8;
  static final int VALUE_DATE = 9;
  static final int ADDED = 10;
  static final int ADDED_TOTAL = 11;
  static final int SENT = 12;
  static final int SETTLED = 13;
  static final int SETTLED_TOTAL = 14;
  static final int REJECTED = 15;
  static final int EXPIRED = 16;
  static final int HELD = 17;
  static final int RETURNED = 18;
  static final int CREATOR = 19;
  static final int SEALER = 20;
  static final int APPROVALS = 21;

  /** The operators that approved, one word each. */
  static final int APPROVERS = 22;

  static final int APPROVERS_MAX = 8;

  /** Four words. */
  static final int HASH = 30;

  // Handles of lines.
  static final int FIRST_LINE = 36;
  static final int LAST_LINE = 37;
  static final int FIRST_READY = 38;
  static final int LAST_READY = 39;

  /** When something is to be done next; 0: nothing. */
  static final int WORK_MS = 40;

  static final int WORK_SEQUENCE = 41;

  /** Sequence of the last command that changed it. */
  static final int CHANGED = 42;

  /** The operator who changed it last, 0 if none did. */
  static final int SIGNER = 43;

  /** Handle of its cycle. */
  static final int CYCLE_HANDLE = 44;

  /** Lines that were sent and not yet answered. */
  static final int UNDER_WAY = 45;

  private static final int WORDS = 64;

  static final int CAPACITY = 1 << 20;
  private static final EnvelopeState[] STATES = EnvelopeState.values();

  private final RecordStore store;
  private final IdIndex index;
  private final DeadlineQueue work = new DeadlineQueue();

  Envelopes(final StateSpace space) {
    store = space.add("engine.envelopes", WORDS, CAPACITY);
    index = new IdIndex(store, ID_HI, 2);
  }

  void seed(final long seed) {
    index.seed(seed);
  }

  void rebuild() {
    index.rebuild();
    work.clear();
    store.forEach(
        envelope -> {
          if (get(envelope, WORK_MS) != 0) {
            work.add(envelope, get(envelope, WORK_MS), get(envelope, WORK_SEQUENCE));
          }
        });
  }

  boolean isFull() {
    return store.isFull();
  }

  RecordStore records() {
    return store;
  }

  /** The handle of the envelope with this id, or 0. */
  int find(final long hi, final long lo) {
    return index.find(hi, lo);
  }

  int add(final long hi, final long lo) {
    final int envelope = store.allocate();
    store.set(envelope, ID_HI, hi);
    store.set(envelope, ID_LO, lo);
    index.put(envelope);
    return envelope;
  }

  long get(final int envelope, final int word) {
    return store.get(envelope, word);
  }

  int intAt(final int envelope, final int word) {
    return (int) store.get(envelope, word);
  }

  void set(final int envelope, final int word, final long value) {
    store.set(envelope, word, value);
  }

  void add(final int envelope, final int word, final long delta) {
    store.set(envelope, word, store.get(envelope, word) + delta);
  }

  EnvelopeState state(final int envelope) {
    return STATES[(int) store.get(envelope, STATE)];
  }

  void state(final int envelope, final EnvelopeState state) {
    store.set(envelope, STATE, state.value());
  }

  /** Whether lines may still be sent or answered. */
  boolean isPaying(final int envelope) {
    final EnvelopeState state = state(envelope);
    return state == EnvelopeState.RELEASED || state == EnvelopeState.PAUSED;
  }

  /** Whether every line has its final answer. */
  boolean isDone(final int envelope) {
    return get(envelope, SETTLED) + get(envelope, REJECTED) + get(envelope, EXPIRED)
        == get(envelope, ADDED);
  }

  boolean hasApproved(final int envelope, final int operator) {
    for (int i = 0; i < get(envelope, APPROVALS); i++) {
      if (intAt(envelope, APPROVERS + i) == operator) {
        return true;
      }
    }
    return false;
  }

  // ---- what is to be done

  /** Something is to be done at a time, or no longer (0). Replaces what was planned before. */
  void plan(final int envelope, final long atMs, final long sequence) {
    work.remove(envelope);
    set(envelope, WORK_MS, atMs);
    set(envelope, WORK_SEQUENCE, atMs == 0 ? 0 : sequence);
    if (atMs != 0) {
      work.add(envelope, atMs, sequence);
    }
  }

  long nextWorkMs() {
    return work.nextDeadlineMs();
  }

  int nextWork() {
    return work.peek();
  }
}
