package org.civicswitch.core.engine;

import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * References of the settlement bank. Each counts once, for ever, whatever it was for: money comes
 * in under it, or is reserved to go out and then confirmed or cancelled under the same.
 */
final class References {
  /** What a reference was for; what is reserved for one thing is not confirmed for another. */
  enum Purpose {
    LIQUIDITY(0),
    COLLATERAL(1),
    PROGRAMME(2),
    WINDOW(3);

    /** As it is kept in records. */
    final int number;

    Purpose(final int number) {
      this.number = number;
    }
  }

  private static final int WORDS = 8;
  private static final int REFERENCE = 0;
  private static final int OWNER = 2;
  private static final int AMOUNT = 3;

  /** The reservation of what is to go out, until it went or was cancelled. */
  private static final int PENDING = 4;

  private static final int PURPOSE = 5;
  private static final int CAPACITY = 1 << 22;

  private final RecordStore store;
  private final IdIndex index;
  private final Ledger ledger;

  References(final StateSpace space, final Ledger ledger) {
    store = space.add("engine.references", WORDS, CAPACITY);
    index = new IdIndex(store, REFERENCE, 2);
    this.ledger = ledger;
  }

  /** Money between an account and the issuer of its asset, under a reference. Reused. */
  static final class Move {
    Purpose purpose;
    LiquidityKind kind;
    long owner;
    int account;
    int issuer;
    long amount;
    long hi;
    long lo;

    boolean opens() {
      return kind == LiquidityKind.IN || kind == LiquidityKind.OUT_RESERVE;
    }
  }

  void rebuild() {
    index.rebuild();
  }

  /** Whether a reference has counted already. */
  boolean isUsed(final long hi, final long lo) {
    return index.find(hi, lo) != 0;
  }

  boolean hasRoom() {
    return !store.isFull();
  }

  /** Whether there is room for what the move makes, but for accounts. */
  boolean hasRoom(final Move move) {
    return !(move.opens() && store.isFull())
        && !(move.kind == LiquidityKind.OUT_RESERVE && ledger.pendingRoom() == 0);
  }

  /** Lets a new reference count; there must be room. Returns its handle. */
  int use(
      final Purpose purpose, final long hi, final long lo, final long owner, final long amount) {
    final int reference = store.allocate();
    store.set(reference, REFERENCE, hi);
    store.set(reference, REFERENCE + 1, lo);
    store.set(reference, OWNER, owner);
    store.set(reference, AMOUNT, amount);
    store.set(reference, PURPOSE, purpose.number);
    index.put(reference);
    return reference;
  }

  /** What speaks against a move between accounts that are there, in the order of {@link Code}. */
  Code check(final Move move) {
    if (move.opens()) {
      final boolean in = move.kind == LiquidityKind.IN;
      final int debit = in ? move.issuer : move.account;
      final int credit = in ? move.account : move.issuer;
      final int result =
          in
              ? ledger.checkTransfer(debit, credit, move.amount)
              : ledger.checkReserve(debit, credit, move.amount);
      final Code code = Ledgers.code(ledger, result, debit);
      if (code != Code.OK) {
        return code;
      }
    } else if (move.amount <= 0) {
      return Code.AMOUNT_NOT_POSITIVE;
    }
    return checkReference(move);
  }

  private Code checkReference(final Move move) {
    if ((move.hi | move.lo) == 0) {
      return Code.SETTLEMENT_REFERENCE_UNKNOWN;
    }
    final int reference = index.find(move.hi, move.lo);
    if (move.opens()) {
      return reference == 0 ? Code.OK : Code.SETTLEMENT_REFERENCE_USED;
    }
    if (reference != 0 && pending(reference) == 0) {
      return Code.SETTLEMENT_REFERENCE_USED;
    }
    return reference != 0
            && store.get(reference, PURPOSE) == move.purpose.number
            && store.get(reference, OWNER) == move.owner
            && store.get(reference, AMOUNT) == move.amount
        ? Code.OK
        : Code.SETTLEMENT_REFERENCE_UNKNOWN;
  }

  /** Carries out what {@link #check} found good. */
  void carryOut(final Move move, final Command command) {
    final int reference = index.find(move.hi, move.lo);
    switch (move.kind) {
      case IN:
        Ledgers.done(ledger.transfer(move.issuer, move.account, move.amount));
        use(move.purpose, move.hi, move.lo, move.owner, move.amount);
        break;
      case OUT_RESERVE:
        final int pending =
            Ledgers.made(
                ledger.reserve(
                    move.account, move.issuer, move.amount, Ledger.NO_DEADLINE, command.sequence));
        final int made = use(move.purpose, move.hi, move.lo, move.owner, move.amount);
        store.set(made, PENDING, pending);
        break;
      case OUT_CONFIRM:
        Ledgers.done(ledger.post(pending(reference), store.get(reference, AMOUNT), command.timeMs));
        store.set(reference, PENDING, 0);
        break;
      default:
        Ledgers.done(ledger.voidPending(pending(reference)));
        store.set(reference, PENDING, 0);
        break;
    }
  }

  private int pending(final int reference) {
    return (int) store.get(reference, PENDING);
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
          if (!ledger.isPending(pending)
              || ledger.pendingAmount(pending) != store.get(reference, AMOUNT)) {
            problems.add("reference " + reference + " and its reservation differ");
          }
        });
    return open[0];
  }
}
