package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.DeferredPositionChangedEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ObligationSettledEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.WindowChangedEncoder;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.ledger.Ledger;

/**
 * The long work on windows, some obligations per command: recording what each position has when a
 * window was closed, and taking it off the positions when the window is settled.
 */
final class WindowWork implements DueWork {
  /** One obligation, the positions and the fund that it changes, and the window itself. */
  private static final int EVENT_BYTES =
      5 * MessageHeaderEncoder.ENCODED_LENGTH
          + ObligationSettledEncoder.BLOCK_LENGTH
          + 3 * DeferredPositionChangedEncoder.BLOCK_LENGTH
          + WindowChangedEncoder.BLOCK_LENGTH;

  private final Core core;
  private final Windows windows;
  private final Obligations obligations;
  private final SettlementEvents events;

  WindowWork(
      final Core core,
      final Windows windows,
      final Obligations obligations,
      final SettlementEvents events) {
    this.core = core;
    this.windows = windows;
    this.obligations = obligations;
    this.events = events;
  }

  @Override
  public long nextDueMs() {
    return windows.work() == 0 ? Long.MAX_VALUE : 0;
  }

  @Override
  public void step(final long nowMs) {
    for (int i = core.settings.count(Parameter.OBLIGATIONS_PER_STEP);
        i > 0 && windows.work() != 0 && core.feed.hasRoomForDueWork(EVENT_BYTES);
        i--) {
      advance(windows.work());
    }
  }

  private void advance(final int window) {
    if (windows.state(window) == WindowState.CLOSING) {
      final int netting = windows.advance(window);
      if (netting > core.deferred.netting.records().highWater()) {
        end(window, windows.count(window) == 0 ? WindowState.SETTLED : WindowState.CLOSED);
      } else {
        record(window, netting);
      }
      return;
    }
    final int obligation = windows.first(window);
    if (obligation == 0) {
      end(window, WindowState.SETTLED);
    } else {
      windows.chain(window, obligations.next(obligation), windows.count(window));
      settle(obligation);
    }
  }

  private void end(final int window, final WindowState state) {
    events.window(window, state, 0);
    windows.end(window, state);
  }

  private void record(final int window, final int netting) {
    final Netting sums = core.deferred.netting;
    if (sums.take(netting, windows.number(window))) {
      final int made =
          obligations.add(
              windows.number(window),
              sums.parties(netting),
              sums.takenDebits(),
              sums.takenCredits(),
              windows.first(window));
      windows.chain(window, made, windows.count(window) + 1);
      events.recorded(made);
    }
  }

  /** Takes one off the positions, over the settlement account; what covers a default goes out. */
  private void settle(final int obligation) {
    final int position = obligations.position(obligation);
    final int other = obligations.other(obligation);
    final long net = obligations.net(obligation);
    reset(position, net);
    if (other != 0) {
      reset(other, -net);
    }
    final long fromCollateral = payOut(obligation, Obligations.FROM_COLLATERAL);
    final long fromFund = payOut(obligation, Obligations.FROM_FUND);
    events.settled(obligation, fromCollateral + fromFund);
    events.deferred(position);
    if (other != 0) {
      events.deferred(other);
    }
    if (fromFund != 0) {
      events.fund(core.deferred.accounts.find(core.positions.asset(position)));
    }
    obligations.remove(obligation);
  }

  private void reset(final int position, final long net) {
    final DeferredNet deferred = core.deferred;
    final int account = core.positions.deferred(position);
    final int settlement =
        deferred.accounts.settlement(deferred.accounts.find(core.positions.asset(position)));
    if (net < 0) {
      Ledgers.done(core.ledger.transfer(settlement, account, -net));
    } else if (net > 0) {
      Ledgers.done(core.ledger.transfer(account, settlement, net));
    }
  }

  private long payOut(final int obligation, final int from) {
    final Ledger ledger = core.ledger;
    final int pending = obligations.cover(obligation, from);
    if (pending == 0) {
      return 0;
    }
    final long amount = ledger.pendingAmount(pending);
    Ledgers.done(ledger.post(pending, amount, core.scalars.timeMs()));
    return amount;
  }
}
