package org.civicswitch.core.engine;

import org.civicswitch.ledger.AccountFlags;
import org.civicswitch.ledger.Accounts;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What an asset has of its own once some scheme settles it deferred: the account over which windows
 * are settled, which is empty between windows, and the default fund.
 */
final class SettlementAccounts {
  /**
   * The most that all deferred payments of an asset may add up to: whatever is netted and settled
   * later then fits into every account.
   */
  static final long VOLUME_MAX = 1L << 61;

  private static final int WORDS = 4;
  private static final int ASSET = 0;
  private static final int SETTLEMENT = 1;
  private static final int FUND = 2;
  private static final int VOLUME = 3;

  private final RecordStore store;
  private final IdIndex index;
  private final Ledger ledger;

  SettlementAccounts(final StateSpace space, final Ledger ledger) {
    store = space.add("engine.settlementAccounts", WORDS, Assets.CAPACITY);
    index = new IdIndex(store, ASSET, 1);
    this.ledger = ledger;
  }

  void rebuild() {
    index.rebuild();
  }

  RecordStore records() {
    return store;
  }

  boolean hasRoom() {
    return !store.isFull() && ledger.accounts().room() >= 2;
  }

  /** The handle of an asset's accounts, or 0 as long as no scheme settles it deferred. */
  int find(final int asset) {
    return index.find(Integer.toUnsignedLong(asset), 0);
  }

  /** Opens them if they are not; there must be room. */
  void open(final int asset, final int ledgerAsset) {
    if (find(asset) != 0) {
      return;
    }
    final long id = Integer.toUnsignedLong(asset);
    final int made = store.allocate();
    store.set(made, ASSET, id);
    store.set(
        made,
        SETTLEMENT,
        Ledgers.made(
            ledger.accounts().open(AccountIds.SETTLEMENT, id, ledgerAsset, 0, Accounts.NO_CAP)));
    store.set(
        made,
        FUND,
        Ledgers.made(
            ledger
                .accounts()
                .open(
                    AccountIds.DEFAULT_FUND,
                    id,
                    ledgerAsset,
                    AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS,
                    0)));
    index.put(made);
  }

  int asset(final int accounts) {
    return (int) store.get(accounts, ASSET);
  }

  int settlement(final int accounts) {
    return (int) store.get(accounts, SETTLEMENT);
  }

  int fund(final int accounts) {
    return (int) store.get(accounts, FUND);
  }

  /** Of all payments so far, void ones not counted. */
  long volume(final int accounts) {
    return store.get(accounts, VOLUME);
  }

  void addVolume(final int accounts, final long amount) {
    store.set(accounts, VOLUME, store.get(accounts, VOLUME) + amount);
  }
}
