package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.memory.DeadlineQueue;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Closed windows that are not settled. The open one is a number among the {@link Scalars}; one
 * below it that is not here is settled.
 */
final class Windows {
  static final int CAPACITY = 1 << 12;

  private static final int WORDS = 8;
  private static final int NUMBER = 0;
  private static final int STATE = 1;

  /** The head of its chain of obligations, and how many there are. */
  private static final int FIRST = 2;

  private static final int COUNT = 3;

  /** While it closes: how far the walk over {@link Netting} is. */
  private static final int CURSOR = 4;

  private static final int REFERENCE = 5;

  /** Of the command that began the present work on it. */
  private static final int BEGUN = 7;

  private final RecordStore store;
  private final IdIndex index;
  private final Scalars scalars;
  private final DeadlineQueue work = new DeadlineQueue();
  private int closing;

  Windows(final StateSpace space, final Scalars scalars) {
    store = space.add("engine.windows", WORDS, CAPACITY);
    index = new IdIndex(store, NUMBER, 1);
    this.scalars = scalars;
  }

  void rebuild() {
    index.rebuild();
    work.clear();
    closing = 0;
    store.forEach(
        window -> {
          final WindowState state = state(window);
          if (state == WindowState.CLOSING || state == WindowState.SETTLING) {
            work.add(window, 0, store.get(window, BEGUN));
          }
          closing += state == WindowState.CLOSING ? 1 : 0;
        });
  }

  RecordStore records() {
    return store;
  }

  /** The handle of a closed window that is not settled, or 0. */
  int find(final long number) {
    return index.find(number, 0);
  }

  /** Of any number. */
  WindowState stateOf(final long number) {
    final long open = scalars.get(Scalars.WINDOW);
    if (number >= open || number == 0) {
      return number == open ? WindowState.OPEN : WindowState.NONE;
    }
    final int window = find(number);
    return window == 0 ? WindowState.SETTLED : state(window);
  }

  /** Whether one more can be closed now: one at a time. */
  boolean canClose() {
    return closing == 0 && !store.isFull();
  }

  /** Closes the open window and opens the next. */
  int close() {
    final int window = store.allocate();
    store.set(window, NUMBER, scalars.get(Scalars.WINDOW));
    index.put(window);
    scalars.increment(Scalars.WINDOW);
    begin(window, WindowState.CLOSING);
    return window;
  }

  /** Work on it begins, behind that on others. */
  void begin(final int window, final WindowState state) {
    state(window, state);
    store.set(window, BEGUN, scalars.sequence());
    work.add(window, 0, scalars.sequence());
    closing += state == WindowState.CLOSING ? 1 : 0;
  }

  /** The work on the window at hand is done. */
  void end(final int window, final WindowState state) {
    closing -= state(window) == WindowState.CLOSING ? 1 : 0;
    work.remove(window);
    state(window, state);
    if (state == WindowState.SETTLED) {
      index.remove(window);
      store.release(window);
    }
  }

  /** The window to work on, or 0. */
  int work() {
    return work.peek();
  }

  WindowState state(final int window) {
    return WindowState.get((short) store.get(window, STATE));
  }

  void state(final int window, final WindowState state) {
    store.set(window, STATE, state.value());
  }

  long number(final int window) {
    return store.get(window, NUMBER);
  }

  int first(final int window) {
    return (int) store.get(window, FIRST);
  }

  int count(final int window) {
    return (int) store.get(window, COUNT);
  }

  /** Sets the head of the chain and how many are in it. */
  void chain(final int window, final int first, final int count) {
    store.set(window, FIRST, first);
    store.set(window, COUNT, count);
  }

  /** Moves the walk on; returns where it is now. */
  int advance(final int window) {
    final int next = (int) store.get(window, CURSOR) + 1;
    store.set(window, CURSOR, next);
    return next;
  }

  long referenceHi(final int window) {
    return store.get(window, REFERENCE);
  }

  long referenceLo(final int window) {
    return store.get(window, REFERENCE + 1);
  }

  void reference(final int window, final long hi, final long lo) {
    store.set(window, REFERENCE, hi);
    store.set(window, REFERENCE + 1, lo);
  }
}
