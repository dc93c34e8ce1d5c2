package org.civicswitch.core.engine;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What is taken: at most one live or paid line per (programme, cycle, person, entitlement line), 32
 * bytes each. Freed when the line fails, so that it can be paid again; kept when it was paid, even
 * after the line itself is forgotten.
 */
final class Entitlements {
  private static final int WORDS = 4;
  private static final int CYCLE = 0;
  private static final int PERSON = 1;

  /** Of the line that took it. */
  private static final int ENVELOPE = 2;

  private final RecordStore store;
  private final IdIndex index;

  Entitlements(final StateSpace space, final int capacity) {
    store = space.add("engine.entitlements", WORDS, capacity);
    index = new IdIndex(store, CYCLE, 2);
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

  boolean isTaken(final int programme, final int cycle, final int subject, final int entitlement) {
    return index.find(pair(programme, cycle), pair(subject, entitlement)) != 0;
  }

  /** Takes one that is free; there must be room. */
  int take(
      final int programme,
      final int cycle,
      final int subject,
      final int entitlement,
      final int envelope) {
    final int taken = store.allocate();
    store.set(taken, CYCLE, pair(programme, cycle));
    store.set(taken, PERSON, pair(subject, entitlement));
    store.set(taken, ENVELOPE, envelope);
    index.put(taken);
    return taken;
  }

  void free(final int taken) {
    index.remove(taken);
    store.release(taken);
  }
}
