package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.SettlementModel;

/**
 * Chooses what is instructed next, from what is known of the world. Every seed has its own taste:
 * how much of what, how large, how many at a time.
 */
final class Workload {
  private static final int CHOICES = 10;

  private final SplittableRandom random;
  private final Oracle oracle;
  private final SimWriter out = new SimWriter();
  private final PlatformInstructions platform = new PlatformInstructions(out);
  private final PaymentInstructions payments = new PaymentInstructions(out);
  private final BenefitWorkload benefits;
  private final PeopleWorkload people;
  private final ProposalWorkload proposals;
  private final SettlementWorkload settlement;
  private final int[] weights = {40, 34, 8, 6, 8, 5, 10, 5, 14, 12};
  private final List<Reference> reserved = new ArrayList<>();
  private final long amountMax;
  private int weightTotal;

  /** Liquidity that may be on its way out. */
  private record Reference(Instruction.Id id, int participant, long amount) {}

  Workload(final SplittableRandom random, final Oracle oracle) {
    this.random = random;
    this.oracle = oracle;
    benefits = new BenefitWorkload(random, oracle, out);
    people = new PeopleWorkload(random, out);
    amountMax = 10L << random.nextInt(12);
    settlement = new SettlementWorkload(random, oracle, out, platform, amountMax);
    proposals = new ProposalWorkload(random, oracle, out, platform, settlement);
    for (int i = 0; i < CHOICES; i++) {
      weights[i] = weights[i] * (1 + random.nextInt(4));
      weightTotal += weights[i];
    }
  }

  /** The token of the alias that is a subject's own. */
  static long alias(final long subject) {
    return 500 + subject;
  }

  /** The commands that make the world, in order. */
  List<Instruction> genesis(final long nowMs, final int timersPerCommand) {
    return new Genesis(random, out, platform, benefits.instructions(), nowMs)
        .commands(timersPerCommand);
  }

  Instruction pulse(final long nowMs) {
    out.from(0, 0, 0, nowMs);
    return platform.pulse();
  }

  Instruction next(final long nowMs) {
    int draw = random.nextInt(weightTotal);
    int choice = 0;
    while (draw >= weights[choice]) {
      draw -= weights[choice];
      choice++;
    }
    return switch (choice) {
      case 0 -> submit(nowMs);
      case 1 -> confirm(nowMs);
      case 2 -> giveBack(nowMs);
      case 3 -> liquidity(nowMs);
      case 4 -> query(nowMs);
      case 5 -> operate(nowMs);
      case 6 -> people.next(nowMs);
      case 7 -> proposals.next(nowMs);
      case 8 -> benefits.next(nowMs);
      default -> settlement.next(nowMs);
    };
  }

  private int bank() {
    return 1 + random.nextInt(SimWorld.BANKS);
  }

  private int currency() {
    return random.nextInt(5) == 0 ? SimWorld.USD : SimWorld.EUR;
  }

  /** Mostly another bank. */
  private int creditor(final int debtor) {
    return switch (random.nextInt(60)) {
      case 0 -> 99;
      case 1 -> debtor;
      default -> 1 + (debtor + random.nextInt(SimWorld.BANKS - 1)) % SimWorld.BANKS;
    };
  }

  private byte[] payload() {
    final byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private Instruction submit(final long nowMs) {
    final int debtor = bank();
    // Created a little before, rarely long before or ahead of time.
    final long createdMs =
        switch (random.nextInt(40)) {
          case 0 -> nowMs - random.nextLong(2 * SimWorld.DUPLICATE_WINDOW_MS);
          case 1 -> nowMs + random.nextLong(120_000);
          default -> nowMs - random.nextLong(2_000);
        };
    out.from(debtor, createdMs);
    final List<PaymentInstructions.Terms> terms = new ArrayList<>();
    final int count = random.nextInt(6) == 0 ? 1 + random.nextInt(12) : 1;
    for (int i = 0; i < count; i++) {
      final boolean alias = random.nextInt(8) == 0;
      final int subject = 1 + random.nextInt(SimWorld.SUBJECTS);
      final int creditor = creditor(debtor);
      terms.add(
          new PaymentInstructions.Terms(
              out.next(),
              random.nextInt(60) == 0 ? someUetr() : out.next(),
              settlement.scheme(debtor, creditor),
              random.nextInt(30) == 0
                  ? SettlementModel.DEFERRED_NET
                  : SettlementModel.PREFUNDED_GROSS,
              random.nextInt(50) == 0 ? bank() : debtor,
              creditor,
              random.nextInt(60) == 0 ? 77 : currency(),
              random.nextInt(40) == 0 ? -random.nextLong(3) : 1 + random.nextLong(amountMax),
              random.nextInt(4) == 0 ? PaymentMode.ONE_PHASE : PaymentMode.TWO_PHASE,
              random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(20_000),
              alias ? alias(subject) : 0,
              alias ? random.nextInt(3) : 0,
              alias ? subject : 0));
    }
    return payments.submit(terms, payload());
  }

  private Instruction.Id someUetr() {
    if (oracle.payments.isEmpty()) {
      return out.next();
    }
    int skip = random.nextInt(Math.min(50, oracle.payments.size()));
    for (final Instruction.Id uetr : oracle.payments.keySet()) {
      if (skip-- == 0) {
        return uetr;
      }
    }
    return out.next();
  }

  private Instruction confirm(final long nowMs) {
    final List<Instruction.Id> uetrs = new ArrayList<>();
    int creditor = bank();
    if (oracle.reserved.isEmpty() || random.nextInt(25) == 0) {
      uetrs.add(someUetr());
    } else {
      final int from = random.nextInt(oracle.reserved.size());
      creditor = oracle.reserved.get(from).creditorAgent;
      final int most = 1 + random.nextInt(5);
      for (int i = from; i < oracle.reserved.size() && uetrs.size() < most; i++) {
        if (oracle.reserved.get(i).creditorAgent == creditor) {
          uetrs.add(oracle.reserved.get(i).uetr);
        }
      }
      if (random.nextInt(30) == 0) {
        creditor = bank();
      }
    }
    out.from(creditor, nowMs);
    return payments.confirm(uetrs, random.nextInt(5) != 0, random.nextInt(4) == 0);
  }

  private Instruction giveBack(final long nowMs) {
    if (oracle.settled.isEmpty()) {
      return query(nowMs);
    }
    final SimPayment payment = oracle.settled.get(random.nextInt(oracle.settled.size()));
    out.from(random.nextInt(20) == 0 ? bank() : payment.creditorAgent, nowMs);
    final long amount =
        random.nextBoolean() ? payment.amount : 1 + random.nextLong(payment.amount + 1);
    return payments.giveBack(payment.uetr, amount, payload());
  }

  private Instruction liquidity(final long nowMs) {
    out.from(0, SimWorld.OPERATIONS, SimWorld.SETTLEMENT_OPERATOR, nowMs);
    if (!reserved.isEmpty() && random.nextInt(2) == 0) {
      final Reference reference = reserved.get(random.nextInt(reserved.size()));
      return platform.liquidity(
          reference.participant,
          SimWorld.EUR,
          reference.amount + (random.nextInt(10) == 0 ? 1 : 0),
          random.nextBoolean() ? LiquidityKind.OUT_CONFIRM : LiquidityKind.OUT_CANCEL,
          reference.id);
    }
    final int participant = bank();
    final long amount = 1 + random.nextLong(amountMax * 4);
    final Instruction.Id reference =
        !reserved.isEmpty() && random.nextInt(8) == 0
            ? reserved.get(random.nextInt(reserved.size())).id
            : out.next();
    if (random.nextBoolean()) {
      return platform.liquidity(participant, currency(), amount, LiquidityKind.IN, reference);
    }
    reserved.add(new Reference(reference, participant, amount));
    return platform.liquidity(
        participant, SimWorld.EUR, amount, LiquidityKind.OUT_RESERVE, reference);
  }

  private Instruction query(final long nowMs) {
    out.from(0, 0, 0, nowMs);
    final QueryKind[] kinds = QueryKind.values();
    final QueryKind kind =
        random.nextBoolean() ? QueryKind.POSITION : kinds[random.nextInt(kinds.length - 1)];
    return platform.query(
        kind, bank(), currency(), someUetr(), 1 + random.nextInt(SimWorld.SUBJECTS));
  }

  private Instruction operate(final long nowMs) {
    out.from(0, SimWorld.OPERATIONS, SimWorld.PLATFORM_OPERATOR, nowMs);
    final int participant = bank();
    return switch (random.nextInt(12)) {
      case 0, 1 ->
          platform.status(
              participant,
              random.nextInt(3) == 0 ? ParticipantStatus.SUSPENDED : ParticipantStatus.ACTIVE);
      case 2 -> platform.status(participant, ParticipantStatus.REGISTERED);
      case 3 -> {
        out.from(0, SimWorld.OPERATIONS, SimWorld.SETTLEMENT_OPERATOR, nowMs);
        yield platform.limit(
            participant,
            currency(),
            random.nextLong(amountMax * 20),
            random.nextInt(3) == 0 ? 1 + random.nextLong(amountMax) : 0);
      }
      case 4 -> {
        out.from(0, SimWorld.OPERATIONS, SimWorld.SETTLEMENT_OPERATOR, nowMs);
        yield platform.closeWindow(oracle.window() - (random.nextInt(4) == 0 ? 1 : 0));
      }
      case 5 -> platform.participant(participant, 0);
      case 6 -> platform.connection(200 + random.nextInt(20));
      case 7 -> platform.grant(200 + random.nextInt(20), participant);
      case 8 -> platform.configure(Parameter.EVICTIONS_PER_COMMAND, 1 + random.nextInt(100));
      case 9 -> platform.activate(1 + random.nextInt(2));
      case 10 -> {
        out.from(participant, nowMs);
        yield platform.acknowledge(random.nextLong(oracle.feedSequence() + 3));
      }
      default -> platform.quarantine(1 + random.nextLong(1_000_000));
    };
  }
}
