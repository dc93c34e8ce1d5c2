package org.civicswitch.core.engine;

import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/** The engine's single numbers, as words of one record, so that they are state like all else. */
final class Scalars {
  static final int SEQUENCE = 0;
  static final int TIME = 1;
  static final int FEED_SEQUENCE = 2;
  static final int WINDOW = 3;
  static final int VERSION = 4;

  /** Oldest and newest remembered id. */
  static final int IDS_OLDEST = 5;

  static final int IDS_NEWEST = 6;

  /** An instruction created up to this time may have been forgotten. */
  static final int IDS_HORIZON = 7;

  /** Oldest and newest payment record. */
  static final int PAYMENTS_OLDEST = 8;

  static final int PAYMENTS_NEWEST = 9;

  /** Payments by their final state since the beginning. */
  static final int PAYMENTS_ACCEPTED = 10;

  static final int PAYMENTS_REFUSED = 11;
  static final int PAYMENTS_SETTLED = 12;
  static final int PAYMENTS_REJECTED = 13;
  static final int PAYMENTS_EXPIRED = 14;
  static final int PAYMENTS_RETURNED = 15;

  /** 1 once a command came over a connection: what only the host may do at the start is over. */
  static final int OPENED = 16;

  /** The longest that any payment was allowed to wait for its answer, in milliseconds. */
  static final int LONGEST_LIFE_MS = 17;

  /** The one version of behaviour there is yet. */
  static final long VERSION_KNOWN = 1;

  private static final int WORDS = 64;

  private final RecordStore store;
  private final int handle;

  Scalars(final StateSpace space) {
    store = space.add("engine.scalars", WORDS, 1);
    handle = store.allocate();
    set(WINDOW, 1);
    set(VERSION, VERSION_KNOWN);
  }

  long get(final int word) {
    return store.get(handle, word);
  }

  void set(final int word, final long value) {
    store.set(handle, word, value);
  }

  long increment(final int word) {
    final long next = get(word) + 1;
    set(word, next);
    return next;
  }

  long timeMs() {
    return get(TIME);
  }

  long sequence() {
    return get(SEQUENCE);
  }
}
