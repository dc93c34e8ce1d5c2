package org.civicswitch.ledger;

import static org.civicswitch.ledger.LedgerResult.OK;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.IdLookAhead;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * The accounts of a {@link Ledger}: opening, limits, closing, balances. Getters take a handle that
 * is in use; everything else answers ACCOUNT_UNKNOWN to one that is not. One thread.
 */
public final class Accounts {
  /** As net debit cap: none. */
  public static final long NO_CAP = Long.MAX_VALUE;

  private final RecordStore accounts;
  private final IdIndex byId;
  private final Assets assets;

  Accounts(final StateSpace space, final int capacity, final Assets assets) {
    accounts = space.add("ledger.accounts", AccountRecord.WORDS, capacity);
    byId = new IdIndex(accounts, AccountRecord.ID_HI, 2);
    this.assets = assets;
  }

  void seed(final long seed) {
    byId.seed(seed);
  }

  void rebuild() {
    byId.rebuild();
  }

  RecordStore records() {
    return accounts;
  }

  /** A leak in the index shows nowhere else: it compares keys with the records. */
  int indexSize() {
    return byId.size();
  }

  public int count() {
    return accounts.size();
  }

  /** How many more can be opened before {@link LedgerResult#CAPACITY}. */
  public int room() {
    return Math.max(0, accounts.capacity() - accounts.size());
  }

  /** Sets the most accounts, 1 to 2^29; what is there stays. */
  public void capacity(final int records) {
    accounts.capacity(records);
  }

  /** What {@link #open} would refuse, or OK. */
  public int checkOpen(
      final long idHi, final long idLo, final int asset, final int flags, final long netDebitCap) {
    if (accounts.isFull()) {
      return LedgerResult.CAPACITY;
    }
    if (!assets.isKnown(asset)) {
      return LedgerResult.ASSET_UNKNOWN;
    }
    if (find(idHi, idLo) != 0) {
      return LedgerResult.ACCOUNT_EXISTS;
    }
    final int rules = assets.rules(asset);
    if ((rules & AssetRules.RETIRED) != 0) {
      return LedgerResult.ASSET_RETIRED;
    }
    if ((rules & AssetRules.UNIQUE) != 0) {
      // A second source, or an overdraft, would be a second unit.
      final boolean allowed =
          (flags & AccountFlags.ISSUER) != 0
              ? !assets.hasIssuer(asset)
              : (flags & AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS) != 0;
      if (!allowed) {
        return LedgerResult.ASSET_RULE;
      }
    }
    if ((idHi | idLo) == 0 || !AccountFlags.valid(flags) || netDebitCap < 0) {
      return LedgerResult.ARGUMENT_INVALID;
    }
    return OK;
  }

  /**
   * Opens an account with nothing on it.
   *
   * @param idHi with idLo its name, unique over all assets and not zero
   * @param asset its handle
   * @param flags bits of {@link AccountFlags} without FROZEN and CLOSED; not both limits, not
   *     ISSUER with DEBITS_MUST_NOT_EXCEED_CREDITS
   * @param netDebitCap by how much posted and pending debits may exceed posted credits, 0 to {@link
   *     #NO_CAP}; not looked at with ISSUER or DEBITS_MUST_NOT_EXCEED_CREDITS
   * @return its handle, or -CAPACITY, -ASSET_UNKNOWN, -ACCOUNT_EXISTS, -ASSET_RETIRED, -ASSET_RULE
   *     (see {@link AssetRules#UNIQUE}), -ARGUMENT_INVALID
   */
  public int open(
      final long idHi, final long idLo, final int asset, final int flags, final long netDebitCap) {
    final int result = checkOpen(idHi, idLo, asset, flags, netDebitCap);
    if (result != OK) {
      return -result;
    }
    final int account = accounts.allocate();
    final long[] page = accounts.writable(account);
    final int at = accounts.offset(account);
    page[at + AccountRecord.ID_HI] = idHi;
    page[at + AccountRecord.ID_LO] = idLo;
    page[at + AccountRecord.NET_DEBIT_CAP] = netDebitCap;
    page[at + AccountRecord.ASSET_AND_FLAGS] = AccountRecord.assetAndFlags(asset, flags);
    byId.put(account);
    countIssuer(asset, flags, 1);
    return account;
  }

  private void countIssuer(final int asset, final int flags, final int by) {
    if ((flags & AccountFlags.ISSUER) != 0) {
      assets.countIssuer(asset, by);
    }
  }

  /**
   * @return the handle of the account with this id, closed ones included, or 0
   */
  public int find(final long idHi, final long idLo) {
    return byId.find(idHi, idLo);
  }

  public boolean isKnown(final int account) {
    return account > 0
        && account <= accounts.highWater()
        && accounts.get(account, AccountRecord.ASSET_AND_FLAGS) != 0;
  }

  /**
   * No new moves; what is reserved can still be posted, voided and expired. OK, ACCOUNT_UNKNOWN or
   * ACCOUNT_CLOSED. Doing it again changes nothing.
   */
  public int freeze(final int account) {
    return changeFlags(account, AccountFlags.FROZEN, 0);
  }

  /** OK, ACCOUNT_UNKNOWN or ACCOUNT_CLOSED. Doing it again changes nothing. */
  public int unfreeze(final int account) {
    return changeFlags(account, 0, AccountFlags.FROZEN);
  }

  private int changeFlags(final int account, final int set, final int cleared) {
    final int result = checkNotClosed(account);
    if (result == OK) {
      final long old = accounts.get(account, AccountRecord.ASSET_AND_FLAGS);
      accounts.set(account, AccountRecord.ASSET_AND_FLAGS, (old | set) & ~(long) cleared);
    }
    return result;
  }

  private int checkNotClosed(final int account) {
    if (!isKnown(account)) {
      return LedgerResult.ACCOUNT_UNKNOWN;
    }
    return (flags(account) & AccountFlags.CLOSED) != 0 ? LedgerResult.ACCOUNT_CLOSED : OK;
  }

  /**
   * Closes an account for ever; it keeps its id and its totals. OK, ACCOUNT_UNKNOWN, ACCOUNT_CLOSED
   * or ACCOUNT_NOT_EMPTY (credits and debits differ or something is pending).
   */
  public int close(final int account) {
    final int result = checkNotClosed(account);
    if (result != OK) {
      return result;
    }
    return isEmpty(account) ? changeFlags(account, AccountFlags.CLOSED, 0) : notEmpty();
  }

  /**
   * Forgets an account, closed or not: its handle and its id may be used again. OK, ACCOUNT_UNKNOWN
   * or ACCOUNT_NOT_EMPTY. An empty account has been debited and credited the same, so the sums over
   * all accounts stay equal without it.
   */
  public int remove(final int account) {
    if (!isKnown(account)) {
      return LedgerResult.ACCOUNT_UNKNOWN;
    }
    if (!isEmpty(account)) {
      return notEmpty();
    }
    countIssuer(asset(account), flags(account), -1);
    byId.remove(account);
    accounts.release(account);
    return OK;
  }

  private static int notEmpty() {
    return LedgerResult.ACCOUNT_NOT_EMPTY;
  }

  private boolean isEmpty(final int account) {
    return debitsPosted(account) == creditsPosted(account)
        && debitsPending(account) == 0
        && creditsPending(account) == 0;
  }

  /**
   * Sets the net debit cap. One below the present use is taken and stops further debits only. OK,
   * ACCOUNT_UNKNOWN, ACCOUNT_CLOSED or ARGUMENT_INVALID (negative).
   */
  public int setNetDebitCap(final int account, final long netDebitCap) {
    final int result = checkNotClosed(account);
    if (result != OK) {
      return result;
    }
    if (netDebitCap < 0) {
      return LedgerResult.ARGUMENT_INVALID;
    }
    accounts.set(account, AccountRecord.NET_DEBIT_CAP, netDebitCap);
    return OK;
  }

  /** The handle of its asset. */
  public int asset(final int account) {
    return (int) (accounts.get(account, AccountRecord.ASSET_AND_FLAGS) >>> 32);
  }

  /** Its {@link AccountFlags} as they are now. */
  public int flags(final int account) {
    return (int) accounts.get(account, AccountRecord.ASSET_AND_FLAGS);
  }

  public long netDebitCap(final int account) {
    return accounts.get(account, AccountRecord.NET_DEBIT_CAP);
  }

  public long debitsPosted(final int account) {
    return accounts.get(account, AccountRecord.DEBITS_POSTED);
  }

  public long creditsPosted(final int account) {
    return accounts.get(account, AccountRecord.CREDITS_POSTED);
  }

  public long debitsPending(final int account) {
    return accounts.get(account, AccountRecord.DEBITS_PENDING);
  }

  public long creditsPending(final int account) {
    return accounts.get(account, AccountRecord.CREDITS_PENDING);
  }

  /** Posted credits less posted debits. */
  public long balance(final int account) {
    return creditsPosted(account) - debitsPosted(account);
  }

  /** Reads the account's memory so that what follows is fast; returns it so that it is read. */
  public int touch(final int account) {
    return (int) accounts.get(account, AccountRecord.DEBITS_POSTED);
  }

  /** Has the account with this id, if there is one, brought near with others. */
  public void lookAhead(final IdLookAhead ahead, final long idHi, final long idLo) {
    ahead.add(byId, idHi, idLo, 0, 0);
  }
}
