package org.civicswitch.core.engine;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What participants owe and are owed from closed windows, until it is settled: chained by window,
 * found by window and parties (see {@link Netting#parties}).
 */
final class Obligations {
  static final int CAPACITY = 1 << 22;

  private static final int WORDS = 8;
  private static final int WINDOW = 0;
  private static final int PARTIES = 1;
  private static final int DEBITS = 2;
  private static final int CREDITS = 3;
  private static final int NEXT = 4;

  /** What is reserved to go out for a defaulter: of its collateral, and of the default fund. */
  static final int FROM_COLLATERAL = 5;

  static final int FROM_FUND = 6;

  private final RecordStore store;
  private final IdIndex index;

  Obligations(final StateSpace space) {
    store = space.add("engine.obligations", WORDS, CAPACITY);
    index = new IdIndex(store, WINDOW, 2);
  }

  void rebuild() {
    index.rebuild();
  }

  RecordStore records() {
    return store;
  }

  /** How many more fit. */
  int room() {
    return store.capacity() - store.size();
  }

  /** Adds one in front of a window's chain; there must be room. */
  int add(
      final long window,
      final long parties,
      final long debits,
      final long credits,
      final int next) {
    final int made = store.allocate();
    store.set(made, WINDOW, window);
    store.set(made, PARTIES, parties);
    store.set(made, DEBITS, debits);
    store.set(made, CREDITS, credits);
    store.set(made, NEXT, next);
    index.put(made);
    return made;
  }

  void remove(final int obligation) {
    index.remove(obligation);
    store.release(obligation);
  }

  /** The handle of what a window has between these parties, or 0. */
  int find(final long window, final long parties) {
    return index.find(window, parties);
  }

  long window(final int obligation) {
    return store.get(obligation, WINDOW);
  }

  /** The position whose obligation it is. */
  int position(final int obligation) {
    return (int) (store.get(obligation, PARTIES) >>> 32);
  }

  /** The position it is against, or 0 for all. */
  int other(final int obligation) {
    return (int) store.get(obligation, PARTIES);
  }

  long debits(final int obligation) {
    return store.get(obligation, DEBITS);
  }

  long credits(final int obligation) {
    return store.get(obligation, CREDITS);
  }

  /** Credits less debits: what the position is to get, or owes when negative. */
  long net(final int obligation) {
    return credits(obligation) - debits(obligation);
  }

  /** The next of its window, or 0. */
  int next(final int obligation) {
    return (int) store.get(obligation, NEXT);
  }

  /** The reservation of what pays for a defaulter, or 0. */
  int cover(final int obligation, final int from) {
    return (int) store.get(obligation, from);
  }

  void cover(final int obligation, final int from, final int pending) {
    store.set(obligation, from, pending);
  }

  boolean isCovered(final int obligation) {
    return (store.get(obligation, FROM_COLLATERAL) | store.get(obligation, FROM_FUND)) != 0;
  }
}
