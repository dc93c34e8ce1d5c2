package org.civicswitch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.Test;

/** One move that breaks everything, mended step by step: each refusal in its documented place. */
class PrecedenceTest {
  private final Ledger ledger = new Ledger(new StateSpace(), 16, 1, 4);
  private final Accounts accounts = ledger.accounts();

  @Test
  void movesAreRefusedInOrder() {
    final int rules = AssetRules.NOT_TRANSFERABLE;
    final int asset = ledger.assets().define(1, rules);
    final int other = ledger.assets().define(2, 0);
    final int issuer = accounts.open(0, 1, asset, AccountFlags.ISSUER, 0);
    final int holder = accounts.open(0, 2, asset, 0, 5);
    final int strict = accounts.open(0, 3, asset, AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS, 0);
    final int elsewhere = accounts.open(0, 4, other, 0, 0);
    ledger.reserve(issuer, holder, 1, 10, 1);
    accounts.close(strict);
    accounts.freeze(holder);
    ledger.assets().freeze(asset);
    ledger.assets().retire(asset);

    assertThat(ledger.checkReserve(99, elsewhere, -1)).isEqualTo(LedgerResult.CAPACITY);
    ledger.voidPending(1);
    assertThat(ledger.checkReserve(99, elsewhere, -1)).isEqualTo(LedgerResult.ACCOUNT_UNKNOWN);
    assertThat(ledger.checkReserve(elsewhere, 0, -1)).isEqualTo(LedgerResult.ACCOUNT_UNKNOWN);
    assertThat(ledger.checkReserve(holder, elsewhere, -1)).isEqualTo(LedgerResult.ASSETS_DIFFER);
    assertThat(ledger.checkReserve(holder, strict, -1)).isEqualTo(LedgerResult.ASSET_RETIRED);
    assertThat(ledger.checkReserve(holder, issuer, -1)).isEqualTo(LedgerResult.ASSET_FROZEN);
    ledger.assets().unfreeze(asset);
    assertThat(ledger.checkReserve(strict, issuer, -1)).isEqualTo(LedgerResult.ACCOUNT_CLOSED);
    assertThat(ledger.checkReserve(holder, issuer, -1)).isEqualTo(LedgerResult.ACCOUNT_FROZEN);
    accounts.unfreeze(holder);
    assertThat(ledger.checkReserve(holder, issuer, 0)).isEqualTo(LedgerResult.AMOUNT_NOT_POSITIVE);
    assertThat(ledger.checkReserve(holder, issuer, Long.MAX_VALUE))
        .isEqualTo(LedgerResult.NET_DEBIT_CAP);
    assertThat(ledger.checkReserve(issuer, issuer, 1)).isEqualTo(LedgerResult.SAME_ACCOUNT);
    assertThat(ledger.checkReserve(holder, issuer, 6)).isEqualTo(LedgerResult.NET_DEBIT_CAP);
    assertThat(ledger.checkReserve(holder, issuer, 5)).isEqualTo(LedgerResult.OK);
  }

  @Test
  void ruleComesBeforeStateOfTheAccounts() {
    final int asset = ledger.assets().define(1, AssetRules.NOT_TRANSFERABLE);
    final int one = accounts.open(0, 1, asset, 0, 0);
    final int two = accounts.open(0, 2, asset, 0, 0);
    accounts.close(one);
    assertThat(ledger.checkTransfer(one, two, -1)).isEqualTo(LedgerResult.ASSET_RULE);
  }

  @Test
  void totalsEndBelowTwoToTheSixtyThird() {
    final int asset = ledger.assets().define(1, 0);
    final int issuer = accounts.open(0, 1, asset, AccountFlags.ISSUER, 0);
    final int holder = accounts.open(0, 2, asset, 0, Accounts.NO_CAP);
    final int third = accounts.open(0, 3, asset, 0, 0);
    assertThat(ledger.transfer(issuer, holder, Long.MAX_VALUE - 1)).isZero();
    final int pending = ledger.reserve(issuer, holder, 1, 10, 1);
    assertThat(pending).isPositive();
    assertThat(ledger.transfer(issuer, third, 1)).isEqualTo(LedgerResult.AMOUNT_OVERFLOW);
    assertThat(ledger.transfer(issuer, issuer, 1)).isEqualTo(LedgerResult.AMOUNT_OVERFLOW);
    assertThat(ledger.transfer(third, holder, 1)).isEqualTo(LedgerResult.AMOUNT_OVERFLOW);
    assertThat(ledger.post(pending, 1, 0)).isZero();
    assertThat(accounts.balance(issuer)).isEqualTo(-Long.MAX_VALUE);
    assertThat(accounts.balance(holder)).isEqualTo(Long.MAX_VALUE);
    assertThat(ledger.transfer(holder, third, Long.MAX_VALUE)).isZero();
    assertThat(ledger.audit()).isEmpty();
  }

  @Test
  void limitsHoldAtTheirBoundary() {
    final int asset = ledger.assets().define(1, 0);
    final int issuer = accounts.open(0, 1, asset, AccountFlags.ISSUER, 0);
    final int capped = accounts.open(0, 2, asset, 0, 10);
    final int strict = accounts.open(0, 3, asset, AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS, 99);
    final int debtor = accounts.open(0, 4, asset, AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS, 50);
    assertThat(ledger.transfer(capped, strict, 11)).isEqualTo(LedgerResult.NET_DEBIT_CAP);
    assertThat(ledger.transfer(capped, strict, 10)).isZero();
    assertThat(accounts.setNetDebitCap(capped, 3)).isZero();
    assertThat(ledger.transfer(capped, strict, 1)).isEqualTo(LedgerResult.NET_DEBIT_CAP);
    assertThat(ledger.transfer(strict, capped, 11)).isEqualTo(LedgerResult.INSUFFICIENT_FUNDS);
    assertThat(ledger.transfer(strict, capped, 8)).isZero();
    assertThat(ledger.transfer(capped, strict, 1)).isZero();
    assertThat(ledger.transfer(issuer, debtor, 1)).isEqualTo(LedgerResult.CREDIT_LIMIT);
    assertThat(ledger.transfer(debtor, strict, 20)).isZero();
    assertThat(ledger.transfer(issuer, debtor, 21)).isEqualTo(LedgerResult.CREDIT_LIMIT);
    final int pending = ledger.reserve(issuer, debtor, 20, 10, 1);
    assertThat(ledger.transfer(issuer, debtor, 1)).isEqualTo(LedgerResult.CREDIT_LIMIT);
    assertThat(ledger.post(pending, 20, 0)).isZero();
  }

  @Test
  void postsAreRefusedInOrder() {
    final int asset = ledger.assets().define(1, 0);
    final int issuer = accounts.open(0, 1, asset, AccountFlags.ISSUER, 0);
    final int holder = accounts.open(0, 2, asset, 0, 0);
    final int pending = ledger.reserve(issuer, holder, 5, 10, 1);
    assertThat(ledger.checkPost(0, 0, 10)).isEqualTo(LedgerResult.PENDING_UNKNOWN);
    assertThat(ledger.checkPost(2, 0, 10)).isEqualTo(LedgerResult.PENDING_UNKNOWN);
    assertThat(ledger.checkPost(pending, 0, 10)).isEqualTo(LedgerResult.AMOUNT_NOT_POSITIVE);
    assertThat(ledger.checkPost(pending, 6, 10)).isEqualTo(LedgerResult.AMOUNT_EXCEEDS_PENDING);
    assertThat(ledger.checkPost(pending, 5, 10)).isEqualTo(LedgerResult.DEADLINE_PASSED);
    assertThat(ledger.checkPost(pending, 5, 9)).isEqualTo(LedgerResult.OK);
    assertThat(ledger.checkExpire(pending, 9)).isEqualTo(LedgerResult.NOT_DUE);
    assertThat(ledger.checkExpire(pending, 10)).isEqualTo(LedgerResult.OK);
    final int never = pendingWithoutDeadline(issuer, holder, pending);
    assertThat(ledger.checkPost(never, 5, Long.MAX_VALUE - 1)).isEqualTo(LedgerResult.OK);
  }

  private int pendingWithoutDeadline(final int issuer, final int holder, final int old) {
    ledger.voidPending(old);
    return ledger.reserve(issuer, holder, 5, Ledger.NO_DEADLINE, 2);
  }

  @Test
  void accountsAreOpenedAndClosedInOrder() {
    final int asset = ledger.assets().define(1, 0);
    final int issuer = accounts.open(0, 1, asset, AccountFlags.ISSUER, 0);
    final int holder = accounts.open(0, 2, asset, 0, 0);
    assertThat(accounts.open(0, 2, 9, 8, -1)).isEqualTo(-LedgerResult.ASSET_UNKNOWN);
    assertThat(accounts.open(0, 2, asset, 8, -1)).isEqualTo(-LedgerResult.ACCOUNT_EXISTS);
    for (final int flags : new int[] {3, 5, 8, 16, 32, -1}) {
      assertThat(accounts.open(0, 5, asset, flags, 0)).isEqualTo(-LedgerResult.ARGUMENT_INVALID);
    }
    assertThat(accounts.open(0, 5, asset, 0, -1)).isEqualTo(-LedgerResult.ARGUMENT_INVALID);
    assertThat(accounts.open(0, 0, asset, 0, 0)).isEqualTo(-LedgerResult.ARGUMENT_INVALID);

    final int pending = ledger.reserve(issuer, holder, 5, 10, 1);
    assertThat(accounts.close(holder)).isEqualTo(LedgerResult.ACCOUNT_NOT_EMPTY);
    ledger.post(pending, 5, 0);
    assertThat(accounts.close(holder)).isEqualTo(LedgerResult.ACCOUNT_NOT_EMPTY);
    assertThat(accounts.remove(holder)).isEqualTo(LedgerResult.ACCOUNT_NOT_EMPTY);
    ledger.transfer(holder, issuer, 5);
    assertThat(accounts.close(holder)).isZero();
    assertThat(accounts.close(holder)).isEqualTo(LedgerResult.ACCOUNT_CLOSED);
    assertThat(accounts.freeze(holder)).isEqualTo(LedgerResult.ACCOUNT_CLOSED);
    assertThat(accounts.setNetDebitCap(holder, -1)).isEqualTo(LedgerResult.ACCOUNT_CLOSED);
    assertThat(accounts.open(0, 2, asset, 0, 0)).isEqualTo(-LedgerResult.ACCOUNT_EXISTS);
    assertThat(accounts.remove(holder)).isZero();
    assertThat(accounts.remove(holder)).isEqualTo(LedgerResult.ACCOUNT_UNKNOWN);
    assertThat(accounts.open(0, 2, asset, 0, 0)).isEqualTo(holder);
    assertThat(ledger.audit()).isEmpty();
    accounts.capacity(2);
    assertThat(accounts.open(0, 2, 9, 8, -1)).isEqualTo(-LedgerResult.CAPACITY);
  }

  @Test
  void everyResultHasItsName() throws IllegalAccessException {
    for (final var field : LedgerResult.class.getFields()) {
      assertThat(LedgerResult.name(field.getInt(null))).isEqualTo(field.getName());
    }
    assertThat(LedgerResult.name(24)).isEqualTo("UNKNOWN_24");
  }
}
