package org.civicswitch.ledger;

import static org.civicswitch.ledger.LedgerResult.OK;

import java.math.BigInteger;
import java.util.List;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Double entry over many assets. Every move debits one account and credits another of the same
 * asset by the same amount; two-phase moves are pending first and then posted, in full or in part,
 * voided or expired. It knows neither time nor who asks: the caller owns timers, keys and
 * idempotency.
 *
 * <p>Amounts are minor units of the asset, 1 to 2^63 - 1; times are UTC milliseconds. Everything is
 * reached by handles, positive numbers that stay the same through save and load until the record is
 * removed (account) or posted, voided or expired (reservation), and may then be given out again. A
 * method that changes something answers with a code of {@link LedgerResult}, in the order of
 * precedence given there; a refusal changes nothing. The check methods answer the same and change
 * nothing.
 *
 * <p>One thread. Nothing is allocated except by growing stores and {@link #audit}.
 */
public final class Ledger {
  /** As deadline of a reservation: none. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  // Half a cache line is all a reservation needs. The amount is zero in a record not in use.
  static final int PENDING_WORDS = 4;
  static final int PENDING_ACCOUNTS = 0;
  static final int PENDING_AMOUNT = 1;
  static final int PENDING_DEADLINE = 2;
  static final int PENDING_SEQUENCE = 3;

  private final Assets assets;
  private final Accounts accounts;
  private final RecordStore records;
  private final RecordStore pendings;

  /**
   * Adds the stores "ledger.assets", "ledger.accounts" (64 bytes each) and "ledger.pendings" (32
   * bytes each) to the space.
   */
  public Ledger(
      final StateSpace space,
      final int accountCapacity,
      final int pendingCapacity,
      final int assetCapacity) {
    assets = new Assets(space, assetCapacity);
    accounts = new Accounts(space, accountCapacity, assets);
    records = accounts.records();
    pendings = space.add("ledger.pendings", PENDING_WORDS, pendingCapacity);
  }

  public Assets assets() {
    return assets;
  }

  public Accounts accounts() {
    return accounts;
  }

  /** Seeds the index of account ids: before the first account, or after a load before rebuild. */
  public void seed(final long seed) {
    accounts.seed(seed);
  }

  /** Rebuilds what is derived; after every load of the space. */
  public void rebuild() {
    assets.rebuild();
    accounts.rebuild();
  }

  /** Sets the most reservations at one time, 1 to 2^30; what is there stays. */
  public void pendingCapacity(final int records) {
    pendings.capacity(records);
  }

  public int pendingCount() {
    return pendings.size();
  }

  /** Reservations that can still be made before {@link LedgerResult#CAPACITY}. */
  public int pendingRoom() {
    return Math.max(0, pendings.capacity() - pendings.size());
  }

  /** What {@link #reserve} would refuse, or OK. */
  public int checkReserve(final int debit, final int credit, final long amount) {
    return pendings.isFull() ? LedgerResult.CAPACITY : checkTransfer(debit, credit, amount);
  }

  /**
   * Holds an amount: pending on both accounts until posted, voided or expired.
   *
   * @param deadlineMs from when on a post is refused and an expiry taken; {@link #NO_DEADLINE} for
   *     never
   * @param sequence kept for the caller, who orders timers by it
   * @return the handle of the reservation, or the negative of CAPACITY or of what {@link #transfer}
   *     refuses
   */
  public int reserve(
      final int debit,
      final int credit,
      final long amount,
      final long deadlineMs,
      final long sequence) {
    final int result = checkReserve(debit, credit, amount);
    if (result != OK) {
      return -result;
    }
    final long[] d = records.writable(debit);
    final long[] c = records.writable(credit);
    AccountRecord.reserve(d, records.offset(debit), c, records.offset(credit), amount);
    return addPending(debit, credit, amount, deadlineMs, sequence);
  }

  /** What {@link #transfer} would refuse, or OK. */
  public int checkTransfer(final int debit, final int credit, final long amount) {
    if (!accounts.isKnown(debit) || !accounts.isKnown(credit)) {
      return LedgerResult.ACCOUNT_UNKNOWN;
    }
    final int asset = accounts.asset(debit);
    if (asset != accounts.asset(credit)) {
      return LedgerResult.ASSETS_DIFFER;
    }
    return AccountRecord.checkMove(
        records.page(debit),
        records.offset(debit),
        records.page(credit),
        records.offset(credit),
        debit == credit,
        assets.rules(asset),
        amount);
  }

  /**
   * Moves an amount at once.
   *
   * @return OK, ACCOUNT_UNKNOWN, ASSETS_DIFFER, ASSET_RETIRED, ASSET_FROZEN, ASSET_RULE,
   *     ACCOUNT_CLOSED, ACCOUNT_FROZEN, AMOUNT_NOT_POSITIVE, AMOUNT_OVERFLOW, SAME_ACCOUNT,
   *     INSUFFICIENT_FUNDS, NET_DEBIT_CAP or CREDIT_LIMIT
   */
  public int transfer(final int debit, final int credit, final long amount) {
    final int result = checkTransfer(debit, credit, amount);
    if (result == OK) {
      final long[] d = records.writable(debit);
      final long[] c = records.writable(credit);
      AccountRecord.post(d, records.offset(debit), c, records.offset(credit), amount);
    }
    return result;
  }

  /** What {@link #post} would refuse, or OK. */
  public int checkPost(final int pending, final long amount, final long nowMs) {
    if (!isPending(pending)) {
      return LedgerResult.PENDING_UNKNOWN;
    }
    final long reserved = pendingAmount(pending);
    final int rules = assets.rules(accounts.asset(pendingDebit(pending)));
    if ((rules & AssetRules.INDIVISIBLE) != 0 && amount != reserved) {
      return LedgerResult.ASSET_RULE;
    }
    if (amount <= 0) {
      return LedgerResult.AMOUNT_NOT_POSITIVE;
    }
    if (amount > reserved) {
      return LedgerResult.AMOUNT_EXCEEDS_PENDING;
    }
    return nowMs >= deadlineMs(pending) ? LedgerResult.DEADLINE_PASSED : OK;
  }

  /**
   * Makes a reservation final: the amount is posted on both accounts, the rest is free again. Goes
   * through on frozen accounts and in frozen or retired assets: it was promised before.
   *
   * @return OK, PENDING_UNKNOWN, ASSET_RULE (indivisible, and not the whole amount),
   *     AMOUNT_NOT_POSITIVE, AMOUNT_EXCEEDS_PENDING or DEADLINE_PASSED
   */
  public int post(final int pending, final long amount, final long nowMs) {
    final int result = checkPost(pending, amount, nowMs);
    if (result == OK) {
      settle(pending, amount);
    }
    return result;
  }

  /** What {@link #voidPending} would refuse, or OK. */
  public int checkVoid(final int pending) {
    return isPending(pending) ? OK : LedgerResult.PENDING_UNKNOWN;
  }

  /** Gives the whole amount back, at any time. OK or PENDING_UNKNOWN. */
  public int voidPending(final int pending) {
    final int result = checkVoid(pending);
    if (result == OK) {
      settle(pending, 0);
    }
    return result;
  }

  /** What {@link #expire} would refuse, or OK. */
  public int checkExpire(final int pending, final long nowMs) {
    if (!isPending(pending)) {
      return LedgerResult.PENDING_UNKNOWN;
    }
    return nowMs < deadlineMs(pending) ? LedgerResult.NOT_DUE : OK;
  }

  /** Gives the whole amount back at or after the deadline. OK, PENDING_UNKNOWN or NOT_DUE. */
  public int expire(final int pending, final long nowMs) {
    final int result = checkExpire(pending, nowMs);
    if (result == OK) {
      settle(pending, 0);
    }
    return result;
  }

  private void settle(final int pending, final long posted) {
    final int debit = pendingDebit(pending);
    final int credit = pendingCredit(pending);
    final long[] d = records.writable(debit);
    final long[] c = records.writable(credit);
    final int dAt = records.offset(debit);
    final int cAt = records.offset(credit);
    AccountRecord.release(d, dAt, c, cAt, pendingAmount(pending));
    AccountRecord.post(d, dAt, c, cAt, posted);
    pendings.release(pending);
  }

  private int addPending(
      final int debit,
      final int credit,
      final long amount,
      final long deadlineMs,
      final long sequence) {
    final int pending = pendings.allocate();
    final long[] page = pendings.writable(pending);
    final int at = pendings.offset(pending);
    page[at + PENDING_ACCOUNTS] = ((long) debit << 32) | credit;
    page[at + PENDING_AMOUNT] = amount;
    page[at + PENDING_DEADLINE] = deadlineMs;
    page[at + PENDING_SEQUENCE] = sequence;
    return pending;
  }

  /**
   * What {@link #execute} would refuse, or OK; {@link LinkedTransfers#failedLeg} names the leg. A
   * chain without legs is OK.
   */
  public int check(final LinkedTransfers linked) {
    linked.begin((long) pendings.capacity() - pendings.size());
    for (int leg = 0; leg < linked.size(); leg++) {
      final int result = checkLeg(linked, leg);
      if (result != OK) {
        linked.failedLeg = leg;
        return result;
      }
    }
    return OK;
  }

  private int checkLeg(final LinkedTransfers linked, final int leg) {
    final int kind = linked.kinds[leg];
    if (kind == LinkedTransfers.RESERVE || kind == LinkedTransfers.TRANSFER) {
      return checkMoveLeg(linked, leg, kind == LinkedTransfers.RESERVE);
    }
    final int pending = linked.firsts[leg];
    if (!isPending(pending) || linked.consumed(pending, leg)) {
      return LedgerResult.PENDING_UNKNOWN;
    }
    final boolean post = kind == LinkedTransfers.POST;
    final long amount = post ? linked.amounts[leg] : 0;
    if (post) {
      final int result = checkPost(pending, amount, linked.times[leg]);
      if (result != OK) {
        return result;
      }
    }
    final int dAt = linked.copyOf(records, pendingDebit(pending));
    final int cAt = linked.copyOf(records, pendingCredit(pending));
    AccountRecord.release(linked.scratch, dAt, linked.scratch, cAt, pendingAmount(pending));
    AccountRecord.post(linked.scratch, dAt, linked.scratch, cAt, amount);
    linked.pendingRoom++;
    return OK;
  }

  private int checkMoveLeg(final LinkedTransfers linked, final int leg, final boolean reserve) {
    if (reserve && linked.pendingRoom <= 0) {
      return LedgerResult.CAPACITY;
    }
    final int debit = linked.firsts[leg];
    final int credit = linked.credits[leg];
    if (!accounts.isKnown(debit) || !accounts.isKnown(credit)) {
      return LedgerResult.ACCOUNT_UNKNOWN;
    }
    final int asset = accounts.asset(debit);
    if (asset != accounts.asset(credit)) {
      return LedgerResult.ASSETS_DIFFER;
    }
    final long[] s = linked.scratch;
    final int dAt = linked.copyOf(records, debit);
    final int cAt = linked.copyOf(records, credit);
    final long amount = linked.amounts[leg];
    final int result =
        AccountRecord.checkMove(s, dAt, s, cAt, debit == credit, assets.rules(asset), amount);
    if (result != OK) {
      return result;
    }
    if (reserve) {
      AccountRecord.reserve(s, dAt, s, cAt, amount);
      linked.pendingRoom--;
    } else {
      AccountRecord.post(s, dAt, s, cAt, amount);
    }
    return OK;
  }

  /**
   * Does all legs or none.
   *
   * @return OK, or what the first refused leg would answer after those before it; {@link
   *     LinkedTransfers#failedLeg} names it
   */
  public int execute(final LinkedTransfers linked) {
    final int result = check(linked);
    if (result != OK) {
      return result;
    }
    linked.copyBack(records);
    for (int leg = 0; leg < linked.size(); leg++) {
      if (linked.kinds[leg] == LinkedTransfers.RESERVE) {
        linked.made[leg] =
            addPending(
                linked.firsts[leg],
                linked.credits[leg],
                linked.amounts[leg],
                linked.times[leg],
                linked.sequences[leg]);
      } else if (linked.kinds[leg] != LinkedTransfers.TRANSFER) {
        pendings.release(linked.firsts[leg]);
      }
    }
    return OK;
  }

  /** Whether the handle is a reservation that is neither posted nor voided nor expired. */
  public boolean isPending(final int pending) {
    return pending > 0
        && pending <= pendings.highWater()
        && pendings.get(pending, PENDING_AMOUNT) != 0;
  }

  public int pendingDebit(final int pending) {
    return (int) (pendings.get(pending, PENDING_ACCOUNTS) >>> 32);
  }

  public int pendingCredit(final int pending) {
    return (int) pendings.get(pending, PENDING_ACCOUNTS);
  }

  public long pendingAmount(final int pending) {
    return pendings.get(pending, PENDING_AMOUNT);
  }

  public long deadlineMs(final int pending) {
    return pendings.get(pending, PENDING_DEADLINE);
  }

  /** The sequence given at {@link #reserve}. */
  public long sequence(final int pending) {
    return pendings.get(pending, PENDING_SEQUENCE);
  }

  /**
   * Checks over all accounts that for each asset debits equal credits, posted and pending, and that
   * what is pending on each account is what its reservations say. Walks everything: for verifying
   * and tests, not for commands.
   *
   * @return what is wrong, one line each; empty when sound
   */
  public List<String> audit() {
    return new LedgerAudit(this, assets, accounts, pendings).run();
  }

  /**
   * Debits posted less credits posted over all accounts of an asset: zero in a sound ledger. Walks
   * everything.
   *
   * @param asset its handle
   */
  public BigInteger sum(final int asset) {
    final BigInteger[] sum = {BigInteger.ZERO};
    accounts
        .records()
        .forEach(
            account -> {
              if (accounts.asset(account) == asset) {
                sum[0] =
                    sum[0]
                        .add(BigInteger.valueOf(accounts.debitsPosted(account)))
                        .subtract(BigInteger.valueOf(accounts.creditsPosted(account)));
              }
            });
    return sum[0];
  }
}
