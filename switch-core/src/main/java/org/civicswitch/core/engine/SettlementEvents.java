package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.DeferredPositionChangedEncoder;
import org.civicswitch.core.protocol.ObligationRecordedEncoder;
import org.civicswitch.core.protocol.ObligationSettledEncoder;
import org.civicswitch.core.protocol.ParticipantDefaultedEncoder;
import org.civicswitch.core.protocol.WindowChangedEncoder;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.ledger.Accounts;

/** Tells the feed what became of windows, obligations and deferred positions. */
final class SettlementEvents {
  private final Core core;
  private final Windows windows;
  private final Obligations obligations;
  private final WindowChangedEncoder window = new WindowChangedEncoder();
  private final ObligationRecordedEncoder recorded = new ObligationRecordedEncoder();
  private final ObligationSettledEncoder settled = new ObligationSettledEncoder();
  private final ParticipantDefaultedEncoder defaulted = new ParticipantDefaultedEncoder();
  private final DeferredPositionChangedEncoder deferred = new DeferredPositionChangedEncoder();

  SettlementEvents(final Core core, final Windows windows, final Obligations obligations) {
    this.core = core;
    this.windows = windows;
    this.obligations = obligations;
  }

  void window(final int handle, final WindowState state, final int signer) {
    final Feed feed = core.feed;
    window.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(window.at());
    window
        .window(windows.number(handle))
        .state(state)
        .reserved((short) 0)
        .reserved2(0)
        .obligations(windows.count(handle))
        .signer(Integer.toUnsignedLong(signer));
    window.reference().hi(windows.referenceHi(handle)).lo(windows.referenceLo(handle));
    feed.commit(window.encodedLength());
  }

  void recorded(final int obligation) {
    final Feed feed = core.feed;
    recorded.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(recorded.at());
    recorded
        .window(obligations.window(obligation))
        .asset(asset(obligation))
        .participant(participant(obligations.position(obligation)))
        .counterparty(participant(obligations.other(obligation)))
        .debits(obligations.debits(obligation))
        .credits(obligations.credits(obligation));
    feed.commit(recorded.encodedLength());
  }

  void settled(final int obligation, final long covered) {
    final Feed feed = core.feed;
    settled.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(settled.at());
    settled
        .window(obligations.window(obligation))
        .asset(asset(obligation))
        .participant(participant(obligations.position(obligation)))
        .counterparty(participant(obligations.other(obligation)))
        .net(obligations.net(obligation))
        .covered(covered);
    feed.commit(settled.encodedLength());
  }

  /** The parties are said from the view of the one that owes. */
  void defaulted(
      final long number,
      final int debtor,
      final int creditor,
      final int signer,
      final long fromCollateral,
      final long fromFund) {
    final Feed feed = core.feed;
    defaulted.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(defaulted.at());
    defaulted
        .window(number)
        .asset(Integer.toUnsignedLong(core.positions.asset(debtor)))
        .participant(participant(debtor))
        .counterparty(participant(creditor))
        .signer(Integer.toUnsignedLong(signer))
        .shortfall(fromCollateral + fromFund)
        .fromCollateral(fromCollateral)
        .fromFund(fromFund);
    feed.commit(defaulted.encodedLength());
  }

  /** A deferred position as it is now, with its collateral. */
  void deferred(final int position) {
    put(
        participant(position),
        core.positions.asset(position),
        core.positions.deferred(position),
        core.positions.collateral(position));
  }

  /** An asset's default fund as it is now. */
  void fund(final int accounts) {
    put(0, core.deferred.accounts.asset(accounts), 0, core.deferred.accounts.fund(accounts));
  }

  private void put(
      final long participant, final int asset, final int account, final int collateral) {
    final Feed feed = core.feed;
    final Accounts all = core.ledger.accounts();
    deferred.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(deferred.at());
    deferred
        .participant(participant)
        .asset(Integer.toUnsignedLong(asset))
        .debitsPosted(account == 0 ? 0 : all.debitsPosted(account))
        .creditsPosted(account == 0 ? 0 : all.creditsPosted(account))
        .debitsPending(account == 0 ? 0 : all.debitsPending(account))
        .creditsPending(account == 0 ? 0 : all.creditsPending(account))
        .collateral(collateral == 0 ? 0 : all.balance(collateral))
        .collateralPending(collateral == 0 ? 0 : all.debitsPending(collateral));
    feed.commit(deferred.encodedLength());
  }

  private long asset(final int obligation) {
    return Integer.toUnsignedLong(core.positions.asset(obligations.position(obligation)));
  }

  private long participant(final int position) {
    return position == 0 ? 0 : Integer.toUnsignedLong(core.positions.participant(position));
  }
}
