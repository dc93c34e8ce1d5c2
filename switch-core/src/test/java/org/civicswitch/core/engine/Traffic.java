package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.ParticipantStatus;

/** Random but mostly sensible traffic between the participants of the small world. */
final class Traffic {
  static final int[] PARTICIPANTS = {
    EngineHarness.ALPHA, EngineHarness.BRAVO, EngineHarness.CHARLIE, EngineHarness.ALPHA_INDIRECT
  };

  final EngineHarness bank;
  private final SplittableRandom random;
  private final List<Payment> sent = new ArrayList<>();
  private long number;

  Traffic(final EngineHarness bank, final SplittableRandom random) {
    this.bank = bank;
    this.random = random;
  }

  private int anybody() {
    return PARTICIPANTS[random.nextInt(PARTICIPANTS.length)];
  }

  /** The next command, at a time a little later. */
  byte[] next() {
    bank.nowMs += random.nextInt(400);
    final int kind = random.nextInt(22);
    if (kind < 9) {
      return submit();
    }
    if (kind < 15) {
      return confirm();
    }
    if (kind < 17) {
      return bank.as(anybody()).giveBack(++number, someUetr(), random.nextInt(-1, 400));
    }
    if (kind < 18) {
      return bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR)
          .moveLiquidity(
              anybody(),
              EngineHarness.EUR,
              random.nextInt(0, 3_000),
              LiquidityKind.get((short) random.nextInt(4)),
              1_000 + random.nextInt(40));
    }
    if (kind < 19) {
      return bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
          .setStatus(
              anybody(),
              random.nextInt(6) == 0 ? ParticipantStatus.SUSPENDED : ParticipantStatus.ACTIVE);
    }
    if (kind < 20) {
      return bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR)
          .setLimit(
              anybody(),
              EngineHarness.EUR,
              random.nextInt(3) * 1_000L,
              random.nextBoolean() ? 0 : random.nextInt(1_000, 2_000));
    }
    return bank.asHost().pulse();
  }

  private byte[] submit() {
    final int from = anybody();
    final Payment[] payments = new Payment[1 + random.nextInt(4)];
    for (int i = 0; i < payments.length; i++) {
      if (!sent.isEmpty() && random.nextInt(6) == 0) {
        payments[i] = again();
        continue;
      }
      final int to = random.nextInt(30) == 0 ? 999 : anybody();
      payments[i] = Payment.of(++number, from, to, random.nextInt(-5, 2_000));
      payments[i].created(bank.nowMs - random.nextInt(500));
      payments[i].payload = new byte[random.nextInt(300)];
      if (random.nextInt(3) == 0) {
        payments[i].onePhase();
      } else {
        payments[i].timeout(random.nextInt(3_000));
      }
      sent.add(payments[i]);
    }
    return bank.as(from).submit(payments);
  }

  /** The same instruction, or another under its key. */
  private Payment again() {
    final Payment original = sent.get(random.nextInt(sent.size()));
    final Payment again =
        Payment.of(original.keyLo, original.from, original.to, original.amount)
            .timeout(original.timeoutMs)
            .created(original.createdMs);
    again.mode = original.mode;
    if (random.nextInt(4) == 0) {
      again.amount++;
    }
    return again;
  }

  private byte[] confirm() {
    final int by = anybody();
    final List<Long> uetrs = new ArrayList<>();
    for (int back = 0; back < 12 && back < sent.size(); back++) {
      final Payment payment = sent.get(sent.size() - 1 - back);
      if (payment.to == by || random.nextInt(12) == 0) {
        uetrs.add(payment.uetrLo);
      }
    }
    if (uetrs.isEmpty()) {
      uetrs.add(someUetr());
    }
    return bank.as(by)
        .confirm(random.nextInt(5) != 0, 0, uetrs.stream().mapToLong(Long::longValue).toArray());
  }

  private long someUetr() {
    return sent.isEmpty() ? 1 : sent.get(random.nextInt(sent.size())).uetrLo;
  }
}
