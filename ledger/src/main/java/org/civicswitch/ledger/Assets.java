package org.civicswitch.ledger;

import static org.civicswitch.ledger.LedgerResult.OK;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * The assets of a {@link Ledger} and their rules. An asset is never removed. Getters and {@link
 * #freeze} take handles; a getter must be given one that is in use. One thread.
 */
public final class Assets {
  private static final int WORDS = 4;
  private static final int NUMBER = 0;
  private static final int RULES = 1;
  private static final int ISSUERS = 2;

  private final RecordStore assets;
  private final IdIndex byNumber;

  Assets(final StateSpace space, final int capacity) {
    assets = space.add("ledger.assets", WORDS, capacity);
    byNumber = new IdIndex(assets, NUMBER, 1);
  }

  void rebuild() {
    byNumber.rebuild();
  }

  public int count() {
    return assets.size();
  }

  /** Sets the most assets, 1 to 2^29; what is there stays. */
  public void capacity(final int records) {
    assets.capacity(records);
  }

  /**
   * Defines an asset for ever.
   *
   * @param number any 32 bits, as the participants know it
   * @param rules bits of {@link AssetRules}
   * @return its handle, or -CAPACITY, -ASSET_EXISTS, -ARGUMENT_INVALID (a bit that is no rule)
   */
  public int define(final int number, final int rules) {
    if (assets.isFull()) {
      return -LedgerResult.CAPACITY;
    }
    if (find(number) != 0) {
      return -LedgerResult.ASSET_EXISTS;
    }
    if ((rules & ~AssetRules.ALL) != 0) {
      return -LedgerResult.ARGUMENT_INVALID;
    }
    final int asset = assets.allocate();
    assets.set(asset, NUMBER, number);
    assets.set(asset, RULES, rules);
    byNumber.put(asset);
    return asset;
  }

  /**
   * @return the handle of the asset with this number, or 0
   */
  public int find(final int number) {
    return byNumber.find(number, 0);
  }

  /** OK or ASSET_UNKNOWN. Doing it again changes nothing. */
  public int freeze(final int asset) {
    return changeRules(asset, AssetRules.FROZEN, 0);
  }

  /** OK or ASSET_UNKNOWN. Doing it again changes nothing. */
  public int unfreeze(final int asset) {
    return changeRules(asset, 0, AssetRules.FROZEN);
  }

  /** OK or ASSET_UNKNOWN. There is no way back. */
  public int retire(final int asset) {
    return changeRules(asset, AssetRules.RETIRED, 0);
  }

  private int changeRules(final int asset, final int set, final int cleared) {
    if (!isKnown(asset)) {
      return LedgerResult.ASSET_UNKNOWN;
    }
    assets.set(asset, RULES, (assets.get(asset, RULES) | set) & ~(long) cleared);
    return OK;
  }

  public boolean isKnown(final int asset) {
    return asset > 0 && asset <= assets.highWater();
  }

  public int number(final int asset) {
    return (int) assets.get(asset, NUMBER);
  }

  /** Its {@link AssetRules} as they are now. */
  public int rules(final int asset) {
    return (int) assets.get(asset, RULES);
  }

  boolean hasIssuer(final int asset) {
    return assets.get(asset, ISSUERS) != 0;
  }

  void countIssuer(final int asset, final int by) {
    assets.set(asset, ISSUERS, assets.get(asset, ISSUERS) + by);
  }
}
