package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.ledger.AccountFlags;
import org.civicswitch.ledger.Accounts;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.ledger.LedgerResult;
import org.civicswitch.ledger.LinkedTransfers;

/**
 * A programme's money and its budget, always moved together.
 *
 * <pre>
 *   currency    issuer --fund--> cash --release--> committed cash --line--> creditor's position
 *                                  cash --issue voucher--> voucher reserve --redeem--> position
 *   authority   issuer --allot--> authority --release--> committed authority --line--> spent
 *                                 authority --issue voucher-----------------------> spent
 *   voucher     issuer --issue--> the voucher's units --redeem, expire, cancel--> issuer
 * </pre>
 *
 * <p>None of these accounts can be overdrawn, so no order of commands pays beyond cash or budget.
 * The two committed accounts belong to all released envelopes of a programme and always hold the
 * same.
 */
final class ProgrammeFunds {
  static final int ACCOUNTS_PER_PROGRAMME = 6;

  private final Core core;
  private final Ledger ledger;
  private final Accounts accounts;
  private final Programmes programmes;
  private final Changes changes;
  private final LinkedTransfers linked = new LinkedTransfers();

  ProgrammeFunds(final Core core, final Programmes programmes, final Changes changes) {
    this.core = core;
    ledger = core.ledger;
    accounts = ledger.accounts();
    this.programmes = programmes;
    this.changes = changes;
  }

  /** Whether so many accounts can be opened. */
  boolean hasRoomFor(final int newAccounts) {
    return accounts.count() + newAccounts <= core.settings.count(Parameter.CAPACITY_ACCOUNTS);
  }

  /** Opens the accounts of a programme. */
  void open(final int programme) {
    final int number = programmes.intAt(programme, Programmes.NUMBER);
    final int cash = programmes.intAt(programme, Programmes.CASH_ASSET);
    final int authority = programmes.intAt(programme, Programmes.AUTHORITY_ASSET);
    programmes.set(programme, Programmes.CASH, open(AccountIds.PROGRAMME, number, cash));
    programmes.set(
        programme, Programmes.VOUCHER_RESERVE, open(AccountIds.VOUCHER_RESERVE, number, cash));
    programmes.set(programme, Programmes.AUTHORITY, open(AccountIds.PROGRAMME, number, authority));
    programmes.set(
        programme, Programmes.SPENT, open(AccountIds.PROGRAMME_SPENT, number, authority));
    programmes.set(
        programme, Programmes.COMMITTED_CASH, open(AccountIds.PROGRAMME_COMMITTED, number, cash));
    programmes.set(
        programme,
        Programmes.COMMITTED_AUTHORITY,
        open(AccountIds.PROGRAMME_COMMITTED, number, authority));
  }

  /** Opens an account that cannot be overdrawn. */
  private int open(final long kind, final int owner, final int asset) {
    return Ledgers.made(
        accounts.open(
            kind,
            AccountIds.owned(owner, asset),
            core.assets.ledgerAsset(core.assets.find(asset)),
            AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS,
            0));
  }

  // ---- what there is

  /** Not paid out: free, or held by released envelopes; without the voucher reserve. */
  long cash(final int programme) {
    return accounts.balance(account(programme, Programmes.CASH)) + committed(programme);
  }

  /** Not spent: free, or held by released envelopes. */
  long authority(final int programme) {
    return accounts.balance(account(programme, Programmes.AUTHORITY)) + committed(programme);
  }

  /** Of cash, and as much of authority: held by released envelopes. */
  long committed(final int programme) {
    return accounts.balance(account(programme, Programmes.COMMITTED_CASH));
  }

  long spent(final int programme) {
    return accounts.balance(account(programme, Programmes.SPENT));
  }

  long voucherReserve(final int programme) {
    return accounts.balance(account(programme, Programmes.VOUCHER_RESERVE));
  }

  private int account(final int programme, final int word) {
    return programmes.intAt(programme, word);
  }

  // ---- funding

  /** What {@link #fund} would refuse; amounts not negative and not both zero. */
  Code checkFund(final int programme, final long cash, final long authority) {
    final Code code = Ledgers.code(ledger, ledger.check(funding(programme, cash, authority)), 0);
    return code == Code.OK && !hasHeadroom(programme, cash, authority)
        ? Code.AMOUNT_OVERFLOW
        : code;
  }

  void fund(final int programme, final long cash, final long authority) {
    Ledgers.done(ledger.execute(funding(programme, cash, authority)));
    changes.programme(programme);
  }

  private LinkedTransfers funding(final int programme, final long cash, final long authority) {
    linked.clear();
    if (cash > 0) {
      linked.transfer(
          issuer(programme, Programmes.CASH_ASSET), account(programme, Programmes.CASH), cash);
    }
    if (authority > 0) {
      linked.transfer(
          issuer(programme, Programmes.AUTHORITY_ASSET),
          account(programme, Programmes.AUTHORITY),
          authority);
    }
    return linked;
  }

  private int issuer(final int programme, final int assetWord) {
    return core.assets.issuer(core.assets.find(programmes.intAt(programme, assetWord)));
  }

  // ---- committing: envelopes and vouchers take free cash and free authority

  /**
   * BUDGET_EXCEEDED, CASH_EXCEEDED, or what the assets do not allow. Asked of spending and of the
   * voucher reserve, which are there always: the rules are those of the assets.
   */
  Code checkCommit(final int programme, final long amount) {
    final Code authority =
        exceeded(
            ledger.checkTransfer(
                account(programme, Programmes.AUTHORITY),
                account(programme, Programmes.SPENT),
                amount),
            Code.BUDGET_EXCEEDED);
    final Code cash =
        exceeded(
            ledger.checkTransfer(
                account(programme, Programmes.CASH),
                account(programme, Programmes.VOUCHER_RESERVE),
                amount),
            Code.CASH_EXCEEDED);
    final Code code =
        authority == Code.OK || (cash != Code.OK && cash.value() < authority.value())
            ? cash
            : authority;
    return (code == Code.OK || code.value() > Code.AMOUNT_OVERFLOW.value())
            && !hasHeadroom(programme, amount, amount)
        ? Code.AMOUNT_OVERFLOW
        : code;
  }

  /**
   * Whether cash and authority can grow by amounts and still take back all that is out. An
   * account's totals only grow, and what expires, is rejected or cancelled must always find room:
   * so room is kept for it from the start.
   */
  boolean hasHeadroom(final int programme, final long cash, final long authority) {
    final long out = committed(programme) + voucherReserve(programme);
    return fits(account(programme, Programmes.CASH), out, cash)
        && fits(account(programme, Programmes.COMMITTED_CASH), 0, cash)
        && fits(account(programme, Programmes.AUTHORITY), out, authority)
        && fits(account(programme, Programmes.COMMITTED_AUTHORITY), 0, authority);
  }

  private boolean fits(final int account, final long out, final long more) {
    return more <= Long.MAX_VALUE - accounts.creditsPosted(account) - out;
  }

  private Code exceeded(final int result, final Code code) {
    return result == LedgerResult.INSUFFICIENT_FUNDS ? code : Ledgers.code(ledger, result, 0);
  }

  /** Commits the total of an envelope; {@link #checkCommit} before. */
  void commit(final int programme, final long total) {
    move(programme, total, Programmes.AUTHORITY, Programmes.COMMITTED_AUTHORITY);
    move(programme, total, Programmes.CASH, Programmes.COMMITTED_CASH);
  }

  /** Gives back what an envelope did not pay; zero does nothing. */
  void release(final int programme, final long left) {
    if (left > 0) {
      move(programme, left, Programmes.COMMITTED_AUTHORITY, Programmes.AUTHORITY);
      move(programme, left, Programmes.COMMITTED_CASH, Programmes.CASH);
    }
  }

  private void move(final int programme, final long amount, final int from, final int to) {
    Ledgers.done(ledger.transfer(account(programme, from), account(programme, to), amount));
    changes.programme(programme);
  }

  // ---- lines, whose cash is reserved, posted and voided as a payment

  /** The account that payments of lines are debited to. */
  int committedCash(final int programme) {
    return account(programme, Programmes.COMMITTED_CASH);
  }

  /** Whether the two reservations of a line can be made: cash and authority. */
  boolean hasRoomForLine() {
    return ledger.pendingRoom() >= 2;
  }

  /** Reserves the budget of a line whose cash is reserved beside it. */
  int reserveAuthority(final int programme, final long amount, final long sequence) {
    return Ledgers.made(
        ledger.reserve(
            account(programme, Programmes.COMMITTED_AUTHORITY),
            account(programme, Programmes.SPENT),
            amount,
            Ledger.NO_DEADLINE,
            sequence));
  }

  void postAuthority(final int programme, final int pending, final long amount, final long nowMs) {
    Ledgers.done(ledger.post(pending, amount, nowMs));
    changes.programme(programme);
  }

  void voidAuthority(final int pending) {
    Ledgers.done(ledger.voidPending(pending));
  }

  /**
   * Takes what came back of a paid line from where lines are paid: cash always, authority only
   * within its fiscal period.
   *
   * @return whether authority came back too
   */
  boolean giveBack(final int programme, final long amount, final long nowMs) {
    move(programme, amount, Programmes.COMMITTED_CASH, Programmes.CASH);
    final boolean authority = programmes.isWithinFiscalPeriod(programme, nowMs);
    if (authority) {
      move(programme, amount, Programmes.SPENT, Programmes.AUTHORITY);
    }
    return authority;
  }

  // ---- vouchers

  /** Reserves cash and authority and issues units; {@link #checkCommit} before. */
  int issue(final int programme, final int asset, final int voucher, final long amount) {
    final int units =
        Ledgers.made(
            accounts.open(
                AccountIds.VOUCHER,
                voucher,
                core.assets.ledgerAsset(asset),
                AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS,
                0));
    linked
        .clear()
        .transfer(
            account(programme, Programmes.AUTHORITY), account(programme, Programmes.SPENT), amount)
        .transfer(
            account(programme, Programmes.CASH),
            account(programme, Programmes.VOUCHER_RESERVE),
            amount)
        .transfer(core.assets.issuer(asset), units, amount);
    Ledgers.done(ledger.execute(linked));
    changes.programme(programme);
    return units;
  }

  /** What {@link #redeem} would refuse. */
  Code checkRedeem(
      final int programme,
      final int asset,
      final int units,
      final int creditorAccount,
      final long amount) {
    return Ledgers.code(
        ledger, ledger.check(redemption(programme, asset, units, creditorAccount, amount)), 0);
  }

  /** Burns units and pays their money. */
  void redeem(
      final int programme,
      final int asset,
      final int units,
      final int creditorAccount,
      final long amount) {
    Ledgers.done(ledger.execute(redemption(programme, asset, units, creditorAccount, amount)));
    changes.programme(programme);
  }

  private LinkedTransfers redemption(
      final int programme,
      final int asset,
      final int units,
      final int creditorAccount,
      final long amount) {
    return linked
        .clear()
        .transfer(units, core.assets.issuer(asset), amount)
        .transfer(account(programme, Programmes.VOUCHER_RESERVE), creditorAccount, amount);
  }

  /** Burns what is left of a voucher; its money goes back to cash and budget. */
  void retire(
      final int programme, final int asset, final int units, final long left, final long nowMs) {
    if (left > 0) {
      linked
          .clear()
          .transfer(units, core.assets.issuer(asset), left)
          .transfer(
              account(programme, Programmes.VOUCHER_RESERVE),
              account(programme, Programmes.CASH),
              left);
      if (programmes.isWithinFiscalPeriod(programme, nowMs)) {
        linked.transfer(
            account(programme, Programmes.SPENT), account(programme, Programmes.AUTHORITY), left);
      }
      Ledgers.done(ledger.execute(linked));
    }
    Ledgers.done(accounts.remove(units));
    changes.programme(programme);
  }
}
