package org.civicswitch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.Test;

/** Each rule of an asset at its boundary. */
class AssetRulesTest {
  private final Ledger ledger = new Ledger(new StateSpace(), 16, 8, 4);
  private final Assets assets = ledger.assets();
  private int asset;
  private int issuer;
  private int ann;
  private int ben;

  private void define(final int rules) {
    asset = assets.define(1, rules);
    issuer = ledger.accounts().open(0, 1, asset, AccountFlags.ISSUER, 0);
    ann = ledger.accounts().open(0, 2, asset, AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS, 0);
    ben = ledger.accounts().open(0, 3, asset, AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS, 0);
  }

  @Test
  void indivisibleMovesWhole() {
    define(AssetRules.INDIVISIBLE);
    assertThat(ledger.transfer(issuer, ann, 10)).isZero();
    assertThat(ledger.transfer(ann, ben, 9)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.transfer(ann, ben, 11)).isEqualTo(LedgerResult.ASSET_RULE);
    final int pending = ledger.reserve(ann, ben, 10, 100, 1);
    assertThat(ledger.post(pending, 9, 0)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.transfer(issuer, ann, 5)).isZero();
    assertThat(ledger.transfer(ann, ben, 5)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.transfer(ann, ben, 15)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.post(pending, 10, 0)).isZero();
    assertThat(ledger.transfer(ann, ben, 5)).isZero();
  }

  @Test
  void notTransferableIsIssuedAndRedeemedOnly() {
    define(AssetRules.NOT_TRANSFERABLE);
    assertThat(ledger.transfer(issuer, ann, 10)).isZero();
    assertThat(ledger.transfer(ann, ben, 1)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.transfer(ann, issuer, 1)).isZero();
  }

  @Test
  void uniqueHasOneUnitAndOneSource() {
    define(AssetRules.UNIQUE);
    final Accounts accounts = ledger.accounts();
    assertThat(accounts.open(0, 9, asset, AccountFlags.ISSUER, 0))
        .isEqualTo(-LedgerResult.ASSET_RULE);
    assertThat(accounts.open(0, 9, asset, 0, 0)).isEqualTo(-LedgerResult.ASSET_RULE);
    assertThat(ledger.transfer(issuer, ann, 2)).isEqualTo(LedgerResult.ASSET_RULE);
    final int pending = ledger.reserve(issuer, ann, 1, 100, 1);
    assertThat(ledger.transfer(issuer, ben, 1)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.voidPending(pending)).isZero();
    assertThat(ledger.transfer(issuer, ben, 1)).isZero();
    assertThat(ledger.transfer(issuer, ann, 1)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.transfer(ben, ann, 1)).isZero();
    assertThat(ledger.transfer(ann, issuer, 1)).isZero();
    assertThat(ledger.transfer(issuer, ben, 1)).isZero();
    ledger.transfer(ben, issuer, 1);
    assertThat(accounts.remove(issuer)).isZero();
    assertThat(accounts.open(0, 9, asset, AccountFlags.ISSUER, 0)).isPositive();
  }

  @Test
  void onePerHolderCountsWhatIsToCome() {
    define(AssetRules.ONE_PER_HOLDER);
    assertThat(ledger.transfer(issuer, ann, 2)).isEqualTo(LedgerResult.ASSET_RULE);
    final int pending = ledger.reserve(issuer, ann, 1, 100, 1);
    assertThat(ledger.transfer(issuer, ann, 1)).isEqualTo(LedgerResult.ASSET_RULE);
    assertThat(ledger.post(pending, 1, 0)).isZero();
    assertThat(ledger.transfer(issuer, ann, 1)).isEqualTo(LedgerResult.ASSET_RULE);
    final int leaving = ledger.reserve(ann, ben, 1, 100, 2);
    assertThat(ledger.transfer(issuer, ann, 1)).isEqualTo(LedgerResult.ASSET_RULE);
    ledger.post(leaving, 1, 0);
    assertThat(ledger.transfer(issuer, ann, 1)).isZero();
    assertThat(ledger.transfer(issuer, ann, Long.MAX_VALUE)).isEqualTo(LedgerResult.ASSET_RULE);
  }

  @Test
  void frozenStopsWhatIsNewOnly() {
    define(0);
    ledger.transfer(issuer, ann, 10);
    final int posted = ledger.reserve(ann, ben, 3, 100, 1);
    final int expired = ledger.reserve(ann, ben, 3, 100, 2);
    assertThat(assets.freeze(asset)).isZero();
    assertThat(ledger.reserve(ann, ben, 1, 100, 3)).isEqualTo(-LedgerResult.ASSET_FROZEN);
    assertThat(ledger.transfer(ann, issuer, 1)).isEqualTo(LedgerResult.ASSET_FROZEN);
    assertThat(ledger.post(posted, 3, 0)).isZero();
    assertThat(ledger.expire(expired, 100)).isZero();
    assertThat(assets.unfreeze(asset)).isZero();
    assertThat(ledger.transfer(ann, ben, 1)).isZero();
  }

  @Test
  void retiredLeadsBackToTheIssuerOnly() {
    define(0);
    ledger.transfer(issuer, ann, 10);
    assertThat(assets.retire(asset)).isZero();
    assertThat(ledger.transfer(ann, ben, 1)).isEqualTo(LedgerResult.ASSET_RETIRED);
    assertThat(ledger.transfer(issuer, ann, 1)).isEqualTo(LedgerResult.ASSET_RETIRED);
    assertThat(ledger.transfer(ann, issuer, 10)).isZero();
    assertThat(ledger.accounts().open(0, 9, asset, 0, 0)).isEqualTo(-LedgerResult.ASSET_RETIRED);
    assets.freeze(asset);
    assertThat(ledger.transfer(ann, ben, 1)).isEqualTo(LedgerResult.ASSET_RETIRED);
    assertThat(ledger.transfer(ann, issuer, 1)).isEqualTo(LedgerResult.ASSET_FROZEN);
  }

  @Test
  void definingIsRefusedInOrder() {
    assertThat(assets.define(1, 256)).isEqualTo(-LedgerResult.ARGUMENT_INVALID);
    assertThat(assets.define(1, 255)).isPositive();
    assertThat(assets.define(1, 256)).isEqualTo(-LedgerResult.ASSET_EXISTS);
    assertThat(assets.define(-1, 0)).isPositive();
    assertThat(assets.number(assets.find(-1))).isEqualTo(-1);
    assets.define(3, 0);
    assets.define(4, 0);
    assertThat(assets.define(1, 256)).isEqualTo(-LedgerResult.CAPACITY);
    assets.capacity(5);
    assertThat(assets.define(5, 0)).isPositive();
    assertThat(assets.freeze(99)).isEqualTo(LedgerResult.ASSET_UNKNOWN);
    assertThat(assets.retire(0)).isEqualTo(LedgerResult.ASSET_UNKNOWN);
    assertThat(assets.unfreeze(-1)).isEqualTo(LedgerResult.ASSET_UNKNOWN);
  }
}
