package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SettlementModelChangedEncoder;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/** How each scheme settles in each asset. One of which nothing is said is prefunded gross. */
final class SettlementModels {
  private static final int WORDS = 4;

  /** Scheme in the high half, asset in the low half. */
  private static final int KEY = 0;

  private static final int MODEL = 1;
  private static final int UNCOVERED = 2;
  private static final int CAPACITY = 1 << 12;

  private final RecordStore store;
  private final IdIndex index;

  SettlementModels(final StateSpace space) {
    store = space.add("engine.settlementModels", WORDS, CAPACITY);
    index = new IdIndex(store, KEY, 1);
  }

  void rebuild() {
    index.rebuild();
  }

  private int find(final int scheme, final int asset) {
    return index.find(AccountIds.owned(scheme, asset), 0);
  }

  /** A value of SettlementModel. A platform that only knows the default looks nothing up. */
  int model(final int scheme, final int asset) {
    if (store.size() == 0) {
      return SettlementModel.PREFUNDED_GROSS.value();
    }
    final int found = find(scheme, asset);
    return found == 0 ? SettlementModel.PREFUNDED_GROSS.value() : (int) store.get(found, MODEL);
  }

  /** Whether caps count in full, whatever collateral there is. */
  boolean isUncovered(final int scheme, final int asset) {
    final int found = find(scheme, asset);
    return found != 0 && store.get(found, UNCOVERED) != 0;
  }

  /** The command that changes one. */
  static final class Change implements CommandHandler {
    private final Core core;
    private final SetSettlementModelDecoder set = new SetSettlementModelDecoder();
    private final SettlementModelChangedEncoder changed = new SettlementModelChangedEncoder();

    Change(final Core core) {
      this.core = core;
    }

    CommandKind kind() {
      return new CommandKind(
              SetSettlementModelDecoder.TEMPLATE_ID, SetSettlementModelDecoder.BLOCK_LENGTH, this)
          .once()
          .signed(Operators.SETTLEMENT)
          .byteMax(
              SetSettlementModelDecoder.settlementModelEncodingOffset(),
              SettlementModel.DEFERRED_NET_BILATERAL.value())
          .byteMax(SetSettlementModelDecoder.uncoveredEncodingOffset(), 1)
          .compare(Field.ASSET, SetSettlementModelDecoder.assetEncodingOffset(), 4)
          .compare(Field.SCHEME, SetSettlementModelDecoder.schemeEncodingOffset(), 2)
          .compare(Field.OTHER, SetSettlementModelDecoder.settlementModelEncodingOffset(), 2)
          .governed(
              Governed.of(
                      Governed.Concern.ASSET, SetSettlementModelDecoder.assetEncodingOffset(), 4)
                  .asset(SetSettlementModelDecoder.assetEncodingOffset()));
    }

    @Override
    public Code apply(final Command command) {
      set.wrap(command.buffer, command.block, SetSettlementModelDecoder.BLOCK_LENGTH, 1);
      final SettlementModels models = core.deferred.models;
      final int asset = core.assets.find((int) set.asset());
      final boolean deferred = set.settlementModel() != SettlementModel.PREFUNDED_GROSS;
      int model = models.find(set.scheme(), (int) set.asset());
      if ((model == 0 && models.store.isFull()) || !core.deferred.accounts.hasRoom()) {
        return Code.CAPACITY;
      }
      if (asset == 0) {
        return Code.ASSET_UNKNOWN;
      }
      if (deferred
          && (core.assets.kind(asset) != AssetKind.CURRENCY.value()
              || core.assets.rules(asset) != 0)) {
        // What comes of netting must be free to move.
        return Code.ASSET_RULE;
      }
      if (deferred) {
        core.deferred.accounts.open((int) set.asset(), core.assets.ledgerAsset(asset));
      }
      if (model == 0) {
        model = models.store.allocate();
        models.store.set(model, KEY, AccountIds.owned(set.scheme(), (int) set.asset()));
        models.index.put(model);
      }
      models.store.set(model, MODEL, set.settlementModelRaw());
      models.store.set(model, UNCOVERED, set.uncovered());
      say(command);
      return Code.OK;
    }

    private void say(final Command command) {
      final Feed feed = core.feed;
      changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
      feed.stamp(changed.at());
      changed
          .asset(set.asset())
          .scheme(set.scheme())
          .settlementModel(set.settlementModel())
          .uncovered(set.uncovered())
          .signer(Integer.toUnsignedLong(command.signer));
      feed.commit(changed.encodedLength());
    }
  }
}
