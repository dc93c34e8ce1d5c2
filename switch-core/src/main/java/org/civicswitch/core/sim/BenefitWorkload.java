package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Chooses what the benefits office and merchants do next. */
final class BenefitWorkload {
  private final SplittableRandom random;
  private final Oracle oracle;
  private final SimWriter out;
  private final BenefitInstructions benefits;
  private final List<Planned> planned = new ArrayList<>();
  private final Map<Instruction.Id, Planned> byId = new HashMap<>();
  private int cycle;

  /** An envelope as it was declared. */
  private record Planned(Instruction.Id id, int first, int count, long amount) {}

  BenefitWorkload(final SplittableRandom random, final Oracle oracle, final SimWriter out) {
    this.random = random;
    this.oracle = oracle;
    this.out = out;
    benefits = new BenefitInstructions(out);
  }

  BenefitInstructions instructions() {
    return benefits;
  }

  private void office(final int operator, final long nowMs) {
    out.from(SimWorld.TREASURY, SimWorld.OFFICE, operator, nowMs);
  }

  Instruction next(final long nowMs) {
    office(SimWorld.PROGRAMME_OPERATOR, nowMs);
    final int choice = random.nextInt(19);
    if (choice == 0 || planned.isEmpty()) {
      return create();
    }
    if (choice <= 9) {
      return advance(nowMs);
    }
    return switch (choice) {
      case 10 -> {
        office(SimWorld.SETTLEMENT_OPERATOR, nowMs);
        yield benefits.fund(
            SimWorld.PROGRAMME, random.nextLong(5_000), random.nextLong(5_000) - 100);
      }
      case 11 -> benefits.cancel(some().id);
      case 12 -> benefits.merchant(1 + random.nextInt(6), bank(), 5_400 + random.nextInt(15));
      case 13, 14 ->
          benefits.issue(
              out.next(),
              1 + random.nextInt(SimWorld.SUBJECTS),
              1 + random.nextLong(500),
              nowMs + 1 + random.nextLong(120_000));
      case 15 -> {
        office(SimWorld.APPROVER, nowMs);
        yield benefits.closeCycle(random.nextInt(cycle + 2));
      }
      default -> voucher(nowMs);
    };
  }

  private int bank() {
    return 1 + random.nextInt(SimWorld.BANKS);
  }

  private Planned some() {
    return planned.get(random.nextInt(planned.size()));
  }

  private Instruction create() {
    final int count = 1 + random.nextInt(8);
    final long amount = 1 + random.nextLong(200);
    final int first = 1 + random.nextInt(SimWorld.SUBJECTS - 8);
    final Planned plan = new Planned(out.next(), first, count, amount);
    planned.add(plan);
    byId.put(plan.id, plan);
    return benefits.envelope(
        plan.id, random.nextInt(8) == 0 ? cycle : ++cycle, count, count * amount, 15_000);
  }

  /** The next step of an envelope, mostly the right one. */
  private Instruction advance(final long nowMs) {
    final List<SimProgramme.Envelope> known = oracle.programme.envelopes;
    if (known.isEmpty()) {
      return benefits.seal(some().id);
    }
    final int recent = Math.min(4, known.size());
    final SimProgramme.Envelope envelope =
        known.get(
            known.size() - 1 - random.nextInt(random.nextInt(5) == 0 ? known.size() : recent));
    final Planned plan = byId.get(envelope.id);
    if (plan == null) {
      return create();
    }
    return switch (envelope.state) {
      case DRAFT -> {
        if (envelope.added < envelope.declared && random.nextInt(10) != 0) {
          final int done = (int) envelope.added;
          yield benefits.lines(
              plan.id,
              plan.first + done,
              Math.max(1, random.nextInt(3) == 0 ? 1 : plan.count - done),
              plan.amount,
              random.nextInt(4) == 0 ? 0 : bank());
        }
        yield benefits.seal(plan.id);
      }
      case SEALED -> {
        office(random.nextInt(6) == 0 ? SimWorld.PROGRAMME_OPERATOR : SimWorld.APPROVER, nowMs);
        final DirectBuffer hash =
            random.nextInt(10) == 0 ? new UnsafeBuffer(new byte[32]) : envelope.hash;
        yield benefits.approve(plan.id, hash);
      }
      case RELEASED -> random.nextInt(3) == 0 ? benefits.pause(plan.id) : benefits.release(plan.id);
      default -> benefits.release(plan.id);
    };
  }

  private Instruction voucher(final long nowMs) {
    final List<SimProgramme.Voucher> known = oracle.programme.vouchers;
    if (known.isEmpty()) {
      return benefits.cancelVoucher(out.next());
    }
    final SimProgramme.Voucher voucher = known.get(random.nextInt(known.size()));
    if (random.nextInt(12) == 0) {
      return benefits.cancelVoucher(voucher.id);
    }
    final int merchant = 1 + random.nextInt(SimWorld.MERCHANTS + 1);
    out.from(random.nextInt(10) == 0 ? bank() : Genesis.bankOf(merchant), nowMs);
    return benefits.redeem(voucher.id, merchant, 1 + random.nextLong(voucher.left + 2));
  }
}
