package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.ledger.Accounts;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.StateSpace;

/**
 * Payments under a deferred model. They move on deferred positions, accounts of their own: what is
 * only promised cannot be drawn as prefunding, nor taken out. A deferred position may be in debit
 * up to the net debit cap, and up to the collateral there is.
 */
final class DeferredNet {
  final SettlementModels models;
  final SettlementAccounts accounts;
  final Netting netting;
  private final Ledger ledger;
  private final Positions positions;

  DeferredNet(
      final StateSpace space,
      final Scalars scalars,
      final Ledger ledger,
      final Positions positions) {
    models = new SettlementModels(space);
    accounts = new SettlementAccounts(space, ledger);
    netting = new Netting(space, scalars);
    this.ledger = ledger;
    this.positions = positions;
  }

  void rebuild() {
    models.rebuild();
    accounts.rebuild();
    netting.rebuild();
  }

  /**
   * Why an amount cannot be paid from a deferred position, of what the ledger does not know: the
   * first of CAPACITY, AMOUNT_OVERFLOW and NET_DEBIT_CAP.
   */
  Code check(final int scheme, final int asset, final int debtor, final long amount) {
    if (!netting.hasRoom()) {
      return Code.CAPACITY;
    }
    if (amount > SettlementAccounts.VOLUME_MAX - accounts.volume(accounts.find(asset))) {
      return Code.AMOUNT_OVERFLOW;
    }
    final long cap = positions.netDebitCap(debtor);
    final long limit = models.isUncovered(scheme, asset) ? cap : Math.min(cap, collateral(debtor));
    return owed(debtor) > limit - amount ? Code.NET_DEBIT_CAP : Code.OK;
  }

  /** By how much a deferred position is in debit, what is reserved included; may be negative. */
  long owed(final int position) {
    final Accounts all = ledger.accounts();
    final int account = positions.deferred(position);
    return all.debitsPosted(account) + all.debitsPending(account) - all.creditsPosted(account);
  }

  /** What a participant has put up and not asked back. */
  long collateral(final int position) {
    return free(positions.collateral(position));
  }

  /** What is on an account and not reserved to go out; of account 0 nothing. */
  long free(final int account) {
    return account == 0
        ? 0
        : ledger.accounts().balance(account) - ledger.accounts().debitsPending(account);
  }

  /** A payment was taken in. */
  void reserved(
      final int asset, final int debtor, final int creditor, final int model, final long amount) {
    netting.open(debtor, creditor, model);
    accounts.addVolume(accounts.find(asset), amount);
  }

  void voided(final int asset, final long amount) {
    accounts.addVolume(accounts.find(asset), -amount);
  }

  void returned(
      final int asset, final int debtor, final int creditor, final int model, final long amount) {
    accounts.addVolume(accounts.find(asset), amount);
    posted(debtor, creditor, model, amount);
  }

  void posted(final int debtor, final int creditor, final int model, final long amount) {
    netting.posted(debtor, creditor, amount, model);
  }
}
