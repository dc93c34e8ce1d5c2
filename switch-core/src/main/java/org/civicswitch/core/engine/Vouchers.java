package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.VoucherState;
import org.civicswitch.memory.DeadlineQueue;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Vouchers, 128 bytes each and an account of units while something is left. Those that can still
 * expire wait in a queue ordered by (expiry, sequence). One that has ended is kept for a while, so
 * that a query finds it, and then forgotten.
 */
final class Vouchers {
  static final int ID_HI = 0;
  static final int ID_LO = 1;
  static final int PROGRAMME = 2;

  /** Handle of the voucher asset. */
  static final int ASSET = 3;

  static final int SUBJECT = 4;
  static final int AMOUNT = 5;
  static final int LEFT = 6;
  static final int CATEGORY = 7;
  static final int EXPIRES_MS = 8;
  static final int STATE = 9;

  /** Handle of the account of its units; 0 once it has ended. */
  static final int UNITS = 10;

  static final int SEQUENCE = 11;

  /** When it expires, or, once it has ended, when it is forgotten. */
  static final int TIMER_MS = 12;

  private static final int WORDS = 16;
  private static final VoucherState[] STATES = VoucherState.values();

  private final RecordStore store;
  private final IdIndex index;
  private final DeadlineQueue timers = new DeadlineQueue();

  Vouchers(final StateSpace space, final int capacity) {
    store = space.add("engine.vouchers", WORDS, capacity);
    index = new IdIndex(store, ID_HI, 2);
  }

  void seed(final long seed) {
    index.seed(seed);
  }

  void rebuild() {
    index.rebuild();
    timers.clear();
    store.forEach(voucher -> timers.add(voucher, get(voucher, TIMER_MS), get(voucher, SEQUENCE)));
  }

  RecordStore records() {
    return store;
  }

  boolean isFull() {
    return store.isFull();
  }

  /** The handle of the voucher with this id, or 0. */
  int find(final long hi, final long lo) {
    return index.find(hi, lo);
  }

  int add(final long hi, final long lo) {
    final int voucher = store.allocate();
    store.set(voucher, ID_HI, hi);
    store.set(voucher, ID_LO, lo);
    index.put(voucher);
    return voucher;
  }

  void forget(final int voucher) {
    timers.remove(voucher);
    index.remove(voucher);
    store.release(voucher);
  }

  long get(final int voucher, final int word) {
    return store.get(voucher, word);
  }

  int intAt(final int voucher, final int word) {
    return (int) store.get(voucher, word);
  }

  void set(final int voucher, final int word, final long value) {
    store.set(voucher, word, value);
  }

  VoucherState state(final int voucher) {
    return STATES[(int) store.get(voucher, STATE)];
  }

  void state(final int voucher, final VoucherState state) {
    store.set(voucher, STATE, state.value());
  }

  /** Whether something can still be spent. */
  boolean isLive(final int voucher) {
    final VoucherState state = state(voucher);
    return state == VoucherState.ACTIVE || state == VoucherState.PARTLY_SPENT;
  }

  /** Sets or replaces the timer. */
  void timer(final int voucher, final long atMs) {
    timers.remove(voucher);
    set(voucher, TIMER_MS, atMs);
    timers.add(voucher, atMs, get(voucher, SEQUENCE));
  }

  long nextTimerMs() {
    return timers.nextDeadlineMs();
  }

  int nextTimer() {
    return timers.peek();
  }
}
