package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SettlementModel;

/** The commands that make the simulated world; operators last, for they end genesis. */
final class Genesis {
  private static final int ALL_ROLES = 31;
  private static final int BREAK_GLASS = 32;

  private final List<Instruction> commands = new ArrayList<>();
  private final SplittableRandom random;
  private final SimWriter out;
  private final PlatformInstructions platform;
  private final BenefitInstructions benefits;
  private final long nowMs;

  Genesis(
      final SplittableRandom random,
      final SimWriter out,
      final PlatformInstructions platform,
      final BenefitInstructions benefits,
      final long nowMs) {
    this.random = random;
    this.out = out;
    this.platform = platform;
    this.benefits = benefits;
    this.nowMs = nowMs;
  }

  /** Whose client a merchant is; the fourth merchant is not there. */
  static int bankOf(final int merchant) {
    return 1 + merchant % SimWorld.BANKS;
  }

  List<Instruction> commands(final int timersPerCommand) {
    // Only the very first command may still set them.
    say(() -> platform.seeds(random.nextLong(), random.nextLong()));
    configure(Parameter.DUPLICATE_WINDOW_MS, SimWorld.DUPLICATE_WINDOW_MS);
    configure(Parameter.PAYMENT_TIMEOUT_MS_MAX, SimWorld.PAYMENT_TIMEOUT_MS_MAX);
    configure(Parameter.TIMERS_PER_COMMAND, timersPerCommand);
    configure(Parameter.LINES_PER_STEP, 1 + random.nextInt(5));
    configure(Parameter.OBLIGATIONS_PER_STEP, 1 + random.nextInt(4));
    configure(Parameter.LINES_UNDER_WAY, 1 + random.nextInt(20));
    asset(SimWorld.EUR, AssetKind.CURRENCY, 0, "EUR", false);
    asset(SimWorld.USD, AssetKind.CURRENCY, 0, "USD", false);
    asset(SimWorld.AUTHORITY, AssetKind.BUDGET_AUTHORITY, SimWorld.EUR, "BUDGET", false);
    asset(SimWorld.VOUCHER, AssetKind.VOUCHER, SimWorld.EUR, "FOOD", true);
    for (int number = 1; number <= SimWorld.PARTICIPANTS; number++) {
      participant(number);
    }
    settlement();
    connection(SimWorld.OPERATIONS, 0);
    connection(SimWorld.OFFICE, SimWorld.TREASURY);
    connection(SimWorld.ENROLMENT, SimWorld.TREASURY);
    say(() -> benefits.programme(SimWorld.PROGRAMME));
    say(() -> benefits.fund(SimWorld.PROGRAMME, 20_000, 15_000));
    for (int merchant = 1; merchant <= SimWorld.MERCHANTS; merchant++) {
      final int number = merchant;
      say(() -> benefits.merchant(number, bankOf(number), SimWorld.CATEGORY));
    }
    configure(Parameter.PROPOSAL_LIFE_MS, SimWorld.PROPOSAL_LIFE_MS);
    say(() -> platform.operator(SimWorld.PLATFORM_OPERATOR, ALL_ROLES));
    out.from(0, SimWorld.OPERATIONS, SimWorld.PLATFORM_OPERATOR, nowMs);
    for (final int operator :
        new int[] {SimWorld.PROGRAMME_OPERATOR, SimWorld.APPROVER, SimWorld.SETTLEMENT_OPERATOR}) {
      out.from(0, SimWorld.OPERATIONS, SimWorld.PLATFORM_OPERATOR, nowMs);
      commands.add(platform.operator(operator, ALL_ROLES));
    }
    out.from(0, SimWorld.OPERATIONS, SimWorld.PLATFORM_OPERATOR, nowMs);
    commands.add(platform.operator(SimWorld.WARDEN, BREAK_GLASS));
    out.from(0, SimWorld.OPERATIONS, SimWorld.PLATFORM_OPERATOR, nowMs);
    commands.add(
        new ProposalInstructions(out)
            .rule(
                SetParticipantLimitEncoder.TEMPLATE_ID,
                random.nextLong(4_000),
                1,
                SimWorld.APPROVES));
    people();
    return commands;
  }

  /** Scheme 2 nets multilaterally, scheme 3 in pairs, both in one currency at least. */
  private void settlement() {
    final SettlementInstructions settlement = new SettlementInstructions(out);
    final boolean uncovered = random.nextInt(3) == 0;
    say(() -> settlement.model(2, SimWorld.EUR, SettlementModel.DEFERRED_NET, false));
    say(() -> settlement.model(2, SimWorld.USD, SettlementModel.DEFERRED_NET, uncovered));
    say(() -> settlement.model(3, SimWorld.EUR, SettlementModel.DEFERRED_NET_BILATERAL, uncovered));
    for (int participant = 0; participant < SimWorld.INDIRECT; participant++) {
      final int number = participant;
      final Instruction.Id reference = out.next();
      final long amount = 1 + random.nextLong(5_000);
      say(() -> settlement.collateral(number, SimWorld.EUR, amount, LiquidityKind.IN, reference));
    }
  }

  /** Nearly everybody is known, and may be paid. */
  private void people() {
    final PeopleInstructions people = new PeopleInstructions(out);
    out.from(SimWorld.TREASURY, SimWorld.ENROLMENT, 0, nowMs);
    commands.add(people.register(1, SimWorld.SUBJECTS - 2));
    out.from(SimWorld.TREASURY, SimWorld.ENROLMENT, 0, nowMs);
    commands.add(people.verdicts(1, SimWorld.SUBJECTS - 3, 1));
    for (int subject = 1; subject < SimWorld.SUBJECTS / 2; subject++) {
      final int bank = 1 + random.nextInt(SimWorld.BANKS);
      out.from(bank, nowMs);
      commands.add(people.link(Workload.alias(subject), subject, bank));
    }
  }

  /** One command of genesis itself. */
  private interface Encoding {
    Instruction encode();
  }

  private void say(final Encoding encoding) {
    out.from(0, 0, 0, nowMs);
    commands.add(encoding.encode());
  }

  private void configure(final Parameter parameter, final long value) {
    say(() -> platform.configure(parameter, value));
  }

  private void asset(
      final int number,
      final AssetKind kind,
      final int money,
      final String code,
      final boolean voucher) {
    say(() -> platform.asset(number, kind, money, code, voucher));
  }

  private void participant(final int number) {
    say(() -> platform.participant(number, number == SimWorld.INDIRECT ? SimWorld.SPONSOR : 0));
    say(() -> platform.status(number, ParticipantStatus.ACTIVE));
    connection(number, number);
    for (final int asset : new int[] {SimWorld.EUR, SimWorld.USD}) {
      final long cap = random.nextLong(5_000);
      say(() -> platform.limit(number, asset, cap, 0));
      if (number != SimWorld.INDIRECT && number < SimWorld.TREASURY) {
        final Instruction.Id reference = out.next();
        final long amount = 1 + random.nextLong(50_000);
        say(() -> platform.liquidity(number, asset, amount, LiquidityKind.IN, reference));
      }
    }
  }

  private void connection(final int number, final int participant) {
    say(() -> platform.connection(number));
    say(() -> platform.grant(number, participant));
  }
}
