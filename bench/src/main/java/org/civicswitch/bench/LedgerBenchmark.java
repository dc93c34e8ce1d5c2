package org.civicswitch.bench;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.civicswitch.ledger.AccountFlags;
import org.civicswitch.ledger.Accounts;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.ledger.LedgerResult;
import org.civicswitch.memory.IdLookAhead;
import org.civicswitch.memory.StateSpace;

/**
 * Two-phase transfers through the ledger alone, on one thread: accounts found by their 128-bit ids,
 * every limit checked, reserved, and posted a thousand transfers later. Ids of the next accounts
 * are looked at ahead, as a host does with the commands of a batch.
 */
final class LedgerBenchmark implements Benchmark {
  private static final List<Integer> SIZES = List.of(1_000, 1_000_000, 20_000_000);

  /** Measured where the heap has room for it. */
  private static final int LARGE = 100_000_000;

  private static final long LARGE_HEAP_BYTES = 14L << 30;
  private static final long SECOND_NS = 1_000_000_000L;

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public String description() {
    return "two-phase transfers through the ledger alone, by number of accounts and distribution";
  }

  @Override
  public BenchReport run(final BenchOptions options) throws WrongResultException {
    final BenchReport report = new BenchReport(name(), "none");
    for (final int size : SIZES) {
      measure(report, size, options);
    }
    if (Runtime.getRuntime().maxMemory() >= LARGE_HEAP_BYTES) {
      measure(report, LARGE, options);
    } else {
      System.err.println("bench ledger: 100,000,000 accounts are left out, they need -Xmx14g");
    }
    return report;
  }

  static void measure(final BenchReport report, final int accounts, final BenchOptions options)
      throws WrongResultException {
    final LedgerRun run = new LedgerRun(accounts);
    for (final AccountPicks.Distribution distribution : AccountPicks.Distribution.values()) {
      final AccountPicks picks =
          new AccountPicks(
              accounts, distribution, AccountPicks.PAIRS, new SplittableRandom(accounts));
      run.transfers(picks, SECOND_NS);
      final double[] perS = new double[options.pairs()];
      for (int i = 0; i < perS.length; i++) {
        perS[i] = run.transfers(picks, options.seconds() * SECOND_NS / perS.length);
      }
      final double median = PairedRatio.median(perS);
      report
          .add(
              String.format(
                  Locale.ROOT, "%,d %s", accounts, distribution.name().toLowerCase(Locale.ROOT)),
              median,
              median,
              null)
          .with("accounts", accounts)
          .with("distribution", distribution.name().toLowerCase(Locale.ROOT))
          .with("per_s_min", Math.round(perS[0]))
          .with("per_s_max", Math.round(perS[perS.length - 1]))
          .with("bytes_per_account", run.bytesPerAccount());
    }
    run.check();
  }

  /** A ledger full of accounts, and how often each total has moved. */
  static final class LedgerRun {
    private static final int EUR = 978;
    private static final int LOOK_AHEAD = 32;
    private static final int OPEN = 1024;
    private static final long ISSUER = -1;

    /** A hundred million times this is still no overflow of what the issuer owes. */
    private static final long FUNDS = 1L << 36;

    private static final long AMOUNT = 3;

    private final int accounts;
    private final Ledger ledger;
    private final int asset;
    private final double bytesPerAccount;
    private final int[] open = new int[OPEN];
    private final IdLookAhead ahead = new IdLookAhead(2 * LOOK_AHEAD);
    private long reserved;
    private long posted;

    LedgerRun(final int accounts) throws WrongResultException {
      this.accounts = accounts;
      final long before = usedBytes();
      ledger = new Ledger(new StateSpace(), accounts + 1, OPEN * 2, 4);
      asset = ledger.assets().define(EUR, 0);
      final int issuer =
          ledger.accounts().open(ISSUER, ISSUER, asset, AccountFlags.ISSUER, Accounts.NO_CAP);
      for (int i = 0; i < accounts; i++) {
        // Half of them prefunded, half under a net debit cap: each checks its own limit.
        final boolean prefunded = (i & 1) == 0;
        final int account =
            ledger
                .accounts()
                .open(
                    AccountPicks.idHi(i),
                    AccountPicks.idLo(i),
                    asset,
                    prefunded ? AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS : 0,
                    prefunded ? 0 : FUNDS);
        if (ledger.transfer(issuer, account, FUNDS) != LedgerResult.OK) {
          throw new WrongResultException("account " + i + " could not be funded");
        }
      }
      bytesPerAccount = (usedBytes() - before) / (double) accounts;
    }

    private static long usedBytes() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Records, index and what the heap adds; bytes, to a tenth. */
    double bytesPerAccount() {
      return Math.round(bytesPerAccount * 10) / 10.0;
    }

    /** Two-phase transfers a second. */
    double transfers(final AccountPicks picks, final long forNs) throws WrongResultException {
      final long startNs = System.nanoTime();
      final long before = posted;
      long now = startNs;
      while (now - startNs < forNs) {
        for (int batch = 0; batch < 64; batch++) {
          batch(picks);
        }
        now = System.nanoTime();
      }
      return (posted - before) * 1e9 / (now - startNs);
    }

    private void batch(final AccountPicks picks) throws WrongResultException {
      final Accounts all = ledger.accounts();
      for (int i = 0; i < LOOK_AHEAD; i++) {
        final int debit = picks.debit(reserved + i);
        final int credit = picks.credit(reserved + i);
        all.lookAhead(ahead, AccountPicks.idHi(debit), AccountPicks.idLo(debit));
        all.lookAhead(ahead, AccountPicks.idHi(credit), AccountPicks.idLo(credit));
      }
      ahead.bringNear();
      for (int i = 0; i < LOOK_AHEAD; i++) {
        final int slot = (int) reserved & OPEN - 1;
        if (open[slot] != 0) {
          post(slot);
        }
        final int debit = picks.debit(reserved);
        final int credit = picks.credit(reserved);
        final int made =
            ledger.reserve(
                all.find(AccountPicks.idHi(debit), AccountPicks.idLo(debit)),
                all.find(AccountPicks.idHi(credit), AccountPicks.idLo(credit)),
                AMOUNT,
                Ledger.NO_DEADLINE,
                reserved);
        if (made <= 0) {
          throw new WrongResultException("transfer " + reserved + " not reserved: " + -made);
        }
        open[slot] = made;
        reserved++;
      }
    }

    private void post(final int slot) throws WrongResultException {
      final int result = ledger.post(open[slot], AMOUNT, 0);
      if (result != LedgerResult.OK) {
        throw new WrongResultException("transfer not posted: " + result);
      }
      open[slot] = 0;
      posted++;
    }

    /** Posts what is open; every amount must be found again on both sides. */
    void check() throws WrongResultException {
      for (int slot = 0; slot < OPEN; slot++) {
        if (open[slot] != 0) {
          post(slot);
        }
      }
      if (posted != reserved || ledger.pendingCount() != 0) {
        throw new WrongResultException(reserved + " were reserved and " + posted + " posted");
      }
      long debits = 0;
      for (int i = 0; i < accounts; i++) {
        final int account = ledger.accounts().find(AccountPicks.idHi(i), AccountPicks.idLo(i));
        debits += ledger.accounts().debitsPosted(account);
      }
      if (debits != posted * AMOUNT) {
        throw new WrongResultException(posted * AMOUNT + " were moved, debited were " + debits);
      }
      final List<String> problems = ledger.audit();
      if (!problems.isEmpty()) {
        throw new WrongResultException(problems.get(0));
      }
    }
  }
}
