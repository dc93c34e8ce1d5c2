package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.ALPHA;
import static org.civicswitch.core.engine.EngineHarness.EUR;
import static org.civicswitch.core.engine.EngineHarness.PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.EngineHarness.SETTLEMENT_OPERATOR;

import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.ProposalChangedDecoder;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusEncoder;
import org.civicswitch.core.protocol.SubjectStatus;
import org.junit.jupiter.api.Test;

/** Rules that nobody gets around by changing them, or who there is. */
class ApprovalRulesTest {
  private static final int APPROVER = 4;
  private static final int SECOND_APPROVER = 5;
  private static final int ALL = Operators.ALL_ROLES & ~Operators.APPROVER;
  private static final int OFFICER = 8;

  private final EngineHarness bank = new EngineHarness().genesis();
  private final ProposalBytes bytes = new ProposalBytes(bank.commands);

  ApprovalRulesTest() {
    bank.ok(bank.asHost().registerOperator(APPROVER, Operators.APPROVER));
    bank.ok(bank.asHost().registerOperator(SECOND_APPROVER, Operators.APPROVER));
    bank.ok(bank.asHost().registerOperator(OFFICER, ALL));
  }

  private Code rule(final int template, final int approvals, final int roles) {
    bank.asOperator(PLATFORM_OPERATOR);
    return bank.send(bytes.rule(template, 0, 0, approvals, roles)).code();
  }

  private long propose(final int operator, final Function<CommandBytes, byte[]> change) {
    final byte[] enclosed = change.apply(bank.asOperator(operator));
    bank.ok(bytes.propose(enclosed));
    return bank.commands.keyLo;
  }

  private ProposalState approve(final int operator, final long key, final long[] hash) {
    bank.asOperator(operator);
    bank.ok(bytes.approve(key, hash));
    return ProposalState.get(bank.outcome().state());
  }

  private long[] hash() {
    return ProposalBytes.hash(bank.outcome());
  }

  @Test
  void aRuleGuardsItself() {
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 2, Operators.APPROVER))
        .isEqualTo(Code.OK);
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 0, Operators.APPROVER))
        .isEqualTo(Code.APPROVAL_NEEDED);
    assertThat(rule(MoveLiquidityDecoder.TEMPLATE_ID, 3, Operators.IDENTITY))
        .as("or the strictest rule would be another's, and name others")
        .isEqualTo(Code.APPROVAL_NEEDED);
    final long key =
        propose(
            PLATFORM_OPERATOR,
            out -> bytes.rule(SetParticipantLimitDecoder.TEMPLATE_ID, 0, 0, 0, Operators.APPROVER));
    final long[] hash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(ProposalState.OPEN);
    assertThat(approve(SECOND_APPROVER, key, hash)).isEqualTo(ProposalState.EXECUTED);
    bank.ok(bank.asOperator(SETTLEMENT_OPERATOR).setLimit(ALPHA, EUR, 1, 0));
  }

  @Test
  void anOperatorIsAddedByAsManyAsTheStrictestRuleWants() {
    bank.ok(bank.asOperator(PLATFORM_OPERATOR).registerOperator(20, Operators.IDENTITY));
    assertThat(rule(MoveLiquidityDecoder.TEMPLATE_ID, 2, Operators.APPROVER)).isEqualTo(Code.OK);
    final byte[] alone =
        bank.asOperator(PLATFORM_OPERATOR).registerOperator(21, Operators.APPROVER);
    assertThat(bank.send(alone).code()).isEqualTo(Code.APPROVAL_NEEDED);
    final long key =
        propose(PLATFORM_OPERATOR, out -> out.registerOperator(21, Operators.APPROVER));
    final long[] hash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(ProposalState.OPEN);
    assertThat(approve(SECOND_APPROVER, key, hash)).isEqualTo(ProposalState.EXECUTED);
  }

  @Test
  void anOperatorIsTakenOutWithWhatTheyApprovedAndProposed() {
    bank.ok(bank.asHost().registerOperator(20, Operators.APPROVER));
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 2, Operators.APPROVER))
        .isEqualTo(Code.OK);
    final long key = propose(SETTLEMENT_OPERATOR, out -> out.setLimit(ALPHA, EUR, 5, 0));
    final long[] hash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(ProposalState.OPEN);
    final long out = propose(PLATFORM_OPERATOR, o -> o.changeOperator(APPROVER, 0, 0));
    final long[] outHash = hash();
    assertThat(approve(SECOND_APPROVER, out, outHash)).isEqualTo(ProposalState.OPEN);
    assertThat(approve(20, out, outHash)).isEqualTo(ProposalState.EXECUTED);
    bank.asOperator(APPROVER);
    assertThat(bank.send(bytes.approve(key, hash)).code()).isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    assertThat(approve(SECOND_APPROVER, key, hash))
        .as("the approval of who is out does not count")
        .isEqualTo(ProposalState.OPEN);
    final long proposer =
        propose(PLATFORM_OPERATOR, o -> o.changeOperator(SETTLEMENT_OPERATOR, 0, 0));
    final long[] proposerHash = hash();
    assertThat(approve(SECOND_APPROVER, proposer, proposerHash)).isEqualTo(ProposalState.OPEN);
    assertThat(approve(20, proposer, proposerHash)).isEqualTo(ProposalState.EXECUTED);
    assertThat(approve(SECOND_APPROVER, key, hash)).isEqualTo(ProposalState.OPEN);
    assertThat(approve(20, key, hash))
        .as("who proposed it may not do it any more")
        .isEqualTo(ProposalState.FAILED);
    assertThat(bank.engine.audit().problems()).isEmpty();
  }

  @Test
  void nobodyIsTakenOutWithoutWhomARuleCouldNotBeSatisfied() {
    bank.ok(bank.asHost().registerOperator(20, Operators.BREAK_GLASS));
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 2, Operators.APPROVER))
        .isEqualTo(Code.OK);
    final byte[] out = bank.asOperator(20).changeOperator(APPROVER, 0, 0);
    assertThat(bank.send(bytes.breakGlass("behind glass neither", out)).code())
        .isEqualTo(Code.CONFIG_INVALID);
    final byte[] other = bank.asOperator(20).changeOperator(SETTLEMENT_OPERATOR, 0, 0);
    assertThat(bank.send(bytes.breakGlass("left", other)).code())
        .as("the officer may still propose limits")
        .isEqualTo(Code.OK);
  }

  @Test
  void theLastWhoMayChangeThePlatformStays() {
    for (final int operator : new int[] {EngineHarness.SECOND_PLATFORM_OPERATOR, OFFICER}) {
      bank.ok(bank.asOperator(PLATFORM_OPERATOR).changeOperator(operator, 0, 0));
    }
    final byte[] last = bank.asOperator(PLATFORM_OPERATOR).changeOperator(PLATFORM_OPERATOR, 0, 0);
    assertThat(bank.send(last).code()).isEqualTo(Code.CONFIG_INVALID);
    assertThat(bank.send(bank.asOperator(PLATFORM_OPERATOR).changeOperator(77, 1, 0)).code())
        .isEqualTo(Code.OPERATOR_UNKNOWN);
    assertThat(bank.send(bank.asOperator(PLATFORM_OPERATOR).changeOperator(OFFICER, 1, 4)).code())
        .as("the key of operator 4")
        .isEqualTo(Code.OPERATOR_EXISTS);
  }

  @Test
  void ofEquallyStrictRulesEachSaysWhoChangesThem() {
    bank.ok(bank.asHost().registerOperator(20, Operators.APPROVER | Operators.IDENTITY));
    bank.ok(bank.asHost().registerOperator(21, Operators.IDENTITY));
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 1, Operators.APPROVER))
        .isEqualTo(Code.OK);
    final long other =
        propose(
            PLATFORM_OPERATOR,
            out -> bytes.rule(MoveLiquidityDecoder.TEMPLATE_ID, 0, 0, 1, Operators.IDENTITY));
    assertThat(approve(APPROVER, other, hash())).isEqualTo(ProposalState.EXECUTED);
    final long key = propose(PLATFORM_OPERATOR, out -> out.registerOperator(22, ALL));
    final long[] hash = hash();
    for (final int operator : new int[] {APPROVER, 21}) {
      bank.asOperator(operator);
      assertThat(bank.send(bytes.approve(key, hash)).code()).isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    }
    assertThat(approve(20, key, hash)).isEqualTo(ProposalState.EXECUTED);
  }

  @Test
  void nobodyDecidesAboutThemselves() {
    bank.ok(bank.asHost().registerOperator(20, Operators.APPROVER));
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 1, Operators.APPROVER))
        .isEqualTo(Code.OK);
    final long key = propose(PLATFORM_OPERATOR, o -> o.changeOperator(APPROVER, 0, 0));
    final long[] hash = hash();
    bank.asOperator(APPROVER);
    assertThat(bank.send(bytes.close(key)).code()).isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    bank.asOperator(APPROVER);
    assertThat(bank.send(bytes.approve(key, hash)).code()).isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    assertThat(approve(20, key, hash)).isEqualTo(ProposalState.EXECUTED);
  }

  @Test
  void aChangedRuleMakesProposalsAboutOperatorsStale() {
    bank.ok(bank.asHost().registerOperator(20, Operators.APPROVER));
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 2, Operators.APPROVER))
        .isEqualTo(Code.OK);
    final long key = propose(PLATFORM_OPERATOR, o -> o.registerOperator(30, ALL));
    final long[] hash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(ProposalState.OPEN);
    final long rule =
        propose(
            PLATFORM_OPERATOR,
            o -> bytes.rule(MoveLiquidityDecoder.TEMPLATE_ID, 0, 0, 1, Operators.APPROVER));
    final long[] ruleHash = hash();
    assertThat(approve(SECOND_APPROVER, rule, ruleHash)).isEqualTo(ProposalState.OPEN);
    assertThat(approve(20, rule, ruleHash)).isEqualTo(ProposalState.EXECUTED);
    assertThat(approve(APPROVER, key, hash)).as("counted anew").isEqualTo(ProposalState.OPEN);
    assertThat(approve(20, key, hash)).isEqualTo(ProposalState.EXECUTED);
  }

  /** Rules and operators are changed on a proposal of the platform's operators. */
  @Test
  void aRuleUnderWhichNoRuleCouldBeChangedIsNone() {
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 3, Operators.APPROVER))
        .isEqualTo(Code.CONFIG_INVALID);
    bank.ok(bank.asOperator(PLATFORM_OPERATOR).changeOperator(2, Operators.SETTLEMENT, 0));
    assertThat(rule(SetParticipantLimitDecoder.TEMPLATE_ID, 2, Operators.PLATFORM))
        .as("three of the platform, and one of them proposes")
        .isEqualTo(Code.OK);
    assertThat(rule(MoveLiquidityDecoder.TEMPLATE_ID, 1, Operators.APPROVER))
        .isEqualTo(Code.APPROVAL_NEEDED);
  }

  /** Whoever proposes cannot approve: they do not count. */
  @Test
  void aRuleThatOnlyTheProposerCouldSatisfyIsNone() {
    assertThat(rule(MoveLiquidityDecoder.TEMPLATE_ID, 2, Operators.SETTLEMENT))
        .as("two may settle, and one of them must propose")
        .isEqualTo(Code.CONFIG_INVALID);
    assertThat(rule(MoveLiquidityDecoder.TEMPLATE_ID, 1, Operators.SETTLEMENT)).isEqualTo(Code.OK);
  }

  @Test
  void whatARegistrySaysOfAPersonMakesAnOfficersProposalStale() {
    bank.ok(registered(7));
    final long key =
        propose(
            OFFICER,
            out -> {
              final SetSubjectStatusEncoder e =
                  new SetSubjectStatusEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
              out.head(e.head());
              out.signed(e.signedBy());
              token(e.subject(), 7);
              e.status(SubjectStatus.IDENTITY_CONTESTED);
              return out.bytes(e.encodedLength());
            });
    final long[] hash = hash();
    bank.asOperator(APPROVER);
    final byte[] seenBefore = bytes.approve(key, hash);
    bank.ok(died(7));
    final UnsafeBuffer event = bank.eventOf(ProposalChangedDecoder.TEMPLATE_ID);
    assertThat(
            new ProposalChangedDecoder()
                .wrapAndApplyHeader(event, 0, new MessageHeaderDecoder())
                .changedSequence())
        .isEqualTo(bank.engine.sequence());
    assertThat(bank.send(seenBefore).code()).isEqualTo(Code.PROPOSAL_STALE);
    assertThat(approve(APPROVER, key, hash)).isEqualTo(ProposalState.EXECUTED);
  }

  private byte[] registered(final long subject) {
    final CommandBytes out = bank.as(ALPHA);
    final RegisterSubjectEncoder e =
        new RegisterSubjectEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    final RegisterSubjectEncoder.SubjectsEncoder one = e.subjectsCount(1).next();
    one.key().hi(1).lo(subject);
    token(one.subject(), subject);
    return out.bytes(e.encodedLength());
  }

  private byte[] died(final long subject) {
    final CommandBytes out = bank.as(ALPHA);
    final RecordLifeEventEncoder e =
        new RecordLifeEventEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    token(e.subject(), subject);
    e.lifeEvent(LifeEventKind.DEATH).occurredOn(1).recordedMs(bank.nowMs);
    return out.bytes(e.encodedLength());
  }

  private static void token(final DigestEncoder to, final long number) {
    to.a(number).b(number).c(number).d(number);
  }
}
