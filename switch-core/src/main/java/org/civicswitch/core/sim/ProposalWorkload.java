package org.civicswitch.core.sim;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;

/** Chooses what people propose and what others say to it. */
final class ProposalWorkload {
  private static final int[] RULED = {
    SetParticipantLimitDecoder.TEMPLATE_ID,
    MoveLiquidityDecoder.TEMPLATE_ID,
    MoveCollateralDecoder.TEMPLATE_ID,
    SetSettlementModelDecoder.TEMPLATE_ID
  };

  private final SplittableRandom random;
  private final Oracle oracle;
  private final SimWriter out;
  private final PlatformInstructions platform;
  private final SettlementWorkload settlement;
  private final ProposalInstructions proposals;

  ProposalWorkload(
      final SplittableRandom random,
      final Oracle oracle,
      final SimWriter out,
      final PlatformInstructions platform,
      final SettlementWorkload settlement) {
    this.random = random;
    this.oracle = oracle;
    this.out = out;
    this.platform = platform;
    this.settlement = settlement;
    proposals = new ProposalInstructions(out);
  }

  private void from(final int operator, final long nowMs) {
    out.from(0, SimWorld.OPERATIONS, operator, nowMs).seen(oracle.sequence());
  }

  /** Now and then one who may have come, and gone again. */
  private int operator() {
    return random.nextInt(8) == 0
        ? SimWorld.newcomer(random)
        : 1 + random.nextInt(SimWorld.OPERATORS);
  }

  Instruction next(final long nowMs) {
    final int choice = random.nextInt(20);
    if (choice < 6 || oracle.proposals.open.isEmpty()) {
      return choice == 0 ? rule(nowMs) : propose(nowMs);
    }
    final SimProposals.Proposal proposal =
        oracle.proposals.open.get(random.nextInt(oracle.proposals.open.size()));
    from(operator(), nowMs);
    if (random.nextInt(20) == 0) {
      out.seen(oracle.sequence() - random.nextLong(50));
    }
    return switch (choice) {
      case 6 -> proposals.approve(proposal.id, new UnsafeBuffer(new byte[32]));
      case 7, 8 -> proposals.close(proposal.id);
      case 9 -> proposals.approve(out.next(), proposal.hash);
      case 10 -> {
        from(random.nextInt(4) == 0 ? operator() : SimWorld.WARDEN, nowMs);
        yield proposals.breakGlass(random.nextInt(5) == 0 ? "" : "flood", again(change()));
      }
      default -> proposals.approve(proposal.id, proposal.hash);
    };
  }

  private Instruction propose(final long nowMs) {
    from(operator(), nowMs);
    return proposals.propose(again(change()));
  }

  /** The writer's room is used again for what encloses the change. */
  private Instruction again(final Instruction change) {
    out.clear();
    return change;
  }

  private Instruction rule(final long nowMs) {
    from(SimWorld.PLATFORM_OPERATOR, nowMs);
    return rule();
  }

  private Instruction rule() {
    final int template = RULED[random.nextInt(RULED.length)];
    return proposals.rule(
        template,
        random.nextBoolean() ? 0 : random.nextLong(2_000),
        random.nextInt(3),
        random.nextInt(3) == 0 ? SimWorld.SETTLEMENT : SimWorld.APPROVES);
  }

  private Instruction change() {
    final int bank = 1 + random.nextInt(SimWorld.BANKS);
    final int currency = random.nextInt(5) == 0 ? SimWorld.USD : SimWorld.EUR;
    return switch (random.nextInt(13)) {
      case 10, 11, 12 -> settlement.change();
      case 8 -> rule();
      case 9 ->
          random.nextBoolean()
              ? platform.operator(SimWorld.newcomer(random), 1 + random.nextInt(31))
              : platform.changedOperator(SimWorld.newcomer(random), random.nextInt(32));
      case 0 -> platform.status(bank, ParticipantStatus.ACTIVE);
      case 1 -> platform.configure(Parameter.EVICTIONS_PER_COMMAND, 1 + random.nextInt(100));
      case 2 -> platform.closeWindow(oracle.window());
      case 3, 4 ->
          platform.liquidity(bank, currency, random.nextLong(4_000), LiquidityKind.IN, out.next());
      case 5 -> platform.pulse();
      default -> platform.limit(bank, currency, random.nextLong(20_000), 0);
    };
  }
}
