package org.civicswitch.core.engine;

import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedEncoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Money from outside and to outside, between a direct participant's position and the issuer account
 * of the asset, which mirrors the settlement account. A settlement reference counts once, for ever:
 * it comes in, or it is reserved to go out and then confirmed or cancelled.
 */
final class Liquidity implements CommandHandler {
  private static final int WORDS = 8;
  private static final int REFERENCE = 0;
  private static final int OWNER = 2;
  private static final int AMOUNT = 3;

  /** The reservation of what is to go out, until it went or was cancelled. */
  private static final int PENDING = 4;

  private static final int CAPACITY = 1 << 22;

  private final RecordStore store;
  private final IdIndex index;
  private final Core core;
  private final MoveLiquidityDecoder move = new MoveLiquidityDecoder();
  private final LiquidityMovedEncoder moved = new LiquidityMovedEncoder();
  private int position;
  private int issuer;

  Liquidity(final StateSpace space, final Core core) {
    store = space.add("engine.references", WORDS, CAPACITY);
    index = new IdIndex(store, REFERENCE, 2);
    this.core = core;
  }

  void rebuild() {
    index.rebuild();
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
    move.wrap(command.buffer, command.block, MoveLiquidityDecoder.BLOCK_LENGTH, 1);
    final LiquidityKind kind = move.liquidityKind();
    final Code code = check(kind);
    if (code != Code.OK) {
      return code;
    }
    final int account = core.positions.account(position);
    final int reference = reference();
    switch (kind) {
      case IN:
        Ledgers.done(core.ledger.transfer(issuer, account, move.amount()));
        add(0);
        break;
      case OUT_RESERVE:
        add(
            Ledgers.made(
                core.ledger.reserve(
                    account, issuer, move.amount(), Ledger.NO_DEADLINE, command.sequence)));
        break;
      case OUT_CONFIRM:
        Ledgers.done(
            core.ledger.post(pending(reference), store.get(reference, AMOUNT), command.timeMs));
        store.set(reference, PENDING, 0);
        break;
      default:
        Ledgers.done(core.ledger.voidPending(pending(reference)));
        store.set(reference, PENDING, 0);
        break;
    }
    put(kind);
    core.positions.changed(position);
    return Code.OK;
  }

  /** The first code that applies, in the order of {@link Code}. */
  private Code check(final LiquidityKind kind) {
    final boolean opens = kind == LiquidityKind.IN || kind == LiquidityKind.OUT_RESERVE;
    if ((opens && store.isFull())
        || (kind == LiquidityKind.OUT_RESERVE && core.ledger.pendingRoom() == 0)) {
      return Code.CAPACITY;
    }
    if (core.participants.find((int) move.target()) == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    final int asset = core.assets.find((int) move.asset());
    if (asset == 0) {
      return Code.ASSET_UNKNOWN;
    }
    position = core.positions.find((int) move.target(), (int) move.asset());
    issuer = core.assets.issuer(asset);
    if (position == 0 || core.positions.isIndirect(position)) {
      return Code.ACCOUNT_UNKNOWN;
    }
    if (opens) {
      final Code code = checkMove(kind);
      if (code != Code.OK) {
        return code;
      }
    } else if (move.amount() <= 0) {
      return Code.AMOUNT_NOT_POSITIVE;
    }
    return checkReference(opens);
  }

  private Code checkMove(final LiquidityKind kind) {
    final int account = core.positions.account(position);
    final boolean in = kind == LiquidityKind.IN;
    final int debit = in ? issuer : account;
    final int credit = in ? account : issuer;
    final int result =
        in
            ? core.ledger.checkTransfer(debit, credit, move.amount())
            : core.ledger.checkReserve(debit, credit, move.amount());
    return Ledgers.code(core.ledger, result, debit);
  }

  private Code checkReference(final boolean opens) {
    if ((move.reference().hi() | move.reference().lo()) == 0) {
      return Code.SETTLEMENT_REFERENCE_UNKNOWN;
    }
    final int reference = reference();
    if (opens) {
      return reference == 0 ? Code.OK : Code.SETTLEMENT_REFERENCE_USED;
    }
    if (reference != 0 && pending(reference) == 0) {
      return Code.SETTLEMENT_REFERENCE_USED;
    }
    return reference != 0
            && store.get(reference, OWNER) == owner()
            && store.get(reference, AMOUNT) == move.amount()
        ? Code.OK
        : Code.SETTLEMENT_REFERENCE_UNKNOWN;
  }

  private int reference() {
    return index.find(move.reference().hi(), move.reference().lo());
  }

  private int pending(final int reference) {
    return (int) store.get(reference, PENDING);
  }

  private long owner() {
    return AccountIds.owned((int) move.target(), (int) move.asset());
  }

  private void add(final int pending) {
    use(move.reference().hi(), move.reference().lo(), owner(), move.amount());
    store.set(reference(), PENDING, pending);
  }

  private void put(final LiquidityKind kind) {
    final Feed feed = core.feed;
    moved.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(moved.at());
    moved.participant(move.target()).asset(move.asset()).amount(move.amount()).liquidityKind(kind);
    moved.reference().hi(move.reference().hi()).lo(move.reference().lo());
    feed.commit(moved.encodedLength());
  }

  /** How many payments out are reserved; for checks. */
  int countOpen(final List<String> problems) {
    final int[] open = new int[1];
    store.forEach(
        reference -> {
          final int pending = pending(reference);
          if (pending == 0) {
            return;
          }
          open[0]++;
          if (!core.ledger.isPending(pending)
              || core.ledger.pendingAmount(pending) != store.get(reference, AMOUNT)) {
            problems.add("reference " + reference + " and its reservation differ");
          }
        });
    return open[0];
  }

  /** Whether a reference has counted already. */
  boolean isUsed(final long hi, final long lo) {
    return index.find(hi, lo) != 0;
  }

  boolean hasRoom() {
    return !store.isFull();
  }

  /** Lets a new reference count, here or for a programme's money; there must be room. */
  void use(final long hi, final long lo, final long owner, final long amount) {
    final int reference = store.allocate();
    store.set(reference, REFERENCE, hi);
    store.set(reference, REFERENCE + 1, lo);
    store.set(reference, OWNER, owner);
    store.set(reference, AMOUNT, amount);
    index.put(reference);
  }
}
