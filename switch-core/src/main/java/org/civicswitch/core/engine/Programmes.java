package org.civicswitch.core.engine;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/** Programmes: what each pays with, until when, under whose eyes. */
final class Programmes {
  static final int NUMBER = 0;
  static final int PAYING_PARTICIPANT = 1;

  /** Numbers of assets, as on the wire. */
  static final int CASH_ASSET = 2;

  static final int AUTHORITY_ASSET = 3;

  /** Days since 1970-01-01; the last day on which authority counts. 0: no end. */
  static final int FISCAL_END = 4;

  static final int ASSURANCE_MIN = 5;

  /** Operators that must approve an envelope; 0: as configured. */
  static final int APPROVALS = 6;

  /** 16 bytes of text. */
  static final int CODE = 7;

  // Handles of accounts.
  static final int CASH = 9;
  static final int VOUCHER_RESERVE = 10;
  static final int AUTHORITY = 11;
  static final int SPENT = 12;

  /** What released envelopes hold, of cash and of authority. */
  static final int COMMITTED_CASH = 13;

  static final int COMMITTED_AUTHORITY = 14;

  /** Sequence of the last command that changed its money. */
  static final int CHANGED = 15;

  private static final int WORDS = 16;
  private static final int CAPACITY = 1 << 16;

  private final RecordStore store;
  private final IdIndex index;

  Programmes(final StateSpace space) {
    store = space.add("engine.programmes", WORDS, CAPACITY);
    index = new IdIndex(store, NUMBER, 1);
  }

  void rebuild() {
    index.rebuild();
  }

  boolean isFull() {
    return store.isFull();
  }

  RecordStore records() {
    return store;
  }

  /** The handle of the programme with this number, or 0. */
  int find(final long number) {
    return index.find(number, 0);
  }

  /** Adds a programme with nothing but its number. */
  int add(final long number) {
    final int programme = store.allocate();
    store.set(programme, NUMBER, number);
    index.put(programme);
    return programme;
  }

  long get(final int programme, final int word) {
    return store.get(programme, word);
  }

  /** For words that hold a handle or another 32-bit number. */
  int intAt(final int programme, final int word) {
    return (int) store.get(programme, word);
  }

  void set(final int programme, final int word, final long value) {
    store.set(programme, word, value);
  }

  /** Whether authority still counts at a time. */
  boolean isWithinFiscalPeriod(final int programme, final long timeMs) {
    final long end = get(programme, FISCAL_END);
    return end == 0 || Math.floorDiv(timeMs, 86_400_000L) <= end;
  }
}
