package org.civicswitch.core.engine;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What is taken: at most one live or paid line per (cycle of a programme, person, entitlement
 * line), 32 bytes each, in a chain per cycle. Freed when the line fails, so that it can be paid
 * again; kept when it was paid, even after the line itself is forgotten, until the cycle is closed.
 */
final class Entitlements {
  private static final int WORDS = 4;

  /** Handle of the cycle. */
  private static final int CYCLE = 0;

  private static final int PERSON = 1;

  /** Handle of the line that took it; 0 once that is forgotten. */
  private static final int LINE = 2;

  /** Neighbours among those of the cycle: before in the high half, next in the low half. */
  private static final int LINKS = 3;

  private final RecordStore store;
  private final IdIndex index;
  private final Cycles cycles;

  Entitlements(final StateSpace space, final Cycles cycles, final int capacity) {
    store = space.add("engine.entitlements", WORDS, capacity);
    index = new IdIndex(store, CYCLE, 2);
    this.cycles = cycles;
  }

  void seed(final long seed) {
    index.seed(seed);
  }

  void rebuild() {
    index.rebuild();
  }

  RecordStore records() {
    return store;
  }

  boolean isFull() {
    return store.isFull();
  }

  int size() {
    return store.size();
  }

  private static long pair(final int high, final int low) {
    return (long) high << 32 | Integer.toUnsignedLong(low);
  }

  boolean isTaken(final int cycle, final int subject, final int entitlement) {
    return index.find(cycle, pair(subject, entitlement)) != 0;
  }

  /** Whether it is this person's entitlement line. */
  boolean isOf(final int taken, final int subject, final int entitlement) {
    return store.get(taken, PERSON) == pair(subject, entitlement);
  }

  int cycle(final int taken) {
    return (int) store.get(taken, CYCLE);
  }

  /** The line that took it, or 0 once that is forgotten. */
  int line(final int taken) {
    return (int) store.get(taken, LINE);
  }

  /** The line that took it is forgotten; it stays taken. */
  void forgetLine(final int taken) {
    store.set(taken, LINE, 0);
  }

  int next(final int taken) {
    return (int) store.get(taken, LINKS);
  }

  private int before(final int taken) {
    return (int) (store.get(taken, LINKS) >>> 32);
  }

  /** Takes one that is free; there must be room. */
  int take(final int cycle, final int subject, final int entitlement, final int line) {
    final int taken = store.allocate();
    final int first = cycles.firstTaken(cycle);
    store.set(taken, CYCLE, cycle);
    store.set(taken, PERSON, pair(subject, entitlement));
    store.set(taken, LINE, line);
    store.set(taken, LINKS, pair(0, first));
    if (first != 0) {
      store.set(first, LINKS, pair(taken, next(first)));
    }
    cycles.took(cycle, taken);
    index.put(taken);
    return taken;
  }

  void free(final int taken) {
    final int cycle = cycle(taken);
    final int before = before(taken);
    final int next = next(taken);
    if (before != 0) {
      store.set(before, LINKS, pair(before(before), next));
    }
    if (next != 0) {
      store.set(next, LINKS, pair(before, next(next)));
    }
    cycles.freed(cycle, before == 0 ? next : cycles.firstTaken(cycle));
    index.remove(taken);
    store.release(taken);
  }
}
