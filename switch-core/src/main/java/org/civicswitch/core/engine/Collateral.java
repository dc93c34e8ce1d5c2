package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CollateralMovedEncoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.ledger.AccountFlags;

/**
 * Collateral of direct participants and the default fund, each an account of its own, moved in and
 * out against references as liquidity is. What is left must cover what a participant owes.
 */
final class Collateral implements CommandHandler {
  private final Core core;
  private final SettlementEvents events;
  private final References.Move move = new References.Move();
  private final Precedence refusal = new Precedence();
  private final MoveCollateralDecoder message = new MoveCollateralDecoder();
  private final CollateralMovedEncoder moved = new CollateralMovedEncoder();
  private int position;

  Collateral(final Core core, final SettlementEvents events) {
    this.core = core;
    this.events = events;
    move.purpose = References.Purpose.COLLATERAL;
  }

  CommandKind kind() {
    return new CommandKind(
            MoveCollateralDecoder.TEMPLATE_ID, MoveCollateralDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.SETTLEMENT)
        .byteMax(
            MoveCollateralDecoder.liquidityKindEncodingOffset(), LiquidityKind.OUT_CANCEL.value())
        .data()
        .compare(Field.PARTICIPANT, MoveCollateralDecoder.targetEncodingOffset(), 4)
        .compare(Field.ASSET, MoveCollateralDecoder.assetEncodingOffset(), 4)
        .compare(Field.AMOUNT, MoveCollateralDecoder.amountEncodingOffset(), 8)
        .compare(Field.REFERENCE, MoveCollateralDecoder.referenceEncodingOffset(), 16)
        .compare(Field.OTHER, MoveCollateralDecoder.liquidityKindEncodingOffset(), 1)
        .governed(
            Governed.of(
                    Governed.Concern.PARTICIPANT, MoveCollateralDecoder.targetEncodingOffset(), 4)
                .amounts(MoveCollateralDecoder.amountEncodingOffset())
                .asset(MoveCollateralDecoder.assetEncodingOffset()));
  }

  @Override
  public Code apply(final Command command) {
    message.wrap(command.buffer, command.block, MoveCollateralDecoder.BLOCK_LENGTH, 1);
    final Code code = check();
    if (code != Code.OK) {
      return code;
    }
    core.references.carryOut(move, command);
    say();
    if (position == 0) {
      events.fund(core.deferred.accounts.find((int) message.asset()));
    } else {
      events.deferred(position);
    }
    return Code.OK;
  }

  /** The first code that applies, in the order of {@link Code}. */
  private Code check() {
    final int target = (int) message.target();
    move.kind = message.liquidityKind();
    move.amount = message.amount();
    move.hi = message.reference().hi();
    move.lo = message.reference().lo();
    move.owner = AccountIds.owned(target, (int) message.asset());
    final int asset = core.assets.find((int) message.asset());
    final int accounts = core.deferred.accounts.find((int) message.asset());
    position = core.positions.find(target, (int) message.asset());
    refusal
        .begin()
        .when(!core.references.hasRoom(move), Code.CAPACITY)
        .when(target != 0 && core.participants.find(target) == 0, Code.PARTICIPANT_UNKNOWN)
        .when(asset == 0, Code.ASSET_UNKNOWN)
        .when(accounts == 0, Code.ACCOUNT_UNKNOWN)
        .when(
            target != 0 && (position == 0 || core.positions.deferred(position) == 0),
            Code.ACCOUNT_UNKNOWN);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    move.issuer = core.assets.issuer(asset);
    move.account =
        target == 0 ? core.deferred.accounts.fund(accounts) : core.positions.collateral(position);
    if (move.account == 0) {
      return openFirst(asset);
    }
    final Code code = core.references.check(move);
    return code == Code.OK && !isEnough() ? Code.COLLATERAL_NEEDED : code;
  }

  /** Nothing was ever put up: it can only come in. */
  private Code openFirst(final int asset) {
    if (move.kind != LiquidityKind.IN) {
      return Code.ACCOUNT_UNKNOWN;
    }
    if (core.ledger.accounts().room() == 0) {
      return Code.CAPACITY;
    }
    if (move.amount <= 0) {
      return Code.AMOUNT_NOT_POSITIVE;
    }
    final int account =
        Ledgers.made(
            core.ledger
                .accounts()
                .open(
                    AccountIds.COLLATERAL,
                    move.owner,
                    core.assets.ledgerAsset(asset),
                    AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS,
                    0));
    move.account = account;
    final Code code = core.references.check(move);
    if (code == Code.OK) {
      core.positions.collateral(position, account);
    } else {
      Ledgers.done(core.ledger.accounts().remove(account));
    }
    return code;
  }

  private boolean isEnough() {
    return position == 0
        || move.kind != LiquidityKind.OUT_RESERVE
        || core.deferred.owed(position) <= core.deferred.collateral(position) - move.amount
        || core.deferred.owed(position) <= 0;
  }

  private void say() {
    final Feed feed = core.feed;
    moved.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(moved.at());
    moved
        .participant(message.target())
        .asset(message.asset())
        .amount(move.amount)
        .liquidityKind(move.kind);
    moved.reference().hi(move.hi).lo(move.lo);
    feed.commit(moved.encodedLength());
  }
}
