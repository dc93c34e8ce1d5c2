package org.civicswitch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.Test;

/** What an audit says of a ledger whose memory was damaged, one word at a time. */
class LedgerAuditTest {
  private final Ledger ledger = new Ledger(new StateSpace(), 16, 8, 4);
  private final int euro = ledger.assets().define(978, 0);
  private final int other = ledger.assets().define(-2, 0);
  private final int issuer = ledger.accounts().open(0, 1, euro, AccountFlags.ISSUER, 0);
  private final int ann = ledger.accounts().open(0, 2, euro, 0, 0);
  private final int source = ledger.accounts().open(0, 3, other, AccountFlags.ISSUER, 0);
  private final int holder = ledger.accounts().open(0, 4, other, 0, 0);
  private final RecordStore accounts = ledger.accounts().records();

  LedgerAuditTest() {
    ledger.transfer(issuer, ann, 100);
    ledger.reserve(ann, issuer, 30, 10, 1);
    ledger.transfer(source, holder, 7);
    ledger.reserve(source, holder, 2, 10, 2);
  }

  private void damage(final int account, final int word, final long by) {
    accounts.set(account, word, accounts.get(account, word) + by);
  }

  @Test
  void soundLedgerPasses() {
    assertThat(ledger.audit()).isEmpty();
  }

  @Test
  void moneyMadeIsFound() {
    damage(ann, AccountRecord.CREDITS_POSTED, 1);
    assertThat(ledger.audit()).containsExactly("asset 978: debits posted 100, credits posted 101");
    assertThat(ledger.sum(euro)).isEqualTo(BigInteger.valueOf(-1));
    assertThat(ledger.sum(other)).isZero();
  }

  @Test
  void moneyLostIsFoundInTheLastAssetToo() {
    damage(source, AccountRecord.DEBITS_POSTED, 3);
    assertThat(ledger.audit())
        .containsExactly("asset 4294967294: debits posted 10, credits posted 7");
    assertThat(ledger.sum(other)).isEqualTo(BigInteger.valueOf(3));
    assertThat(ledger.sum(euro)).isZero();
  }

  @Test
  void pendingThatNobodyReservedIsFound() {
    damage(ann, AccountRecord.DEBITS_PENDING, 1);
    assertThat(ledger.audit())
        .containsExactly(
            "account " + ann + ": debits pending are not those reserved",
            "asset 978: debits pending 31, credits pending 30");
  }

  @Test
  void pendingMovedToAnotherAccountIsFoundThoughTheSumsAgree() {
    damage(holder, AccountRecord.CREDITS_PENDING, -2);
    damage(source, AccountRecord.CREDITS_PENDING, 2);
    assertThat(ledger.audit())
        .containsExactly(
            "account " + source + ": credits pending are not those reserved",
            "account " + holder + ": credits pending are not those reserved");
  }

  @Test
  void negativeTotalIsFound() {
    damage(issuer, AccountRecord.DEBITS_POSTED, -101);
    damage(ann, AccountRecord.CREDITS_POSTED, -101);
    assertThat(ledger.audit())
        .containsExactly(
            "account " + issuer + ": debits posted negative",
            "account " + ann + ": credits posted negative");
  }

  @Test
  void accountOfNoAssetIsFound() {
    accounts.set(holder, AccountRecord.ASSET_AND_FLAGS, AccountRecord.assetAndFlags(3, 0));
    assertThat(ledger.audit()).contains("account " + holder + " names an asset that is not there");
  }

  @Test
  void reservationOfNoAccountIsFound() {
    accounts.set(ann, AccountRecord.ASSET_AND_FLAGS, 0);
    assertThat(ledger.audit())
        .contains("reservation 1 names an account that is not there")
        .noneMatch(line -> line.startsWith("reservation 2"));
    accounts.set(ann, AccountRecord.ASSET_AND_FLAGS, AccountRecord.assetAndFlags(euro, 0));
    accounts.set(issuer, AccountRecord.ASSET_AND_FLAGS, 0);
    assertThat(ledger.audit()).contains("reservation 1 names an account that is not there");
  }
}
