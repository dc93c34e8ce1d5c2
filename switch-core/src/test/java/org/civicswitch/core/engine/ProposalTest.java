package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.ALPHA;
import static org.civicswitch.core.engine.EngineHarness.BRAVO;
import static org.civicswitch.core.engine.EngineHarness.EUR;
import static org.civicswitch.core.engine.EngineHarness.FUNDS;
import static org.civicswitch.core.engine.EngineHarness.PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.EngineHarness.SETTLEMENT_OPERATOR;

import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.ProposalChangedDecoder;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.core.protocol.ProposeChangeDecoder;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProposalTest {
  private static final int APPROVER = 4;
  private static final int SECOND_APPROVER = 5;
  private static final int WARDEN = 6;
  private static final int BOTH = 7;
  private static final long LARGE = 10_000;

  private final EngineHarness bank = new EngineHarness().genesis();
  private final ProposalBytes bytes = new ProposalBytes(bank.commands);

  /** Limits and money need one approval, large ones two; statuses one; rules one. */
  @BeforeEach
  void rules() {
    bank.ok(bank.asHost().registerOperator(APPROVER, Operators.APPROVER));
    bank.ok(bank.asHost().registerOperator(SECOND_APPROVER, Operators.APPROVER));
    bank.ok(bank.asHost().registerOperator(WARDEN, Operators.BREAK_GLASS));
    bank.ok(bank.asHost().registerOperator(BOTH, Operators.APPROVER | Operators.SETTLEMENT));
    rule(SetParticipantLimitDecoder.TEMPLATE_ID, 0, 0, 1);
    rule(MoveLiquidityDecoder.TEMPLATE_ID, 0, 0, 1);
    rule(SetParticipantStatusDecoder.TEMPLATE_ID, 0, 0, 1);
    rule(SetApprovalRuleDecoder.TEMPLATE_ID, 0, 0, 1);
    rule(SetParticipantLimitDecoder.TEMPLATE_ID, EUR, LARGE, 2);
  }

  /** The first one alone, the others by two. */
  private void rule(
      final int template, final int asset, final long fromAmount, final int approvals) {
    final long key =
        propose(
            PLATFORM_OPERATOR,
            out -> bytes.rule(template, asset, fromAmount, approvals, Operators.APPROVER));
    assertThat(approve(APPROVER, key, hash())).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.EXECUTED);
  }

  /** The second of the two whom the strictest rule wants; the outcome is the last one. */
  private void approveRule(final long key) {
    final long[] hash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.OPEN);
    assertThat(approve(BOTH, key, hash)).isEqualTo(Code.OK);
  }

  /** Proposes, and gives the proposal's key; the outcome is the last one. */
  private long propose(final int operator, final Function<CommandBytes, byte[]> change) {
    final byte[] enclosed = change.apply(bank.asOperator(operator));
    bank.send(bytes.propose(enclosed));
    return bank.commands.keyLo;
  }

  private long proposeCap(final long cap) {
    final long key = propose(SETTLEMENT_OPERATOR, out -> out.setLimit(ALPHA, EUR, cap, 0));
    assertThat(bank.code()).isEqualTo(Code.OK);
    return key;
  }

  private long[] hash() {
    return ProposalBytes.hash(bank.outcome());
  }

  private Code approve(final int operator, final long key, final long[] hash) {
    bank.asOperator(operator);
    return bank.send(bytes.approve(key, hash)).code();
  }

  private Code close(final int operator, final long key) {
    bank.asOperator(operator);
    return bank.send(bytes.close(key)).code();
  }

  private ProposalState state() {
    return ProposalState.get(bank.outcome().state());
  }

  private ProposalChangedDecoder said() {
    final UnsafeBuffer event = bank.eventOf(ProposalChangedDecoder.TEMPLATE_ID);
    return new ProposalChangedDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
  }

  private long cap() {
    final Core core = bank.engine.core();
    return core.ledger
        .accounts()
        .netDebitCap(core.positions.account(core.positions.find(ALPHA, EUR)));
  }

  private void sound() {
    assertThat(bank.engine.audit().problems()).isEmpty();
  }

  @Test
  void whatARuleIsForIsNotDoneAlone() {
    assertThat(bank.send(bank.asOperator(SETTLEMENT_OPERATOR).setLimit(ALPHA, EUR, 5, 0)).code())
        .isEqualTo(Code.APPROVAL_NEEDED);
    assertThat(
            bank.send(bank.asOperator(PLATFORM_OPERATOR).setStatus(ALPHA, ParticipantStatus.ACTIVE))
                .code())
        .isEqualTo(Code.APPROVAL_NEEDED);
    assertThat(bank.send(bank.asOperator(PLATFORM_OPERATOR).registerParticipant(900, 0)).code())
        .as("no rule is for this")
        .isEqualTo(Code.OK);
    assertThat(cap()).isZero();
  }

  @Test
  void theLastApprovalCarriesItOut() {
    final long key = proposeCap(5);
    final long[] hash = hash();
    assertThat(state()).isEqualTo(ProposalState.OPEN);
    assertThat(said().needed()).isEqualTo((short) 1);
    assertThat(said().proposer()).isEqualTo(SETTLEMENT_OPERATOR);
    assertThat(cap()).isZero();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.EXECUTED);
    assertThat(bank.events())
        .containsExactly(PositionChangedDecoder.TEMPLATE_ID, ProposalChangedDecoder.TEMPLATE_ID);
    assertThat(said().state()).isEqualTo(ProposalState.EXECUTED);
    assertThat(said().signer()).isEqualTo(APPROVER);
    assertThat(cap()).isEqualTo(5);
    assertThat(approve(SECOND_APPROVER, key, hash)).isEqualTo(Code.PROPOSAL_UNKNOWN);
    sound();
  }

  @Test
  void largerChangesNeedMore() {
    final long key = proposeCap(LARGE);
    final long[] hash = hash();
    assertThat(said().needed()).isEqualTo((short) 2);
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.OPEN);
    assertThat(said().approvals()).isEqualTo((short) 1);
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    assertThat(cap()).isZero();
    assertThat(approve(SECOND_APPROVER, key, hash)).isEqualTo(Code.OK);
    assertThat(cap()).isEqualTo(LARGE);
  }

  @Test
  void nobodyApprovesTheirOwnAndOnlyWhoMay() {
    final long key = propose(BOTH, out -> out.setLimit(ALPHA, EUR, 5, 0));
    final long[] hash = hash();
    assertThat(approve(BOTH, key, hash)).isEqualTo(Code.OPERATOR_NOT_INDEPENDENT);
    assertThat(approve(PLATFORM_OPERATOR, key, hash)).isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    assertThat(approve(APPROVER, key, new long[] {1, 2, 3, 4})).isEqualTo(Code.PROPOSAL_HASH);
    assertThat(approve(APPROVER, key + 1_000, hash)).isEqualTo(Code.PROPOSAL_UNKNOWN);
    assertThat(cap()).isZero();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
  }

  @Test
  void anotherChangeOfTheSameMakesItStale() {
    final long first = proposeCap(LARGE);
    final long[] firstHash = hash();
    assertThat(approve(APPROVER, first, firstHash)).isEqualTo(Code.OK);
    final long seen = bank.engine.sequence();
    final long other = proposeCap(7);
    final long[] otherHash = hash();
    bank.asOperator(SECOND_APPROVER);
    final byte[] late = bytes.approve(first, firstHash);
    assertThat(approve(SECOND_APPROVER, other, otherHash)).isEqualTo(Code.OK);
    assertThat(bank.events()).filteredOn(e -> e == ProposalChangedDecoder.TEMPLATE_ID).hasSize(2);
    assertThat(bank.send(late).code()).as("had seen %d", seen).isEqualTo(Code.PROPOSAL_STALE);
    assertThat(approve(SECOND_APPROVER, first, firstHash)).isEqualTo(Code.OK);
    assertThat(state()).as("the approval before no longer counts").isEqualTo(ProposalState.OPEN);
    assertThat(cap()).isEqualTo(7);
    assertThat(approve(APPROVER, first, firstHash)).isEqualTo(Code.OK);
    assertThat(cap()).isEqualTo(LARGE);
    sound();
  }

  @Test
  void paymentsAndChangesOfOthersDoNotMakeItStale() {
    final long key = proposeCap(5);
    final long[] hash = hash();
    bank.asOperator(APPROVER);
    final byte[] approval = bytes.approve(key, hash);
    bank.send(bank.as(ALPHA).submit(Payment.of(1, ALPHA, BRAVO, 10)));
    final long other = propose(SETTLEMENT_OPERATOR, out -> out.setLimit(BRAVO, EUR, 9, 0));
    assertThat(approve(SECOND_APPROVER, other, hash())).isEqualTo(Code.OK);
    assertThat(bank.send(approval).code()).isEqualTo(Code.OK);
    assertThat(cap()).isEqualTo(5);
  }

  @Test
  void whatTheChangeIsRefusedForIsSaid() {
    final long key =
        propose(
            SETTLEMENT_OPERATOR,
            out -> out.moveLiquidity(ALPHA, EUR, FUNDS + 1, LiquidityKind.OUT_RESERVE, 77));
    assertThat(approve(APPROVER, key, hash())).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.FAILED);
    assertThat(said().code()).isEqualTo(Code.INSUFFICIENT_FUNDS);
    assertThat(bank.events()).doesNotContain(LiquidityMovedDecoder.TEMPLATE_ID);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS);
    sound();
  }

  @Test
  void moneyMovesOnceHoweverOftenItIsApproved() {
    final long key =
        propose(
            SETTLEMENT_OPERATOR, out -> out.moveLiquidity(ALPHA, EUR, 10, LiquidityKind.IN, 77));
    bank.asOperator(APPROVER);
    final byte[] approval = bytes.approve(key, hash());
    bank.ok(bank.asOperator(PLATFORM_OPERATOR).registerParticipant(900, 0));
    assertThat(bank.send(approval).code()).isEqualTo(Code.OK);
    bank.send(approval);
    assertThat(bank.outcome().replayed()).isEqualTo((short) 1);
    assertThat(bank.code()).isEqualTo(Code.OK);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS + 10);
  }

  @Test
  void onlyWhatCouldBeSignedIsProposed() {
    propose(PLATFORM_OPERATOR, out -> out.setLimit(ALPHA, EUR, 5, 0));
    assertThat(bank.code()).isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    propose(SETTLEMENT_OPERATOR, out -> out.submit(Payment.of(1, ALPHA, BRAVO, 10)));
    assertThat(bank.code()).as("nobody signs this").isEqualTo(Code.CHANGE_INVALID);
    propose(SETTLEMENT_OPERATOR, out -> new byte[] {1, 2, 3});
    assertThat(bank.code()).isEqualTo(Code.CHANGE_INVALID);
    propose(SETTLEMENT_OPERATOR, out -> bytes.propose(out.setLimit(ALPHA, EUR, 5, 0)));
    assertThat(bank.code()).as("no proposal of a proposal").isEqualTo(Code.CHANGE_INVALID);
    final byte[] others = bank.asOperator(BOTH).setLimit(ALPHA, EUR, 5, 0);
    propose(SETTLEMENT_OPERATOR, out -> others);
    assertThat(bank.code()).as("signed by somebody else").isEqualTo(Code.CHANGE_INVALID);
    propose(
        SETTLEMENT_OPERATOR,
        out -> {
          final byte[] signed = out.setLimit(ALPHA, EUR, 5, 0);
          signed[MessageHeaderDecoder.ENCODED_LENGTH + 32 + 16 + 63] = 1;
          return signed;
        });
    assertThat(bank.code()).as("a second signature").isEqualTo(Code.CHANGE_INVALID);
    sound();
  }

  @Test
  void theSameProposalAgainIsAnsweredAgainAndAnotherUnderItsKeyIsNot() {
    final byte[] enclosed = bank.asOperator(SETTLEMENT_OPERATOR).setLimit(ALPHA, EUR, 5, 0);
    final byte[] proposal = bytes.propose(enclosed);
    final byte[] other = bank.commands.setLimit(ALPHA, EUR, 6, 0);
    final byte[] changed = bytes.propose(other);
    assertThat(bank.send(proposal).code()).isEqualTo(Code.OK);
    assertThat(bank.send(proposal).code()).isEqualTo(Code.OK);
    assertThat(bank.outcome().replayed()).isEqualTo((short) 1);
    assertThat(bank.send(changed).code()).isEqualTo(Code.DUPLICATE);
    assertThat(bank.engine.core().proposals.isFull()).isFalse();
  }

  @Test
  void itIsWithdrawnByItsProposerAndRejectedByAnApprover() {
    final long key = proposeCap(5);
    assertThat(close(PLATFORM_OPERATOR, key)).isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    assertThat(close(SETTLEMENT_OPERATOR, key)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.WITHDRAWN);
    final long second = proposeCap(5);
    assertThat(close(APPROVER, second)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.REJECTED);
    assertThat(close(APPROVER, second)).isEqualTo(Code.PROPOSAL_UNKNOWN);
    assertThat(cap()).isZero();
    sound();
  }

  @Test
  void itsTimeEnds() {
    final long key = proposeCap(5);
    final long[] hash = hash();
    bank.nowMs += bank.engine.core().settings.get(Parameter.PROPOSAL_LIFE_MS);
    assertThat(bank.engine.nextDeadlineMs()).isLessThanOrEqualTo(bank.nowMs);
    bank.pulse();
    assertThat(said().state()).isEqualTo(ProposalState.EXPIRED);
    assertThat(said().signer()).isZero();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.PROPOSAL_UNKNOWN);
    sound();
  }

  @Test
  void nobodyHasSeenItBeforeItWasThere() {
    final long before = bank.engine.sequence();
    final long key = proposeCap(5);
    final long[] hash = hash();
    bank.asOperator(APPROVER).seenSequence = before;
    assertThat(bank.send(bytes.approve(key, hash)).code()).isEqualTo(Code.PROPOSAL_STALE);
    assertThat(cap()).isZero();
  }

  @Test
  void itsTimeEndsAlsoWhenManyEndAtOnce() {
    bank.ok(bank.asOperator(PLATFORM_OPERATOR).configure(Parameter.TIMERS_PER_COMMAND, 1));
    proposeCap(4);
    final long key = proposeCap(5);
    final long[] hash = hash();
    bank.nowMs += bank.engine.core().settings.get(Parameter.PROPOSAL_LIFE_MS);
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.EXPIRED);
    assertThat(cap()).isZero();
    sound();
  }

  @Test
  void openProposalsAreBoundedAndMakeRoomAgain() {
    final long first = proposeCap(1);
    for (int i = 1; i < Proposals.CAPACITY; i++) {
      proposeCap(1);
    }
    propose(SETTLEMENT_OPERATOR, out -> out.setLimit(ALPHA, EUR, 5, 0));
    assertThat(bank.code()).isEqualTo(Code.CAPACITY);
    assertThat(close(SETTLEMENT_OPERATOR, first)).isEqualTo(Code.OK);
    final long last = proposeCap(2);
    assertThat(approve(APPROVER, last, hash())).isEqualTo(Code.OK);
    assertThat(bank.events())
        .as("all others are stale now, and it is said of each")
        .filteredOn(e -> e == ProposalChangedDecoder.TEMPLATE_ID)
        .hasSize(Proposals.CAPACITY);
    sound();
  }

  @Test
  void aRuleIsChangedByProposalAndMustBePossible() {
    bank.asOperator(PLATFORM_OPERATOR);
    assertThat(bank.send(bytes.rule(MoveLiquidityDecoder.TEMPLATE_ID, 0, 0, 2, 8)).code())
        .isEqualTo(Code.APPROVAL_NEEDED);
    final long key =
        propose(
            PLATFORM_OPERATOR,
            out -> bytes.rule(MoveLiquidityDecoder.TEMPLATE_ID, 0, 0, 5, Operators.APPROVER));
    approveRule(key);
    assertThat(said().code()).as("there are three approvers").isEqualTo(Code.CONFIG_INVALID);
    final long gone =
        propose(
            PLATFORM_OPERATOR,
            out -> bytes.rule(MoveLiquidityDecoder.TEMPLATE_ID, 0, 0, 0, Operators.APPROVER));
    approveRule(gone);
    assertThat(state()).isEqualTo(ProposalState.EXECUTED);
    bank.ok(
        bank.asOperator(SETTLEMENT_OPERATOR).moveLiquidity(ALPHA, EUR, 1, LiquidityKind.IN, 78));
    final long none =
        propose(PLATFORM_OPERATOR, out -> bytes.rule(ProposeChangeDecoder.TEMPLATE_ID, 0, 0, 1, 8));
    approveRule(none);
    assertThat(said().code()).as("there is no rule for proposing").isEqualTo(Code.CONFIG_INVALID);
    final long vain =
        propose(
            PLATFORM_OPERATOR,
            out ->
                bytes.rule(SetParticipantStatusDecoder.TEMPLATE_ID, EUR, 0, 1, Operators.APPROVER));
    approveRule(vain);
    assertThat(said().code()).as("a status has no asset").isEqualTo(Code.CONFIG_INVALID);
  }

  @Test
  void glassIsBrokenAloneWithAReasonThatEverybodySees() {
    final long open = proposeCap(5);
    final long[] hash = hash();
    bank.asOperator(APPROVER);
    final byte[] approval = bytes.approve(open, hash);
    final byte[] change = bank.asOperator(WARDEN).setLimit(ALPHA, EUR, 3, 0);
    assertThat(bank.send(bytes.breakGlass("", change)).code()).isEqualTo(Code.CHANGE_INVALID);
    final byte[] again = bank.asOperator(WARDEN).setLimit(ALPHA, EUR, 3, 0);
    assertThat(bank.send(bytes.breakGlass("default of a member", again)).code()).isEqualTo(Code.OK);
    assertThat(cap()).isEqualTo(3);
    final GlassBrokenDecoder broken =
        new GlassBrokenDecoder()
            .wrapAndApplyHeader(
                bank.eventOf(GlassBrokenDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    assertThat(broken.signer()).isEqualTo(WARDEN);
    assertThat(broken.reason()).isEqualTo("default of a member");
    assertThat(bank.send(approval).code()).as("stale").isEqualTo(Code.PROPOSAL_STALE);
    final byte[] others = bank.asOperator(SETTLEMENT_OPERATOR).setLimit(ALPHA, EUR, 4, 0);
    assertThat(bank.send(bytes.breakGlass("no warden", others)).code())
        .isEqualTo(Code.OPERATOR_NOT_ALLOWED);
    sound();
  }

  @Test
  void openProposalsOutliveARestart() {
    final long key = proposeCap(LARGE);
    final long[] hash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
    final MemorySnapshot snapshot = new MemorySnapshot();
    try (Engine.Image image = bank.engine.freeze()) {
      image.writeTo(snapshot);
    }
    final EngineHarness again = new EngineHarness();
    again.engine.load(snapshot.source());
    assertThat(again.engine.stateHash()).isEqualTo(bank.engine.stateHash());
    bank.asOperator(SECOND_APPROVER);
    final byte[] approval = bytes.approve(key, hash);
    again.nowMs = bank.nowMs;
    assertThat(again.send(approval).code()).isEqualTo(Code.OK);
    assertThat(again.outcome().state()).isEqualTo(ProposalState.EXECUTED.value());
    assertThat(bank.send(approval).code()).isEqualTo(Code.OK);
    assertThat(again.engine.stateHash()).isEqualTo(bank.engine.stateHash());
    assertThat(again.engine.nextDeadlineMs()).isEqualTo(bank.engine.nextDeadlineMs());
  }

  @Test
  void approvalsAreCountedUnderTheRuleAsItIsThen() {
    final long key = proposeCap(LARGE);
    final long[] hash = hash();
    final long rule =
        propose(
            PLATFORM_OPERATOR,
            out ->
                bytes.rule(
                    SetParticipantLimitDecoder.TEMPLATE_ID, EUR, LARGE, 3, Operators.APPROVER));
    final long[] ruleHash = hash();
    assertThat(approve(APPROVER, key, hash)).isEqualTo(Code.OK);
    assertThat(approve(SECOND_APPROVER, rule, ruleHash)).isEqualTo(Code.OK);
    assertThat(state()).as("as strict as the strictest").isEqualTo(ProposalState.OPEN);
    assertThat(approve(BOTH, rule, ruleHash)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.EXECUTED);
    for (final int operator : new int[] {APPROVER, SECOND_APPROVER}) {
      assertThat(approve(operator, key, hash)).isEqualTo(Code.OK);
      assertThat(state()).isEqualTo(ProposalState.OPEN);
    }
    assertThat(approve(BOTH, key, hash)).isEqualTo(Code.OK);
    assertThat(state()).isEqualTo(ProposalState.EXECUTED);
  }
}
