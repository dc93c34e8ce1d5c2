package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.engine.EngineHarness.Logged;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubjectStatus;

/**
 * What the conformance files record: every kind of command, each carried out and most refused too.
 * Only asked when they are written anew; a new kind of command is added here.
 */
final class ConformanceScript {
  private ConformanceScript() {}

  static List<Logged> payments() {
    final EngineHarness bank = new EngineHarness().genesis();
    final Traffic traffic = new Traffic(bank, new SplittableRandom(1));
    for (int i = 0; i < 120; i++) {
      bank.send(traffic.next());
    }
    final int alpha = EngineHarness.ALPHA;
    final int bravo = EngineHarness.BRAVO;
    bank.send(bank.as(alpha).submit(Payment.of(9001, alpha, bravo, 10).timeout(5_000)));
    bank.send(bank.as(alpha).submit(Payment.of(9001, alpha, bravo, 11).timeout(5_000)));
    bank.send(bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR).closeWindow(1));
    bank.send(bank.as(bravo).confirm(g -> g.creditPending((short) 1), 9001));
    bank.send(bank.as(bravo).giveBack(8001, 9001, 10));
    bank.send(bank.as(bravo).acknowledge(bank.engine.feedSequence()));
    bank.send(bank.as(alpha).query(QueryKind.PAYMENT, 0, 0, 9001));
    bank.send(bank.as(alpha).query(QueryKind.POSITION, alpha, EngineHarness.EUR, 0));
    bank.send(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.TIMERS_PER_COMMAND, 2, Parameter.LINES_PER_STEP, 3));
    bank.send(bank.asOperator(EngineHarness.PLATFORM_OPERATOR).activateVersion(1));
    bank.send(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .setStatus(bravo, ParticipantStatus.SUSPENDED));
    bank.send(bank.as(alpha).submit(Payment.of(9002, alpha, bravo, 10)));
    final CommandBytes quarantine = bank.asHost();
    quarantine.signer = EngineHarness.PLATFORM_OPERATOR;
    bank.send(
        quarantine.quarantine(bank.engine.sequence() + 1, EngineHarness.SECOND_PLATFORM_OPERATOR));
    proposals(bank);
    settlement(bank);
    bank.send(new byte[] {1, 2, 3});
    // Longer than ids and proposals are kept.
    bank.nowMs += 8 * 86_400_000L;
    for (int i = 0; i < 8; i++) {
      bank.pulse();
    }
    bank.send(bank.asHost().query(QueryKind.STATE_HASH, 0, 0, 0));
    return bank.log;
  }

  /** A cap proposed, approved by two and made stale in between; one left to time; broken glass. */
  private static void proposals(final EngineHarness bank) {
    final ProposalBytes bytes = new ProposalBytes(bank.commands);
    final int settlement = EngineHarness.SETTLEMENT_OPERATOR;
    for (int operator = 4; operator <= 5; operator++) {
      bank.send(
          bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
              .registerOperator(operator, Operators.APPROVER | Operators.BREAK_GLASS));
    }
    bank.asOperator(EngineHarness.PLATFORM_OPERATOR);
    bank.send(
        bytes.rule(
            SetParticipantLimitDecoder.TEMPLATE_ID, EngineHarness.EUR, 100, 2, Operators.APPROVER));
    bank.send(bank.asOperator(settlement).setLimit(EngineHarness.ALPHA, EngineHarness.EUR, 99, 0));
    bank.send(bank.asOperator(settlement).setLimit(EngineHarness.ALPHA, EngineHarness.EUR, 100, 0));
    final byte[] cap =
        bank.asOperator(settlement).setLimit(EngineHarness.ALPHA, EngineHarness.EUR, 101, 0);
    bank.send(bytes.propose(cap));
    final long key = bank.commands.keyLo;
    final long[] hash = ProposalBytes.hash(bank.outcome());
    bank.asOperator(4);
    final byte[] early = bytes.approve(key, hash);
    bank.asOperator(5);
    final byte[] before = bytes.approve(key, hash);
    bank.send(early);
    final byte[] glass = bank.asOperator(5).setLimit(EngineHarness.ALPHA, EngineHarness.EUR, 7, 0);
    bank.send(bytes.breakGlass("a drill", glass));
    bank.send(before);
    for (int operator = 4; operator <= 5; operator++) {
      bank.asOperator(operator);
      bank.send(bytes.approve(key, hash));
    }
    for (int i = 0; i < 2; i++) {
      final byte[] window = bank.asOperator(settlement).closeWindow(77);
      bank.send(bytes.propose(window));
    }
    final long left = bank.commands.keyLo;
    final byte[] taken =
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .changeOperator(settlement, Operators.SETTLEMENT, 4711);
    bank.send(taken);
    bank.send(bytes.propose(taken));
    final long newKey = bank.commands.keyLo;
    final long[] newKeyHash = ProposalBytes.hash(bank.outcome());
    for (int operator = 4; operator <= 5; operator++) {
      bank.asOperator(operator);
      bank.send(bytes.approve(newKey, newKeyHash));
    }
    bank.asOperator(settlement);
    bank.send(bytes.close(left));
  }

  /** Two windows under both deferred models, with a default in the first. */
  private static void settlement(final EngineHarness bank) {
    bank.send(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .setStatus(EngineHarness.BRAVO, ParticipantStatus.ACTIVE));
    final SettlementHarness h = new SettlementHarness(bank);
    final int alpha = EngineHarness.ALPHA;
    final int bravo = EngineHarness.BRAVO;
    final int eur = EngineHarness.EUR;
    for (final int participant : new int[] {bravo, EngineHarness.CHARLIE}) {
      bank.send(
          bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR).setLimit(participant, eur, 99, 0));
    }
    bank.send(h.officer().model(2, eur, SettlementModel.DEFERRED_NET, true));
    bank.send(h.officer().model(3, eur, SettlementModel.DEFERRED_NET_BILATERAL, false));
    bank.send(h.officer().collateral(bravo, eur, 60, LiquidityKind.IN, 9_101));
    bank.send(h.officer().collateral(0, eur, 30, LiquidityKind.IN, 9_102));
    bank.send(h.officer().collateral(0, eur, 1, LiquidityKind.OUT_RESERVE, 9_103));
    bank.send(h.officer().collateral(0, eur, 1, LiquidityKind.OUT_CANCEL, 9_103));
    h.pay(9_201, 2, bravo, alpha, 80);
    h.pay(9_202, 3, bravo, EngineHarness.CHARLIE, 5);
    h.pay(9_203, 2, bravo, alpha, 80);
    bank.send(bank.as(bravo).submit(Payment.of(9_204, bravo, alpha, 3).scheme(3)));
    h.close(2);
    bank.send(bank.as(alpha).confirm(9_204));
    bank.pulse();
    bank.pulse();
    bank.send(h.officer().propose(2, 9_104));
    bank.send(h.officer().declareDefault(2, eur, bravo, 0));
    bank.send(h.officer().settle(2));
    bank.send(h.officer().confirm(2, 9_104));
    bank.send(h.officer().settle(2));
    bank.pulse();
    h.close(3);
    bank.pulse();
    bank.send(h.officer().settle(2));
  }

  static List<Logged> benefits() {
    final BenefitsHarness h = new BenefitsHarness().genesis();
    for (long person = 1; person <= 5; person++) {
      h.person(person);
    }
    h.fund(1000, 900, 1);
    h.link(50, 2, BenefitsHarness.ALPHA);
    h.link(50, 2, BenefitsHarness.BRAVO);
    h.link(51, 3, BenefitsHarness.ALPHA);
    h.unlink(51, 3, BenefitsHarness.ALPHA, true);
    h.configure(Parameter.LINES_PER_STEP, 2);
    h.configure(Parameter.LINES_UNDER_WAY, 3);
    h.create(1, 1, 4, 100);
    h.add(
        1,
        Line.of(1, BenefitsHarness.ALPHA, 10),
        new Line(2, 1, 0, 20, 50),
        Line.of(3, BenefitsHarness.BRAVO, 30),
        Line.of(4, BenefitsHarness.ALPHA, 40),
        Line.of(5, BenefitsHarness.ALPHA, 1));
    h.lifeEvent(3, LifeEventKind.DEATH, 7, 0);
    h.setStatus(4, SubjectStatus.IDENTITY_CONTESTED);
    h.run(1);
    final List<PaymentReservedDecoder> offers = new ArrayList<>();
    h.pause(1);
    offers.addAll(h.reserved());
    h.release(1);
    offers.addAll(h.reserved());
    h.lifeEvent(3, LifeEventKind.DEATH_REVERSAL, 8, 7);
    offers.addAll(h.reserved());
    h.setStatus(4, SubjectStatus.ACTIVE);
    for (int i = 0; i < 3; i++) {
      offers.addAll(h.reserved());
      h.pulse();
    }
    for (int i = 0; i < offers.size() - 1; i++) {
      final PaymentReservedDecoder offer = offers.get(i);
      h.confirm((int) offer.creditorAgent(), offer.uetr().hi(), offer.uetr().lo(), i != 1);
    }
    final PaymentReservedDecoder first = offers.get(0);
    h.giveBack((int) first.creditorAgent(), first.uetr().hi(), first.uetr().lo(), 4);
    h.nowMs += 11_000;
    h.pulse();
    h.create(2, 1, 1, 10);
    h.add(2, Line.of(5, BenefitsHarness.ALPHA, 10));
    h.cancel(2);
    h.issue(1, 1, 100, h.nowMs + 5_000);
    h.issue(2, 2, 50, h.nowMs + 60_000);
    h.redeem(1, BenefitsHarness.GROCER, 30, 11);
    h.redeem(1, BenefitsHarness.BOOKSHOP, 30, 12);
    h.redeem(2, BenefitsHarness.GROCER, 50, 13);
    h.issue(3, 3, 25, h.nowMs + 60_000);
    h.cancelVoucher(3);
    h.query(QueryKind.VOUCHER, 6, 1, 0);
    h.query(QueryKind.ENVELOPE, 8, 1, 0);
    h.query(QueryKind.SUBJECT, 0, 0, 3);
    h.query(QueryKind.ALIAS, 0, 0, 50);
    h.nowMs += 5_000;
    h.pulse();
    h.create(3, 2, 1, 10);
    h.closeCycle(2);
    h.closeCycle(3);
    h.closeCycle(1);
    h.closeCycle(1);
    h.create(4, 1, 1, 10);
    h.nowMs += 20 * 86_400_000L;
    for (int i = 0; i < 8; i++) {
      h.pulse();
    }
    h.query(QueryKind.STATE_HASH, 0, 0, 0);
    final List<Logged> log = new ArrayList<>();
    for (int i = 0; i < h.log.size(); i++) {
      log.add(new Logged(i + 1, h.times.get(i), h.log.get(i)));
    }
    return log;
  }
}
