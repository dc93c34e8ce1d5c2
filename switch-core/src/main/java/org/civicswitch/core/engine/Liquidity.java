package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedEncoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;

/**
 * Money from outside and to outside, between a direct participant's position and the issuer account
 * of the asset, which mirrors the settlement account.
 */
final class Liquidity implements CommandHandler {
  private final Core core;
  private final References.Move move = new References.Move();
  private final MoveLiquidityDecoder message = new MoveLiquidityDecoder();
  private final LiquidityMovedEncoder moved = new LiquidityMovedEncoder();
  private int position;

  Liquidity(final Core core) {
    this.core = core;
    move.purpose = References.Purpose.LIQUIDITY;
  }

  CommandKind kind() {
    return new CommandKind(
            MoveLiquidityDecoder.TEMPLATE_ID, MoveLiquidityDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.SETTLEMENT)
        .byteMax(
            MoveLiquidityDecoder.liquidityKindEncodingOffset(), LiquidityKind.OUT_CANCEL.value())
        .data()
        .compare(Field.PARTICIPANT, MoveLiquidityDecoder.targetEncodingOffset(), 4)
        .compare(Field.ASSET, MoveLiquidityDecoder.assetEncodingOffset(), 4)
        .compare(Field.AMOUNT, MoveLiquidityDecoder.amountEncodingOffset(), 8)
        .compare(Field.REFERENCE, MoveLiquidityDecoder.referenceEncodingOffset(), 16)
        .compare(Field.OTHER, MoveLiquidityDecoder.liquidityKindEncodingOffset(), 1)
        .governed(
            Governed.of(
                    Governed.Concern.PARTICIPANT, MoveLiquidityDecoder.targetEncodingOffset(), 4)
                .amounts(MoveLiquidityDecoder.amountEncodingOffset())
                .asset(MoveLiquidityDecoder.assetEncodingOffset()));
  }

  @Override
  public Code apply(final Command command) {
    message.wrap(command.buffer, command.block, MoveLiquidityDecoder.BLOCK_LENGTH, 1);
    final Code code = check();
    if (code != Code.OK) {
      return code;
    }
    core.references.carryOut(move, command);
    put();
    core.positions.changed(position);
    return Code.OK;
  }

  /** The first code that applies, in the order of {@link Code}. */
  private Code check() {
    move.kind = message.liquidityKind();
    move.amount = message.amount();
    move.hi = message.reference().hi();
    move.lo = message.reference().lo();
    move.owner = AccountIds.owned((int) message.target(), (int) message.asset());
    if (!core.references.hasRoom(move)) {
      return Code.CAPACITY;
    }
    if (core.participants.find((int) message.target()) == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    final int asset = core.assets.find((int) message.asset());
    if (asset == 0) {
      return Code.ASSET_UNKNOWN;
    }
    position = core.positions.find((int) message.target(), (int) message.asset());
    if (position == 0 || core.positions.isIndirect(position)) {
      return Code.ACCOUNT_UNKNOWN;
    }
    move.account = core.positions.account(position);
    move.issuer = core.assets.issuer(asset);
    return core.references.check(move);
  }

  private void put() {
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
