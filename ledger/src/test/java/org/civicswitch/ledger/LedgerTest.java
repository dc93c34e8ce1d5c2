package org.civicswitch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of money through a ledger: two-phase, one-phase and linked. */
class LedgerTest {
  private static final long DEADLINE = 1_000;

  private StateSpace space;
  private Ledger ledger;
  private int asset;
  private int source;
  private int alice;
  private int bob;

  @BeforeEach
  void openAccounts() {
    space = new StateSpace();
    ledger = new Ledger(space, 16, 4, 4);
    asset = ledger.assets().define(978, 0);
    source = ledger.accounts().open(0, 1, asset, AccountFlags.ISSUER, 0);
    alice = ledger.accounts().open(0, 2, asset, 0, 0);
    bob = ledger.accounts().open(0, 3, asset, AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS, 0);
  }

  @Test
  void reservedMoneyIsPendingOnBothSidesAndPostedInPart() {
    assertThat(ledger.transfer(source, alice, 100)).isEqualTo(LedgerResult.OK);
    final int pending = ledger.reserve(alice, bob, 60, DEADLINE, 7);
    assertThat(pending).isPositive();
    assertBalances(alice, 0, 100, 60, 0);
    assertBalances(bob, 0, 0, 0, 60);
    assertThat(ledger.pendingDebit(pending)).isEqualTo(alice);
    assertThat(ledger.pendingCredit(pending)).isEqualTo(bob);
    assertThat(ledger.pendingAmount(pending)).isEqualTo(60);
    assertThat(ledger.deadlineMs(pending)).isEqualTo(DEADLINE);
    assertThat(ledger.sequence(pending)).isEqualTo(7);

    assertThat(ledger.post(pending, 50, DEADLINE - 1)).isEqualTo(LedgerResult.OK);
    assertBalances(alice, 50, 100, 0, 0);
    assertBalances(bob, 0, 50, 0, 0);
    assertThat(ledger.isPending(pending)).isFalse();
    assertThat(ledger.post(pending, 50, 0)).isEqualTo(LedgerResult.PENDING_UNKNOWN);
    assertThat(ledger.audit()).isEmpty();
  }

  @Test
  void moneyToComeCannotBeSpent() {
    ledger.transfer(source, alice, 100);
    assertThat(ledger.reserve(alice, bob, 100, DEADLINE, 1)).isPositive();
    assertThat(ledger.transfer(bob, source, 1)).isEqualTo(LedgerResult.INSUFFICIENT_FUNDS);
    assertThat(ledger.transfer(alice, source, 1)).isEqualTo(LedgerResult.NET_DEBIT_CAP);
  }

  @Test
  void voidAndExpiryGiveEverythingBack() {
    ledger.transfer(source, alice, 100);
    final int first = ledger.reserve(alice, bob, 100, DEADLINE, 1);
    assertThat(ledger.voidPending(first)).isEqualTo(LedgerResult.OK);
    assertBalances(alice, 0, 100, 0, 0);
    final int second = ledger.reserve(alice, bob, 100, DEADLINE, 2);
    assertThat(ledger.expire(second, DEADLINE - 1)).isEqualTo(LedgerResult.NOT_DUE);
    assertThat(ledger.post(second, 100, DEADLINE)).isEqualTo(LedgerResult.DEADLINE_PASSED);
    assertThat(ledger.expire(second, DEADLINE)).isEqualTo(LedgerResult.OK);
    assertBalances(alice, 0, 100, 0, 0);
    assertBalances(bob, 0, 0, 0, 0);
    assertThat(ledger.pendingCount()).isZero();
  }

  @Test
  void linkedLegsSeeThoseBeforeThem() {
    final LinkedTransfers linked = new LinkedTransfers();
    linked.transfer(source, alice, 10).reserve(alice, bob, 10, DEADLINE, 1);
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.OK);
    assertThat(linked.failedLeg()).isEqualTo(-1);
    assertThat(ledger.pendingAmount(linked.pending(1))).isEqualTo(10);
    assertBalances(alice, 0, 10, 10, 0);
  }

  @Test
  void refusedChainChangesNothing() {
    ledger.transfer(source, alice, 10);
    final int pending = ledger.reserve(alice, bob, 10, DEADLINE, 1);
    final long before = space.stateHash();
    final LinkedTransfers linked = new LinkedTransfers();
    linked.post(pending, 4, 0).transfer(bob, source, 4).transfer(bob, source, 1);
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.INSUFFICIENT_FUNDS);
    assertThat(linked.failedLeg()).isEqualTo(2);
    assertThat(space.stateHash()).isEqualTo(before);

    linked.clear().post(pending, 4, 0).voidPending(pending);
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.PENDING_UNKNOWN);
    assertThat(space.stateHash()).isEqualTo(before);
  }

  @Test
  void chainIsWrittenInOneLine() {
    ledger.transfer(source, alice, 100);
    final int posted = ledger.reserve(alice, bob, 40, DEADLINE, 1);
    final int voided = ledger.reserve(alice, bob, 50, DEADLINE, 2);
    final LinkedTransfers linked =
        new LinkedTransfers()
            .voidPending(voided)
            .post(posted, 40, 0)
            .reserve(alice, bob, 60, DEADLINE, 3)
            .transfer(bob, alice, 40);
    assertThat(linked.size()).isEqualTo(4);
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.OK);
    assertBalances(alice, 40, 140, 60, 0);
    assertBalances(bob, 40, 40, 0, 60);
  }

  @Test
  void chainTakesNoMoreReservationsThanThereIsRoomFor() {
    final LinkedTransfers linked = new LinkedTransfers();
    final int held = ledger.reserve(source, alice, 1, DEADLINE, 1);
    linked.clear();
    for (int i = 0; i < 4; i++) {
      linked.reserve(source, alice, 1, DEADLINE, 2);
    }
    assertThat(ledger.check(linked)).isEqualTo(LedgerResult.CAPACITY);
    assertThat(linked.failedLeg()).isEqualTo(3);
    linked.clear().voidPending(held);
    for (int i = 0; i < 4; i++) {
      linked.reserve(source, alice, 1, DEADLINE, 2);
    }
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.OK);
    assertThat(ledger.pendingRoom()).isZero();
  }

  @Test
  void handleOfAChainThatIsRefusedLaterIsNoLongerGiven() {
    final LinkedTransfers linked = new LinkedTransfers();
    linked.reserve(source, alice, 10, DEADLINE, 1);
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.OK);
    assertThat(ledger.isPending(linked.pending(0))).isTrue();
    ledger.assets().freeze(asset);
    assertThat(ledger.execute(linked)).isEqualTo(LedgerResult.ASSET_FROZEN);
    assertThat(linked.pending(0)).isZero();
  }

  @Test
  void onlyLegsThatThereAreHaveHandles() {
    final LinkedTransfers linked = new LinkedTransfers().transfer(source, alice, 1);
    assertThat(linked.pending(0)).isZero();
    assertThatThrownBy(() -> linked.pending(-1)).hasMessage("no leg -1");
    assertThatThrownBy(() -> linked.pending(1)).hasMessage("no leg 1");
  }

  @Test
  void roomForReservationsIsWhatTheCapacityLeaves() {
    assertThat(ledger.pendingRoom()).isEqualTo(4);
    ledger.reserve(source, alice, 1, DEADLINE, 1);
    ledger.reserve(source, alice, 1, DEADLINE, 2);
    assertThat(ledger.pendingRoom()).isEqualTo(2);
    ledger.pendingCapacity(1);
    assertThat(ledger.pendingRoom()).as("lowered below what is there").isZero();
  }

  private void assertBalances(
      final int account, final long dp, final long cp, final long dPending, final long cPending) {
    final Accounts accounts = ledger.accounts();
    assertThat(
            new long[] {
              accounts.debitsPosted(account),
              accounts.creditsPosted(account),
              accounts.debitsPending(account),
              accounts.creditsPending(account)
            })
        .containsExactly(dp, cp, dPending, cPending);
  }
}
