package org.civicswitch.ledger;

/** Everything a ledger shows against everything its oracle remembers. */
record LedgerComparison(LedgerOracle oracle, Ledger ledger, String where) {
  void run() {
    final Accounts accounts = ledger.accounts();
    expect("accounts", oracle.accounts.size(), accounts.count());
    expect("index of accounts", oracle.accounts.size(), accounts.indexSize());
    expect("pendings", oracle.pendings.size(), ledger.pendingCount());
    expect("assets", oracle.assets.size(), ledger.assets().count());
    oracle.accounts.forEach(
        (handle, account) -> {
          expect("known", 1, accounts.isKnown(handle) ? 1 : 0);
          expect("found", handle, accounts.find(account.idHi, account.idLo));
          expect("asset", account.asset, accounts.asset(handle));
          expect("flags", account.flags, accounts.flags(handle));
          expect("cap", account.cap.longValueExact(), accounts.netDebitCap(handle));
          expect("dp", account.debitsPosted.longValueExact(), accounts.debitsPosted(handle));
          expect("cp", account.creditsPosted.longValueExact(), accounts.creditsPosted(handle));
          expect("dpend", account.debitsPending.longValueExact(), accounts.debitsPending(handle));
          expect("cpend", account.creditsPending.longValueExact(), accounts.creditsPending(handle));
        });
    oracle.pendings.forEach(
        (handle, pending) -> {
          expect("is pending", 1, ledger.isPending(handle) ? 1 : 0);
          expect("debit", pending.debit(), ledger.pendingDebit(handle));
          expect("credit", pending.credit(), ledger.pendingCredit(handle));
          expect("amount", pending.amount().longValueExact(), ledger.pendingAmount(handle));
          expect("deadline", pending.deadlineMs(), ledger.deadlineMs(handle));
          expect("sequence", pending.sequence(), ledger.sequence(handle));
        });
    oracle.assets.forEach(
        (handle, asset) -> {
          expect("asset found", handle, ledger.assets().find(asset.number));
          expect("rules", asset.rules, ledger.assets().rules(handle));
        });
  }

  private void expect(final String what, final long expected, final long actual) {
    if (expected != actual) {
      throw new AssertionError(where + what + ": expected " + expected + ", but was " + actual);
    }
  }
}
