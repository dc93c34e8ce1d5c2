package org.civicswitch.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.memory.HeapSnapshot;
import org.civicswitch.memory.StateSpace;

/** One seeded run of a ledger beside its oracle, compared after every operation. */
final class LedgerModelRun {
  private static final int[] RULES = {
    0,
    0,
    AssetRules.INDIVISIBLE,
    AssetRules.NOT_TRANSFERABLE,
    AssetRules.UNIQUE,
    AssetRules.ONE_PER_HOLDER,
    AssetRules.UNIQUE | AssetRules.ONE_PER_HOLDER | AssetRules.INDIVISIBLE,
    AssetRules.EXPIRES | AssetRules.PURPOSE_BOUND,
  };

  private final long seed;
  private final SplittableRandom random;
  private final LedgerOracle oracle = new LedgerOracle();
  private final LedgerChoices pick;
  private final LinkedTransfers linked = new LinkedTransfers();
  private final int[] results = new int[LedgerResult.NOT_DUE + 1];
  private StateSpace space = new StateSpace();
  private Ledger ledger;
  private long nowMs = 1_000;
  private int step;
  private int nextNumber = -3;

  LedgerModelRun(final long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    pick = new LedgerChoices(random, oracle);
    oracle.accountCapacity = 30;
    oracle.pendingCapacity = 40;
    oracle.assetCapacity = 12;
    ledger = new Ledger(space, 30, 40, 12);
    ledger.seed(seed);
  }

  /** How often each result was given. */
  int[] run(final int steps) {
    for (step = 0; step < steps; step++) {
      final long hash = random.nextInt(16) == 0 ? space.stateHash() : 0;
      final int result = operate();
      results[result]++;
      if (hash != 0 && result != LedgerResult.OK) {
        expect("state hash after a refusal", hash, space.stateHash());
      }
      comparison();
      if (step % 500 == 0 && !ledger.audit().isEmpty()) {
        throw new AssertionError(where() + ledger.audit());
      }
      if (random.nextInt(1_500) == 0) {
        saveAndLoad();
        comparison();
      }
    }
    return results;
  }

  private int operate() {
    nowMs += random.nextInt(3);
    final int dice = random.nextInt(1_000);
    if (dice < 300) {
      return reserve();
    } else if (dice < 480) {
      return transfer();
    } else if (dice < 600) {
      return post();
    } else if (dice < 650) {
      return voidPending();
    } else if (dice < 720) {
      return expire();
    } else if (dice < 850) {
      return linked();
    } else if (dice < 910) {
      return open();
    } else if (dice < 985) {
      return changeAccount();
    } else if (dice < 997) {
      return changeAsset();
    }
    return changeCapacity();
  }

  private int reserve() {
    final int debit = pick.account();
    final int credit = pick.partner(debit);
    final long amount = pick.amount(debit);
    final long deadline = pick.deadline(nowMs);
    final int expected = oracle.move(true, debit, credit, amount);
    expect("check reserve", expected, ledger.checkReserve(debit, credit, amount));
    final int answer = ledger.reserve(debit, credit, amount, deadline, step);
    if (expected != LedgerResult.OK) {
      expect("reserve", -expected, answer);
      return expected;
    }
    expectNewHandle(answer, oracle.pendings.containsKey(answer));
    oracle.doReserve(
        answer,
        new LedgerOracle.Pending(debit, credit, BigInteger.valueOf(amount), deadline, step));
    return expected;
  }

  private int transfer() {
    final int debit = pick.account();
    final int credit = pick.partner(debit);
    final long amount = pick.amount(debit);
    final int expected = oracle.move(false, debit, credit, amount);
    expect("check transfer", expected, ledger.checkTransfer(debit, credit, amount));
    expect("transfer", expected, ledger.transfer(debit, credit, amount));
    if (expected == LedgerResult.OK) {
      oracle.doTransfer(debit, credit, BigInteger.valueOf(amount));
    }
    return expected;
  }

  private int post() {
    final int pending = pick.pending();
    final long amount = pick.amountOf(pending);
    final int expected = oracle.post(pending, amount, nowMs);
    expect("check post", expected, ledger.checkPost(pending, amount, nowMs));
    expect("post", expected, ledger.post(pending, amount, nowMs));
    if (expected == LedgerResult.OK) {
      oracle.doSettle(pending, BigInteger.valueOf(amount));
    }
    return expected;
  }

  private int voidPending() {
    final int pending = pick.pending();
    final int expected = oracle.voidPending(pending);
    expect("check void", expected, ledger.checkVoid(pending));
    expect("void", expected, ledger.voidPending(pending));
    if (expected == LedgerResult.OK) {
      oracle.doSettle(pending, BigInteger.ZERO);
    }
    return expected;
  }

  private int expire() {
    final int pending = pick.pending();
    final int expected = oracle.expire(pending, nowMs);
    expect("check expire", expected, ledger.checkExpire(pending, nowMs));
    expect("expire", expected, ledger.expire(pending, nowMs));
    if (expected == LedgerResult.OK) {
      oracle.doSettle(pending, BigInteger.ZERO);
    }
    return expected;
  }

  private int linked() {
    final LedgerOracle trial = oracle.copy();
    linked.clear();
    final int legs = random.nextInt(random.nextInt(4) == 0 ? LinkedTransfers.MAX_LEGS + 1 : 4);
    final List<Integer> reserved = new ArrayList<>();
    int expected = LedgerResult.OK;
    int failed = -1;
    for (int leg = 0; leg < legs; leg++) {
      final int result = addLeg(trial, leg, expected == LedgerResult.OK, reserved);
      if (expected == LedgerResult.OK && result != LedgerResult.OK) {
        expected = result;
        failed = leg;
      }
    }
    final long before = space.stateHash();
    expect("check linked", expected, ledger.check(linked));
    expect("checked leg", failed, linked.failedLeg());
    expect("state hash after a check", before, space.stateHash());
    expect("linked", expected, ledger.execute(linked));
    expect("failed leg", failed, linked.failedLeg());
    if (expected == LedgerResult.OK) {
      for (final int leg : reserved) {
        final LedgerOracle.Pending pending = trial.pendings.remove(-1 - leg);
        if (pending != null) {
          expectNewHandle(linked.pending(leg), trial.pendings.containsKey(linked.pending(leg)));
          trial.pendings.put(linked.pending(leg), pending);
        }
      }
      oracle.adopt(trial);
    } else {
      expect("state hash after a refused chain", before, space.stateHash());
    }
    return expected;
  }

  /** Adds a random leg; does it in the trial if all went well so far. */
  private int addLeg(
      final LedgerOracle trial, final int leg, final boolean live, final List<Integer> reserved) {
    final int kind = random.nextInt(10);
    if (kind < 7) {
      final boolean reserve = kind < 3;
      final int debit = pick.account();
      final int credit = pick.partner(debit);
      final long amount = pick.amount(debit);
      final int result = live ? trial.move(reserve, debit, credit, amount) : LedgerResult.OK;
      if (reserve) {
        final long deadline = pick.deadline(nowMs);
        linked.reserve(debit, credit, amount, deadline, step);
        if (live && result == LedgerResult.OK) {
          final BigInteger big = BigInteger.valueOf(amount);
          trial.doReserve(-1 - leg, new LedgerOracle.Pending(debit, credit, big, deadline, step));
          reserved.add(leg);
        }
      } else {
        linked.transfer(debit, credit, amount);
        if (live && result == LedgerResult.OK) {
          trial.doTransfer(debit, credit, BigInteger.valueOf(amount));
        }
      }
      return result;
    }
    final int pending = Math.max(0, pick.pending());
    final long amount = pick.amountOf(pending);
    final boolean post = kind < 9;
    if (post) {
      linked.post(pending, amount, nowMs);
    } else {
      linked.voidPending(pending);
    }
    if (!live) {
      return LedgerResult.OK;
    }
    final int result = post ? trial.post(pending, amount, nowMs) : trial.voidPending(pending);
    if (result == LedgerResult.OK) {
      trial.doSettle(pending, post ? BigInteger.valueOf(amount) : BigInteger.ZERO);
    }
    return result;
  }

  private int open() {
    final long hi = random.nextInt(3);
    final long lo = random.nextInt(40);
    final int asset = pick.asset();
    final int flags =
        random.nextInt(3) > 0
            ? new int[] {0, 1, 1, 2, 4, 4, 6}[random.nextInt(7)]
            : random.nextInt(40) - 2;
    final long cap =
        new long[] {0, 10, 1_000, Accounts.NO_CAP, -1, Long.MAX_VALUE - 5}[random.nextInt(6)];
    final int expected = oracle.open(hi, lo, asset, flags, cap);
    final Accounts accounts = ledger.accounts();
    expect("check open", expected, accounts.checkOpen(hi, lo, asset, flags, cap));
    final int answer = accounts.open(hi, lo, asset, flags, cap);
    if (expected != LedgerResult.OK) {
      expect("open", -expected, answer);
      return expected;
    }
    expectNewHandle(answer, oracle.accounts.containsKey(answer));
    final LedgerOracle.Account account = new LedgerOracle.Account();
    account.idHi = hi;
    account.idLo = lo;
    account.asset = asset;
    account.flags = flags;
    account.cap = BigInteger.valueOf(cap);
    oracle.accounts.put(answer, account);
    return expected;
  }

  private int changeAccount() {
    final int account = pick.account();
    final Accounts accounts = ledger.accounts();
    switch (random.nextInt(12)) {
      case 0 -> {
        final int expected = oracle.ofOpenAccount(account);
        expect("freeze", expected, accounts.freeze(account));
        if (expected == LedgerResult.OK) {
          oracle.accounts.get(account).flags |= AccountFlags.FROZEN;
        }
        return expected;
      }
      case 1, 2, 3, 4, 5, 6 -> {
        final int expected = oracle.ofOpenAccount(account);
        expect("unfreeze", expected, accounts.unfreeze(account));
        if (expected == LedgerResult.OK) {
          oracle.accounts.get(account).flags &= ~AccountFlags.FROZEN;
        }
        return expected;
      }
      case 7 -> {
        final int expected = oracle.close(account);
        expect("close", expected, accounts.close(account));
        if (expected == LedgerResult.OK) {
          oracle.accounts.get(account).flags |= AccountFlags.CLOSED;
        }
        return expected;
      }
      case 8, 9 -> {
        final int expected = oracle.remove(account);
        expect("remove", expected, accounts.remove(account));
        oracle.accounts.remove(expected == LedgerResult.OK ? account : 0);
        return expected;
      }
      default -> {
        final long cap = new long[] {0, 5, 100, Accounts.NO_CAP, -7}[random.nextInt(5)];
        int expected = oracle.ofOpenAccount(account);
        if (expected == LedgerResult.OK && cap < 0) {
          expected = LedgerResult.ARGUMENT_INVALID;
        }
        expect("cap", expected, accounts.setNetDebitCap(account, cap));
        if (expected == LedgerResult.OK) {
          oracle.accounts.get(account).cap = BigInteger.valueOf(cap);
        }
        return expected;
      }
    }
  }

  private int changeAsset() {
    final Assets assets = ledger.assets();
    if (random.nextInt(3) == 0 || oracle.assets.isEmpty()) {
      final int number = random.nextInt(3) == 0 ? nextNumber - 1 : nextNumber++;
      final int rules = random.nextInt(8) == 0 ? 256 : RULES[random.nextInt(RULES.length)];
      final int expected = oracle.define(number, rules);
      final int answer = assets.define(number, rules);
      if (expected != LedgerResult.OK) {
        expect("define", -expected, answer);
        return expected;
      }
      expectNewHandle(answer, oracle.assets.containsKey(answer));
      final LedgerOracle.Asset asset = new LedgerOracle.Asset();
      asset.number = number;
      asset.rules = rules;
      oracle.assets.put(answer, asset);
      return expected;
    }
    final int handle = pick.asset();
    final LedgerOracle.Asset asset = oracle.assets.get(handle);
    final int expected = asset == null ? LedgerResult.ASSET_UNKNOWN : LedgerResult.OK;
    final int dice = random.nextInt(40);
    final int bit = dice == 0 ? AssetRules.RETIRED : AssetRules.FROZEN;
    if (dice == 0) {
      expect("retire", expected, assets.retire(handle));
    } else if (dice < 6) {
      expect("freeze asset", expected, assets.freeze(handle));
    } else {
      expect("unfreeze asset", expected, assets.unfreeze(handle));
    }
    if (asset != null) {
      asset.rules = dice < 6 ? asset.rules | bit : asset.rules & ~bit;
    }
    return expected;
  }

  private int changeCapacity() {
    oracle.pendingCapacity = 5 + random.nextInt(60);
    oracle.accountCapacity = 15 + random.nextInt(20);
    ledger.pendingCapacity(oracle.pendingCapacity);
    ledger.accounts().capacity(oracle.accountCapacity);
    return LedgerResult.OK;
  }

  private void saveAndLoad() {
    final HeapSnapshot snapshot = new HeapSnapshot();
    final long hash = space.stateHash();
    try (StateSpace.Image image = space.freeze()) {
      image.writeTo(snapshot);
      expect("image hash", hash, image.stateHash());
    }
    space = new StateSpace();
    ledger = new Ledger(space, 1, 1, 1);
    space.load(snapshot);
    ledger.seed(random.nextLong());
    ledger.rebuild();
    expect("loaded hash", hash, space.stateHash());
  }

  private void comparison() {
    new LedgerComparison(oracle, ledger, where()).run();
  }

  private void expectNewHandle(final int answer, final boolean taken) {
    if (answer <= 0 || taken) {
      throw new AssertionError(where() + "handle " + answer + " for something new");
    }
  }

  private void expect(final String what, final long expected, final long actual) {
    if (expected != actual) {
      throw new AssertionError(where() + what + ": expected " + expected + ", but was " + actual);
    }
  }

  private String where() {
    return "seed " + seed + " step " + step + ": ";
  }
}
