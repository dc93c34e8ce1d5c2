package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.SettlementModel;

/** Chooses what settlement officers do: mostly the next step of a window, at times a wrong one. */
final class SettlementWorkload {
  private final SplittableRandom random;
  private final Oracle oracle;
  private final SimWriter out;
  private final PlatformInstructions platform;
  private final SettlementInstructions settlement;
  private final List<Reference> reserved = new ArrayList<>();
  private final long amountMax;

  /** Collateral that may be on its way out. */
  private record Reference(Instruction.Id id, int participant, int asset, long amount) {}

  SettlementWorkload(
      final SplittableRandom random,
      final Oracle oracle,
      final SimWriter out,
      final PlatformInstructions platform,
      final long amountMax) {
    this.random = random;
    this.oracle = oracle;
    this.out = out;
    this.platform = platform;
    this.amountMax = amountMax;
    settlement = new SettlementInstructions(out);
  }

  private int scheme() {
    return 1 + random.nextInt(SimWorld.SCHEMES);
  }

  /** Some scheme; mostly gross for who has no deferred position. */
  int scheme(final int debtor, final int creditor) {
    final boolean indirect = debtor == SimWorld.INDIRECT || creditor == SimWorld.INDIRECT;
    return indirect && random.nextInt(8) != 0 ? 1 : scheme();
  }

  Instruction next(final long nowMs) {
    out.from(0, SimWorld.OPERATIONS, SimWorld.SETTLEMENT_OPERATOR, nowMs);
    return change();
  }

  /** By whomever the writer writes for, alone or to be proposed. */
  Instruction change() {
    return switch (random.nextInt(12)) {
      case 0 -> random.nextInt(8) == 0 ? model() : collateral();
      case 1, 2, 3 -> collateral();
      case 4, 5 -> platform.closeWindow(oracle.window());
      default -> step();
    };
  }

  private Instruction model() {
    final SettlementModel[] models = {
      SettlementModel.PREFUNDED_GROSS,
      SettlementModel.DEFERRED_NET,
      SettlementModel.DEFERRED_NET_BILATERAL
    };
    return settlement.model(
        scheme(),
        random.nextInt(10) == 0 ? SimWorld.VOUCHER : currency(),
        models[random.nextInt(models.length)],
        random.nextInt(3) == 0);
  }

  private int currency() {
    return random.nextInt(5) == 0 ? SimWorld.USD : SimWorld.EUR;
  }

  private Instruction collateral() {
    if (!reserved.isEmpty() && random.nextInt(2) == 0) {
      final Reference reference = reserved.get(random.nextInt(reserved.size()));
      return settlement.collateral(
          reference.participant,
          reference.asset,
          reference.amount + (random.nextInt(10) == 0 ? 1 : 0),
          random.nextBoolean() ? LiquidityKind.OUT_CONFIRM : LiquidityKind.OUT_CANCEL,
          reference.id);
    }
    // 0 is the default fund.
    final int participant = random.nextInt(SimWorld.BANKS + 1);
    final int asset = currency();
    final long amount = 1 + random.nextLong(amountMax * 2);
    final Instruction.Id reference =
        !reserved.isEmpty() && random.nextInt(8) == 0
            ? reserved.get(random.nextInt(reserved.size())).id
            : out.next();
    if (random.nextInt(3) != 0) {
      return settlement.collateral(participant, asset, amount, LiquidityKind.IN, reference);
    }
    reserved.add(new Reference(reference, participant, asset, amount));
    return settlement.collateral(participant, asset, amount, LiquidityKind.OUT_RESERVE, reference);
  }

  private Instruction step() {
    final List<SimSettlement.Window> windows = oracle.settlement.unsettled();
    if (windows.isEmpty() || random.nextInt(20) == 0) {
      final int number = random.nextInt(oracle.window() + 2);
      return random.nextBoolean()
          ? settlement.settle(number)
          : settlement.propose(number, out.next());
    }
    final SimSettlement.Window window = windows.get(random.nextInt(windows.size()));
    if (random.nextInt(10) == 0) {
      return settlement.settle(window.number);
    }
    return switch (window.state) {
      case CLOSED -> settlement.propose(window.number, out.next());
      case PROPOSED -> proposed(window);
      default -> settlement.settle(window.number);
    };
  }

  private Instruction proposed(final SimSettlement.Window window) {
    final int choice = random.nextInt(12);
    if (choice == 0) {
      return settlement.propose(
          window.number, random.nextInt(3) == 0 ? window.reference : out.next());
    }
    if (choice < 2 && !window.recorded.isEmpty()) {
      final List<SimSettlement.Parties> all = new ArrayList<>(window.recorded.keySet());
      final SimSettlement.Parties parties = all.get(random.nextInt(all.size()));
      final boolean first = parties.second() == 0 || random.nextBoolean();
      return settlement.declareDefault(
          window.number,
          parties.asset(),
          first ? parties.first() : parties.second(),
          first ? parties.second() : parties.first());
    }
    return settlement.confirm(
        window.number, random.nextInt(10) == 0 ? out.next() : window.reference);
  }
}
