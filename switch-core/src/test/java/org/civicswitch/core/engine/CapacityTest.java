package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.ALPHA;
import static org.civicswitch.core.engine.EngineHarness.BRAVO;
import static org.civicswitch.core.engine.EngineHarness.CHARLIE;
import static org.civicswitch.core.engine.EngineHarness.FUNDS;
import static org.civicswitch.core.engine.EngineHarness.PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.EngineHarness.SECOND_PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.EngineHarness.SETTLEMENT_OPERATOR;

import java.util.List;
import java.util.function.ToIntFunction;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At every limit a documented refusal that stores nothing; other commands and the answer to what is
 * reserved go on; and where the limit is configured, the same instruction is accepted once it has
 * grown.
 */
class CapacityTest {
  private static final int MORE = 3;
  private static final int FIRST_NUMBER = 100_000;

  /** The most of anything that a test's world begins with. */
  private static final int MADE_BEFORE_MAX = 10;

  /** One instruction; what it does follows from its number. */
  @FunctionalInterface
  private interface Instruction {
    byte[] bytes(EngineHarness bank, int number);
  }

  private record Configured(
      String name, Parameter parameter, ToIntFunction<Core> used, Instruction instruction) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Configured> configured() {
    return List.of(
        new Configured(
            "ACCOUNTS",
            Parameter.CAPACITY_ACCOUNTS,
            core -> core.ledger.accounts().count(),
            (bank, n) -> bank.asOperator(SETTLEMENT_OPERATOR).setLimit(CHARLIE, n, 0, 0)),
        new Configured(
            "PENDING",
            Parameter.CAPACITY_PENDING,
            core -> core.ledger.pendingCount(),
            CapacityTest::submission),
        new Configured(
            "PAYMENTS",
            Parameter.CAPACITY_PAYMENTS,
            core -> core.book.size(),
            CapacityTest::submission),
        new Configured(
            "IDS",
            Parameter.CAPACITY_IDS,
            // The command that sets the limit is remembered too, and so will be two answers.
            core -> core.remembered.size() + 1 + 2,
            CapacityTest::submission));
  }

  private static byte[] submission(final EngineHarness bank, final int number) {
    return bank.as(ALPHA).submit(Payment.of(number, ALPHA, BRAVO, 10).created(bank.nowMs));
  }

  private static Code code(final EngineHarness bank) {
    final List<Code> items = bank.itemCodes();
    return bank.code() != Code.OK || items.isEmpty() ? bank.code() : items.get(0);
  }

  /** A bank with one payment reserved, and assets in which Charlie has no position yet. */
  private static EngineHarness bank() {
    final EngineHarness bank = new EngineHarness().genesis();
    for (int asset = 1; asset <= 2 * MORE; asset++) {
      bank.ok(
          bank.asOperator(PLATFORM_OPERATOR).defineAsset(asset, AssetKind.CURRENCY, "A" + asset));
    }
    bank.send(submission(bank, 1_000));
    assertThat(code(bank)).isEqualTo(Code.OK);
    return bank;
  }

  /** Whatever is full: an operator's command and the answer to the reserved payment. */
  private static void othersGoOn(final EngineHarness bank) {
    bank.ok(bank.asOperator(PLATFORM_OPERATOR).setStatus(CHARLIE, ParticipantStatus.ACTIVE));
    bank.send(bank.as(BRAVO).confirm(1_000));
    assertThat(code(bank)).isEqualTo(Code.OK);
    assertThat(bank.balance(BRAVO)).isEqualTo(FUNDS + 10);
  }

  private static void configure(
      final EngineHarness bank, final Parameter parameter, final int value) {
    bank.ok(bank.asOperator(PLATFORM_OPERATOR).configure(parameter, value));
  }

  @ParameterizedTest
  @MethodSource("configured")
  void aFullStoreRefusesAndGrowsByACommand(final Configured limit) {
    final EngineHarness bank = bank();
    final int used = limit.used.applyAsInt(bank.engine.core());
    configure(bank, limit.parameter, used + MORE);
    int accepted = 0;
    byte[] instruction = limit.instruction.bytes(bank, 1);
    bank.send(instruction);
    while (code(bank) == Code.OK) {
      accepted++;
      instruction = limit.instruction.bytes(bank, 1 + accepted);
      bank.send(instruction);
    }
    assertThat(code(bank)).isEqualTo(Code.CAPACITY);
    // An id kept for each answer that is owed: every other submission takes two.
    // A position is two accounts, one of them for what is settled deferred.
    final int expected =
        switch (limit.parameter) {
          case CAPACITY_IDS -> (MORE + 1) / 2;
          case CAPACITY_ACCOUNTS -> MORE / 2;
          default -> MORE;
        };
    assertThat(accepted).isEqualTo(expected);
    othersGoOn(bank);
    configure(bank, limit.parameter, used + 100);
    bank.send(instruction);
    assertThat(code(bank)).isEqualTo(Code.OK);
    assertThat(bank.engine.audit().problems()).isEmpty();
  }

  @FunctionalInterface
  private interface BenefitInstruction {
    Code send(BenefitsHarness h, int number);
  }

  private record ConfiguredForBenefits(
      String name, Parameter parameter, ToIntFunction<Core> used, BenefitInstruction instruction) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<ConfiguredForBenefits> configuredForBenefits() {
    return List.of(
        new ConfiguredForBenefits(
            "LINES",
            Parameter.CAPACITY_LINES,
            core -> core.benefits.lines.records().size(),
            (h, n) -> h.add(2, new Line(1, n, ALPHA, 1, 0))),
        // What the first line had kept went with its payment.
        new ConfiguredForBenefits(
            "PAYLOAD_BLOCKS",
            Parameter.CAPACITY_PAYLOAD_BLOCKS,
            core -> 0,
            (h, n) -> h.add(2, new Line(1, n, ALPHA, 1, 0))),
        new ConfiguredForBenefits(
            "VOUCHERS",
            Parameter.CAPACITY_VOUCHERS,
            core -> core.benefits.vouchers.records().size(),
            (h, n) -> h.issue(n, 1, 1, h.nowMs + 5_000)),
        new ConfiguredForBenefits(
            "USED_VERDICTS",
            Parameter.CAPACITY_VOUCHERS,
            core -> core.benefits.usedVerdicts.records().size(),
            (h, n) -> h.redeem(1, BenefitsHarness.GROCER, 1, n)),
        new ConfiguredForBenefits(
            "SUBJECTS",
            Parameter.CAPACITY_SUBJECTS,
            core -> core.identity.subjects().count(),
            (h, n) -> h.register(100 + n)),
        new ConfiguredForBenefits(
            "LIFE_EVENTS",
            Parameter.CAPACITY_SUBJECTS,
            core -> core.identity.lifeEvents().count(),
            (h, n) -> h.lifeEvent(n, LifeEventKind.SUSPENSION, n, 0)),
        new ConfiguredForBenefits(
            "ALIASES",
            Parameter.CAPACITY_ALIASES,
            core -> core.identity.aliases().count(),
            (h, n) -> h.link(n, 1, ALPHA)));
  }

  @ParameterizedTest
  @MethodSource("configuredForBenefits")
  void aFullStoreOfBenefitsRefusesAndGrowsByACommand(final ConfiguredForBenefits limit) {
    final BenefitsHarness h = new BenefitsHarness().genesis();
    for (int person = 1; person <= 2 + MORE; person++) {
      h.person(person);
    }
    h.fund(10_000, 10_000, 1);
    assertThat(h.issue(1, 1, 100, h.nowMs + 5_000)).isEqualTo(Code.OK);
    h.create(1, 1, 1, 10);
    assertThat(h.add(1, Line.of(1, ALPHA, 10))).isEqualTo(Code.OK);
    h.create(2, 2, 40, 1_000);
    assertThat(h.run(1)).isEqualTo(Code.OK);
    h.pulse();
    final long uetrHi = h.reserved().get(0).uetr().hi();
    final long uetrLo = h.reserved().get(0).uetr().lo();

    final int used = limit.used.applyAsInt(h.engine.core());
    assertThat(h.configure(limit.parameter, used + MORE)).isEqualTo(Code.OK);
    for (int n = 2; n < 2 + MORE; n++) {
      assertThat(limit.instruction.send(h, n)).isEqualTo(Code.OK);
    }
    assertThat(limit.instruction.send(h, 2 + MORE)).isEqualTo(Code.CAPACITY);
    final byte[] refused = h.log.get(h.log.size() - 1);
    assertThat(h.fund(1, 0, 2)).isEqualTo(Code.OK);
    assertThat(h.confirm(ALPHA, uetrHi, uetrLo, true)).isEqualTo(Code.OK);
    assertThat(h.balance(ALPHA)).isGreaterThanOrEqualTo(10);
    assertThat(h.configure(limit.parameter, used + 100)).isEqualTo(Code.OK);
    assertThat(h.send(refused, h.nowMs)).isEqualTo(Code.OK);
    assertThat(h.engine.audit().problems()).isEmpty();
  }

  private record Fixed(String name, int limit, Code done, Code full, Instruction instruction) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Fixed> fixed() {
    return List.of(
        new Fixed(
            "PARTICIPANTS",
            1 << 16,
            Code.OK,
            Code.CAPACITY,
            (bank, n) -> bank.asOperator(PLATFORM_OPERATOR).registerParticipant(n, 0)),
        new Fixed(
            "CONNECTIONS",
            1 << 16,
            Code.OK,
            Code.CAPACITY,
            (bank, n) -> bank.asOperator(PLATFORM_OPERATOR).registerConnection(n)),
        new Fixed(
            "OPERATORS",
            1 << 12,
            Code.OK,
            Code.CAPACITY,
            (bank, n) ->
                bank.asOperator(PLATFORM_OPERATOR).registerOperator(n, Operators.PLATFORM)),
        new Fixed(
            "ASSETS",
            1 << 12,
            Code.OK,
            Code.CAPACITY,
            (bank, n) ->
                bank.asOperator(PLATFORM_OPERATOR).defineAsset(n, AssetKind.CURRENCY, "B" + n)),
        new Fixed(
            "QUARANTINED",
            64,
            Code.DEFECT,
            Code.QUARANTINE_INVALID,
            (bank, n) ->
                bank.asOperator(PLATFORM_OPERATOR)
                    .quarantine(bank.engine.sequence() + 1, SECOND_PLATFORM_OPERATOR)));
  }

  @ParameterizedTest
  @MethodSource("fixed")
  void aFixedLimitRefusesAndStopsNothingElse(final Fixed fixed) {
    final EngineHarness bank = bank();
    int accepted = 0;
    bank.send(fixed.instruction.bytes(bank, FIRST_NUMBER));
    while (bank.code() == fixed.done) {
      accepted++;
      bank.log.clear();
      bank.send(fixed.instruction.bytes(bank, FIRST_NUMBER + accepted));
    }
    assertThat(bank.code()).isEqualTo(fixed.full);
    assertThat(accepted).isBetween(fixed.limit - MADE_BEFORE_MAX, fixed.limit);
    othersGoOn(bank);
    assertThat(bank.engine.audit().problems()).isEmpty();
  }
}
