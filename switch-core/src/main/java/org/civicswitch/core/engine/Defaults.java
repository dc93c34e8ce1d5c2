package org.civicswitch.core.engine;

import org.civicswitch.core.engine.Governed.Concern;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DeclareDefaultDecoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.ledger.Ledger;

/**
 * A participant cannot pay what it owes in a proposed window. It is suspended; what it owes is
 * reserved of its collateral first, then of the default fund, and goes out when the window is
 * settled. Payments stay as they are.
 */
final class Defaults implements CommandHandler {
  private final Core core;
  private final Windows windows;
  private final Obligations obligations;
  private final SettlementEvents events;
  private final DeclareDefaultDecoder declare = new DeclareDefaultDecoder();
  private int debtor;
  private int creditor;
  private int obligation;

  Defaults(
      final Core core,
      final Windows windows,
      final Obligations obligations,
      final SettlementEvents events) {
    this.core = core;
    this.windows = windows;
    this.obligations = obligations;
    this.events = events;
  }

  CommandKind kind() {
    return new CommandKind(
            DeclareDefaultDecoder.TEMPLATE_ID, DeclareDefaultDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.SETTLEMENT)
        .compare(Field.OTHER, DeclareDefaultDecoder.windowEncodingOffset(), 4)
        .compare(Field.ASSET, DeclareDefaultDecoder.assetEncodingOffset(), 4)
        .compare(Field.PARTICIPANT, DeclareDefaultDecoder.targetEncodingOffset(), 8)
        .governed(
            Governed.of(Concern.WINDOW, DeclareDefaultDecoder.windowEncodingOffset(), 4)
                .asset(DeclareDefaultDecoder.assetEncodingOffset()));
  }

  @Override
  public Code apply(final Command command) {
    declare.wrap(command.buffer, command.block, DeclareDefaultDecoder.BLOCK_LENGTH, 1);
    final Code code = check();
    if (code != Code.OK) {
      return code;
    }
    final int fund = fund();
    final long owed = owed();
    final long fromCollateral = Math.min(owed, core.deferred.collateral(debtor));
    final long fromFund = owed - fromCollateral;
    if (fromFund > core.deferred.free(fund)) {
      return Code.DEFAULT_FUND_SHORT;
    }
    reserve(
        command, Obligations.FROM_COLLATERAL, core.positions.collateral(debtor), fromCollateral);
    reserve(command, Obligations.FROM_FUND, fund, fromFund);
    core.participants.suspend(core.participants.find((int) declare.target()));
    events.defaulted(declare.window(), debtor, creditor, command.signer, fromCollateral, fromFund);
    events.deferred(debtor);
    if (fromFund != 0) {
      events.fund(core.deferred.accounts.find((int) declare.asset()));
    }
    return Code.OK;
  }

  /** The first code that applies, in the order of {@link Code}, but for what covers it. */
  private Code check() {
    if (core.ledger.pendingRoom() < 2) {
      return Code.CAPACITY;
    }
    if (core.participants.find((int) declare.target()) == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    if (core.assets.find((int) declare.asset()) == 0) {
      return Code.ASSET_UNKNOWN;
    }
    debtor = core.positions.find((int) declare.target(), (int) declare.asset());
    creditor = core.positions.find((int) declare.counterparty(), (int) declare.asset());
    if (debtor == 0) {
      return Code.ACCOUNT_UNKNOWN;
    }
    final WindowState state = windows.stateOf(declare.window());
    if (state != WindowState.PROPOSED) {
      core.answer.state = state.value();
      return Code.WINDOW_STATE;
    }
    if (declare.counterparty() != 0 && creditor == 0) {
      return Code.OBLIGATION_UNKNOWN;
    }
    obligation =
        obligations.find(
            declare.window(),
            creditor == 0 ? Netting.parties(debtor, 0) : Netting.pair(debtor, creditor));
    return obligation == 0 || owed() <= 0 || obligations.isCovered(obligation)
        ? Code.OBLIGATION_UNKNOWN
        : Code.OK;
  }

  private long owed() {
    final long net = obligations.net(obligation);
    return obligations.position(obligation) == debtor ? -net : net;
  }

  private int fund() {
    return core.deferred.accounts.fund(core.deferred.accounts.find((int) declare.asset()));
  }

  private void reserve(
      final Command command, final int from, final int account, final long amount) {
    if (amount > 0) {
      final int issuer = core.assets.issuer(core.assets.find((int) declare.asset()));
      obligations.cover(
          obligation,
          from,
          Ledgers.made(
              core.ledger.reserve(account, issuer, amount, Ledger.NO_DEADLINE, command.sequence)));
    }
  }
}
