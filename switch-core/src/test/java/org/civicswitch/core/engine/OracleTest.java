package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.civicswitch.core.protocol.Code;
import org.junit.jupiter.api.Test;

/** Long random runs, every outcome and balance against the slow oracle. */
class OracleTest {
  private static final int COMMANDS = 5_000;

  @Test
  void agreesWithTheOracleAfterEveryCommand() {
    final Map<Code, Integer> seen = new EnumMap<>(Code.class);
    for (long seed = 101; seed <= 104; seed++) {
      run(seed, seen);
    }
    // A run in which these did not occur would have tested less than it says.
    assertThat(seen)
        .containsKeys(
            Code.OK,
            Code.DUPLICATE,
            Code.CONFIRMATION_LATE,
            Code.PAYMENT_NOT_PENDING,
            Code.NOT_CREDITOR_AGENT,
            Code.INSUFFICIENT_FUNDS,
            Code.NET_DEBIT_CAP,
            Code.RETURN_EXCEEDS_PAYMENT,
            Code.PAYMENT_NOT_SETTLED,
            Code.SETTLEMENT_REFERENCE_USED,
            Code.SETTLEMENT_REFERENCE_UNKNOWN,
            Code.SAME_AGENT,
            Code.PARTICIPANT_NOT_ACTIVE,
            Code.CREDITOR_AGENT_NOT_ACTIVE,
            Code.AMOUNT_OVER_LIMIT);
  }

  private static void run(final long seed, final Map<Code, Integer> seen) {
    final EngineHarness bank = new EngineHarness().genesis();
    final SplittableRandom random = new SplittableRandom(seed);
    final Traffic traffic = new Traffic(bank, random);
    final PaymentOracle oracle = new PaymentOracle();
    drain(bank, oracle, random);
    for (int i = 0; i < COMMANDS; i++) {
      final byte[] command = traffic.next();
      final List<Code> expected = oracle.apply(command, bank.nowMs);
      bank.send(command);
      final List<Code> items = bank.itemCodes();
      final List<Code> actual = items.isEmpty() ? List.of(bank.code()) : items;
      assertThat(actual).as("seed %d, command %d", seed, i).isEqualTo(expected);
      actual.forEach(code -> seen.merge(code, 1, Integer::sum));
      for (final int participant : Traffic.PARTICIPANTS) {
        final PaymentOracle.Position position = oracle.positions.get(participant);
        assertThat(BigInteger.valueOf(bank.balance(participant)))
            .as("seed %d, command %d, balance of %d", seed, i, participant)
            .isEqualTo(position.posted);
        assertThat(BigInteger.valueOf(bank.debitsPending(participant)))
            .as("seed %d, command %d, reserved of %d", seed, i, participant)
            .isEqualTo(position.reserved);
      }
      bank.log.clear();
    }
    assertThat(bank.engine.audit().problems()).as("seed %d", seed).isEmpty();
  }

  /** Leaves the banks little, so that funds run out now and then. */
  private static void drain(
      final EngineHarness bank, final PaymentOracle oracle, final SplittableRandom random) {
    for (final int participant :
        new int[] {EngineHarness.ALPHA, EngineHarness.BRAVO, EngineHarness.CHARLIE}) {
      final long amount = EngineHarness.FUNDS - random.nextInt(2_000, 20_000);
      for (final var kind :
          List.of(
              org.civicswitch.core.protocol.LiquidityKind.OUT_RESERVE,
              org.civicswitch.core.protocol.LiquidityKind.OUT_CONFIRM)) {
        final byte[] command =
            bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR)
                .moveLiquidity(participant, EngineHarness.EUR, amount, kind, 5_000 + participant);
        assertThat(oracle.apply(command, bank.nowMs)).containsExactly(Code.OK);
        bank.ok(command);
      }
    }
  }
}
