package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.AssetDefinedEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.ledger.AccountFlags;
import org.civicswitch.ledger.AssetRules;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.ledger.LedgerResult;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What is moved. Each asset has one issuer account, where its units come from: for a currency the
 * mirror of the settlement account outside, for a budget what was allotted.
 */
final class Assets implements CommandHandler {
  private static final int WORDS = 8;
  private static final int NUMBER = 0;
  private static final int LEDGER_ASSET = 1;
  private static final int ISSUER = 2;
  private static final int KIND_AND_EXPONENT = 3;
  private static final int MONEY_ASSET = 4;
  private static final int CODE = 5;
  static final int CAPACITY = 1 << 12;

  private final RecordStore store;
  private final IdIndex index;
  private final Ledger ledger;
  private final Feed feed;
  private final DefineAssetDecoder define = new DefineAssetDecoder();
  private final AssetDefinedEncoder defined = new AssetDefinedEncoder();

  Assets(final StateSpace space, final Ledger ledger, final Feed feed) {
    store = space.add("engine.assets", WORDS, CAPACITY);
    index = new IdIndex(store, NUMBER, 1);
    this.ledger = ledger;
    this.feed = feed;
  }

  void rebuild() {
    index.rebuild();
  }

  /**
   * @return its handle here, or 0
   */
  int find(final int asset) {
    return index.find(Integer.toUnsignedLong(asset), 0);
  }

  String code(final int handle) {
    return Words.text(store, handle, CODE, 2).strip();
  }

  /** Its handle in the ledger. */
  int ledgerAsset(final int handle) {
    return (int) store.get(handle, LEDGER_ASSET);
  }

  /** The account its units come from. */
  int issuer(final int handle) {
    return (int) store.get(handle, ISSUER);
  }

  /** A value of AssetKind. */
  int kind(final int handle) {
    return (int) store.get(handle, KIND_AND_EXPONENT) & 0xFF;
  }

  /** The asset number of the money behind it, or 0. */
  int moneyAsset(final int handle) {
    return (int) store.get(handle, MONEY_ASSET);
  }

  /** {@link AssetRules} as they are now. */
  int rules(final int handle) {
    return ledger.assets().rules(ledgerAsset(handle));
  }

  /** What of each asset is outside its issuer; for checks. */
  List<EngineSummary.AssetTotal> totals() {
    final List<EngineSummary.AssetTotal> totals = new ArrayList<>();
    store.forEach(
        handle ->
            totals.add(
                new EngineSummary.AssetTotal(
                    (int) store.get(handle, NUMBER),
                    Words.text(store, handle, CODE, 2),
                    -ledger.accounts().balance(issuer(handle)),
                    ledger.sum(ledger.accounts().asset(issuer(handle))))));
    return totals;
  }

  @Override
  public Code apply(final Command command) {
    define.wrap(command.buffer, command.block, DefineAssetDecoder.BLOCK_LENGTH, 1);
    final int asset = (int) define.asset();
    final int money = (int) define.moneyAsset();
    final int rules = define.rules().getRaw();
    if (store.isFull()
        || ledger.accounts().checkOpen(AccountIds.ISSUER, asset, 0, 0, 0)
            == LedgerResult.CAPACITY) {
      return Code.CAPACITY;
    }
    if (money != 0 && find(money) == 0) {
      return Code.ASSET_UNKNOWN;
    }
    if (asset == 0 || find(asset) != 0) {
      return Code.ASSET_EXISTS;
    }
    if ((rules >>> 8) != 0 || (rules & AssetRules.RETIRED) != 0) {
      return Code.ASSET_RULE;
    }
    final int ledgerAsset = Ledgers.made(ledger.assets().define(asset, rules));
    final int issuer =
        Ledgers.made(
            ledger
                .accounts()
                .open(
                    AccountIds.ISSUER,
                    Integer.toUnsignedLong(asset),
                    ledgerAsset,
                    AccountFlags.ISSUER,
                    0));
    final int handle = store.allocate();
    store.set(handle, NUMBER, Integer.toUnsignedLong(asset));
    store.set(handle, LEDGER_ASSET, ledgerAsset);
    store.set(handle, ISSUER, issuer);
    store.set(handle, KIND_AND_EXPONENT, define.assetKindRaw() | define.exponent() << 8);
    store.set(handle, MONEY_ASSET, Integer.toUnsignedLong(money));
    final int code = command.block + DefineAssetDecoder.codeEncodingOffset();
    store.set(handle, CODE, command.longAt(code));
    store.set(handle, CODE + 1, command.longAt(code + Long.BYTES));
    index.put(handle);

    defined.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(defined.at());
    defined
        .asset(Integer.toUnsignedLong(asset))
        .assetKind(define.assetKind())
        .exponent(define.exponent())
        .moneyAsset(Integer.toUnsignedLong(money));
    feed.buffer()
        .putShort(
            defined.offset() + AssetDefinedEncoder.rulesEncodingOffset(),
            (short) rules,
            AssetDefinedEncoder.BYTE_ORDER);
    feed.buffer()
        .putBytes(
            defined.offset() + AssetDefinedEncoder.codeEncodingOffset(), command.buffer, code, 16);
    feed.commit(defined.encodedLength());
    return Code.OK;
  }
}
