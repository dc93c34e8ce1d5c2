package org.civicswitch.core.engine;

import org.civicswitch.memory.DeadlineQueue;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Cycles of programmes, 64 bytes each, kept for ever: a cycle that is closed stays closed. There is
 * one per (programme, cycle) that an envelope was declared for, so never more than envelopes. What
 * is taken in a cycle hangs on it in a chain (see {@link Entitlements}); closed cycles that still
 * have such a chain wait in a queue, first closed first.
 */
final class Cycles {
  /** Programme in the high half, number of the cycle in the low half. */
  private static final int KEY = 0;

  /** Declared for it. */
  static final int ENVELOPES = 1;

  /** Of these, neither closed nor cancelled. */
  static final int UNFINISHED = 2;

  /** What is taken in it, and the head of the chain of that. */
  static final int TAKEN = 3;

  private static final int FIRST_TAKEN = 4;

  /** Of the command that closed it; 0 while it is open. */
  private static final int CLOSED_SEQUENCE = 5;

  private static final int CLOSED_MS = 6;

  private static final int WORDS = 8;

  private final RecordStore store;
  private final IdIndex index;
  private final DeadlineQueue work = new DeadlineQueue();

  Cycles(final StateSpace space) {
    store = space.add("engine.cycles", WORDS, Envelopes.CAPACITY);
    index = new IdIndex(store, KEY, 1);
  }

  void rebuild() {
    index.rebuild();
    work.clear();
    store.forEach(this::plan);
  }

  RecordStore records() {
    return store;
  }

  private static long key(final int programme, final int number) {
    return (long) programme << 32 | Integer.toUnsignedLong(number);
  }

  /** The handle of a cycle, or 0 when no envelope was declared for it. */
  int find(final int programme, final int number) {
    return index.find(key(programme, number), 0);
  }

  /** Counts one more envelope of a cycle; returns the cycle's handle. */
  int declare(final int programme, final int number) {
    int cycle = find(programme, number);
    if (cycle == 0) {
      cycle = store.allocate();
      store.set(cycle, KEY, key(programme, number));
      index.put(cycle);
    }
    add(cycle, ENVELOPES, 1);
    add(cycle, UNFINISHED, 1);
    return cycle;
  }

  /** One of its envelopes is closed or cancelled. */
  void finished(final int cycle) {
    add(cycle, UNFINISHED, -1);
  }

  int programme(final int cycle) {
    return (int) (store.get(cycle, KEY) >>> 32);
  }

  /** All 32 bits. */
  int number(final int cycle) {
    return (int) store.get(cycle, KEY);
  }

  int intAt(final int cycle, final int word) {
    return (int) store.get(cycle, word);
  }

  private void add(final int cycle, final int word, final long delta) {
    store.set(cycle, word, store.get(cycle, word) + delta);
  }

  /** Whether a cycle is closed; 0, which no envelope was declared for, is not. */
  boolean isClosed(final int cycle) {
    return cycle != 0 && store.get(cycle, CLOSED_SEQUENCE) != 0;
  }

  /** Closes an open one. */
  void close(final int cycle, final long nowMs, final long sequence) {
    store.set(cycle, CLOSED_SEQUENCE, sequence);
    store.set(cycle, CLOSED_MS, nowMs);
    plan(cycle);
  }

  private void plan(final int cycle) {
    if (isClosed(cycle) && firstTaken(cycle) != 0) {
      work.add(cycle, store.get(cycle, CLOSED_MS), store.get(cycle, CLOSED_SEQUENCE));
    }
  }

  // ---- what is taken

  int firstTaken(final int cycle) {
    return intAt(cycle, FIRST_TAKEN);
  }

  /** One more is taken, and heads the chain. */
  void took(final int cycle, final int entitlement) {
    add(cycle, TAKEN, 1);
    store.set(cycle, FIRST_TAKEN, entitlement);
  }

  /** One is free again; what heads the chain now, 0 when that was the last. */
  void freed(final int cycle, final int first) {
    add(cycle, TAKEN, -1);
    store.set(cycle, FIRST_TAKEN, first);
    if (first == 0) {
      work.remove(cycle);
    }
  }

  /** When there is something to give up, or {@link Long#MAX_VALUE}. */
  long nextWorkMs() {
    return work.nextDeadlineMs();
  }

  int nextWork() {
    return work.peek();
  }
}
