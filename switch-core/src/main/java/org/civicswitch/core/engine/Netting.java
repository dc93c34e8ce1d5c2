package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What deferred payments of the open window add up to: one record per position against all others
 * (multilateral), one per pair of positions (bilateral), made when the first payment is reserved
 * and kept. A record also holds what it had in the window before, as long as that is being closed:
 * so a payment after the close counts where it belongs, though nobody has collected yet.
 */
final class Netting {
  private static final int WORDS = 8;

  /** The position whose view it is in the high half, the other one or 0 in the low half. */
  private static final int PARTIES = 0;

  private static final int WINDOW = 1;
  private static final int DEBITS = 2;
  private static final int CREDITS = 3;
  private static final int BEFORE_WINDOW = 4;
  private static final int BEFORE_DEBITS = 5;
  private static final int BEFORE_CREDITS = 6;
  static final int CAPACITY = 1 << 20;

  private final RecordStore store;
  private final IdIndex index;
  private final Scalars scalars;
  private long takenDebits;
  private long takenCredits;

  Netting(final StateSpace space, final Scalars scalars) {
    store = space.add("engine.netting", WORDS, CAPACITY);
    index = new IdIndex(store, PARTIES, 1);
    this.scalars = scalars;
  }

  void rebuild() {
    index.rebuild();
  }

  RecordStore records() {
    return store;
  }

  /** Whether the records of one more payment fit. */
  boolean hasRoom() {
    return store.capacity() - store.size() >= 2;
  }

  /** One party's view of the other, or of all others when that is 0. */
  static long parties(final int position, final int other) {
    return AccountIds.owned(position, other);
  }

  /** A pair is looked at from the position with the smaller handle. */
  static long pair(final int a, final int b) {
    return parties(Math.min(a, b), Math.max(a, b));
  }

  /** Makes the records that a payment will count in. */
  void open(final int debtor, final int creditor, final int model) {
    if (model == SettlementModel.DEFERRED_NET_BILATERAL.value()) {
      open(pair(debtor, creditor));
    } else {
      open(parties(debtor, 0));
      open(parties(creditor, 0));
    }
  }

  private void open(final long parties) {
    if (index.find(parties, 0) == 0) {
      final int made = store.allocate();
      store.set(made, PARTIES, parties);
      index.put(made);
    }
  }

  /** Counts a payment that is posted now in the window that is open now. */
  void posted(final int debtor, final int creditor, final long amount, final int model) {
    if (model != SettlementModel.DEFERRED_NET_BILATERAL.value()) {
      add(parties(debtor, 0), DEBITS, amount);
      add(parties(creditor, 0), CREDITS, amount);
    } else if (debtor < creditor) {
      add(pair(debtor, creditor), DEBITS, amount);
    } else {
      add(pair(debtor, creditor), CREDITS, amount);
    }
  }

  private void add(final long parties, final int word, final long amount) {
    final int netting = index.find(parties, 0);
    final long window = scalars.get(Scalars.WINDOW);
    if (store.get(netting, WINDOW) != window) {
      if ((store.get(netting, DEBITS) | store.get(netting, CREDITS)) != 0) {
        store.set(netting, BEFORE_WINDOW, store.get(netting, WINDOW));
        store.set(netting, BEFORE_DEBITS, store.get(netting, DEBITS));
        store.set(netting, BEFORE_CREDITS, store.get(netting, CREDITS));
        clear(netting, DEBITS);
      }
      store.set(netting, WINDOW, window);
    }
    store.set(netting, word, store.get(netting, word) + amount);
  }

  private void clear(final int netting, final int debits) {
    store.set(netting, debits, 0);
    store.set(netting, debits + 1, 0);
  }

  /**
   * Takes out what a record has of a closed window.
   *
   * @return whether it had anything; {@link #takenDebits} and {@link #takenCredits} say what
   */
  boolean take(final int netting, final long window) {
    final int debits;
    if (store.get(netting, WINDOW) == window) {
      debits = DEBITS;
    } else if (store.get(netting, BEFORE_WINDOW) == window) {
      debits = BEFORE_DEBITS;
    } else {
      return false;
    }
    takenDebits = store.get(netting, debits);
    takenCredits = store.get(netting, debits + 1);
    clear(netting, debits);
    return (takenDebits | takenCredits) != 0;
  }

  long takenDebits() {
    return takenDebits;
  }

  long takenCredits() {
    return takenCredits;
  }

  long parties(final int netting) {
    return store.get(netting, PARTIES);
  }

  /** Credits less debits that no obligation has been made of yet; for checks. */
  long net(final int netting) {
    return store.get(netting, CREDITS)
        - store.get(netting, DEBITS)
        + store.get(netting, BEFORE_CREDITS)
        - store.get(netting, BEFORE_DEBITS);
  }
}
