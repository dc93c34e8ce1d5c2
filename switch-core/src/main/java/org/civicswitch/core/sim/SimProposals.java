package org.civicswitch.core.sim;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ApprovalRuleChangedDecoder;
import org.civicswitch.core.protocol.ApproveChangeDecoder;
import org.civicswitch.core.protocol.BreakGlassDecoder;
import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.core.protocol.ProposalChangedDecoder;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SignedByDecoder;

/** The oracle's part on what needs more than two eyes. */
final class SimProposals {
  private static final int SIGNED_BY = MessageHeaderDecoder.ENCODED_LENGTH + 32;

  final List<Proposal> open = new ArrayList<>();
  private final Map<Instruction.Id, Proposal> byId = new LinkedHashMap<>();

  private final Map<Rule, Wanted> approvals = new HashMap<>();

  /** Count from the next command on. */
  private final Map<Rule, Wanted> newApprovals = new HashMap<>();

  private final Map<Long, Operator> operators = new HashMap<>();
  private long sequence;

  /** What one may sign, since which sequence, and when it was changed before that. */
  private record Operator(int roles, long since, int rolesBefore, long before) {}

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final ProposalChangedDecoder changed = new ProposalChangedDecoder();
  private final ApprovalRuleChangedDecoder changedRule = new ApprovalRuleChangedDecoder();
  private final OperatorChangedDecoder changedOperator = new OperatorChangedDecoder();

  /** For which commands so many approvals are wanted; asset 0: whatever its asset. */
  private record Rule(int template, long asset, long fromAmount) {}

  /** So many approvals, each by somebody who has one of the roles. */
  private record Wanted(int approvals, int roles) {}

  /** How large a change is, and in what. */
  private record Size(long amount, long asset) {}

  /** One that is open, as told of. */
  static final class Proposal {
    final Instruction.Id id;
    final long proposer;
    final int template;
    final DirectBuffer change;
    final Size size;
    final long expiresMs;
    final DirectBuffer hash;

    /** Each with the sequence of the approval. */
    final Map<Long, Long> approvers = new HashMap<>();

    Proposal(
        final Instruction.Id id,
        final long proposer,
        final int template,
        final DirectBuffer change,
        final Size size,
        final long expiresMs,
        final DirectBuffer hash) {
      this.id = id;
      this.proposer = proposer;
      this.template = template;
      this.change = change;
      this.size = size;
      this.expiresMs = expiresMs;
      this.hash = hash;
    }
  }

  /** A command that was carried out by itself must be one that no rule is for. */
  void begin(final Instruction command, final boolean done, final long now) {
    sequence = now;
    approvals.putAll(newApprovals);
    newApprovals.clear();
    if (!done || command.bytes.length < SIGNED_BY + SignedByDecoder.ENCODED_LENGTH) {
      return;
    }
    final long signer = new SignedByDecoder().wrap(command.buffer(), SIGNED_BY).signer();
    SimFailure.unless(
        signer == 0 || needed(command.template, size(command.template, command.buffer())) == 0,
        () -> "template " + command.template + " was carried out alone at " + sequence);
    SimFailure.unless(
        signer == 0 || !command.isSigned() || operators.get(signer).roles != 0,
        () -> "operator " + signer + " may sign nothing, and did at " + sequence);
  }

  /**
   * What a command carries out: itself, or what it approves or breaks the glass for; whether that
   * comes to pass the events say. To be asked before they are taken.
   */
  DirectBuffer carriedOut(final Instruction command) {
    return switch (command.template) {
      case ApproveChangeDecoder.TEMPLATE_ID -> {
        final ApproveChangeDecoder approve =
            new ApproveChangeDecoder().wrapAndApplyHeader(command.buffer(), 0, header);
        yield changeOf(new Instruction.Id(approve.proposal().hi(), approve.proposal().lo()));
      }
      case BreakGlassDecoder.TEMPLATE_ID -> {
        final BreakGlassDecoder glass =
            new BreakGlassDecoder().wrapAndApplyHeader(command.buffer(), 0, header);
        final UnsafeBuffer change = new UnsafeBuffer(new byte[glass.changeLength()]);
        glass.getChange(change, 0, change.capacity());
        yield change;
      }
      default -> command.buffer();
    };
  }

  private DirectBuffer changeOf(final Instruction.Id proposal) {
    final Proposal known = byId.get(proposal);
    return known == null ? null : known.change;
  }

  private Size size(final int template, final DirectBuffer buffer) {
    return switch (template) {
      case SetParticipantLimitDecoder.TEMPLATE_ID -> {
        final SetParticipantLimitDecoder limit =
            new SetParticipantLimitDecoder().wrapAndApplyHeader(buffer, 0, header);
        yield new Size(limit.netDebitCap(), limit.asset());
      }
      case MoveLiquidityDecoder.TEMPLATE_ID -> {
        final MoveLiquidityDecoder move =
            new MoveLiquidityDecoder().wrapAndApplyHeader(buffer, 0, header);
        yield new Size(move.amount(), move.asset());
      }
      case MoveCollateralDecoder.TEMPLATE_ID -> {
        final MoveCollateralDecoder move =
            new MoveCollateralDecoder().wrapAndApplyHeader(buffer, 0, header);
        yield new Size(move.amount(), move.asset());
      }
      case SetSettlementModelDecoder.TEMPLATE_ID ->
          new Size(
              0, new SetSettlementModelDecoder().wrapAndApplyHeader(buffer, 0, header).asset());
      default -> new Size(0, 0);
    };
  }

  private int needed(final int template, final Size size) {
    return strictest(template, size).stream().mapToInt(Wanted::approvals).max().orElse(0);
  }

  /** All that apply and want as many as any other. */
  private List<Wanted> strictest(final int template, final Size size) {
    final List<Wanted> strictest = new ArrayList<>();
    int most = 1;
    for (final Map.Entry<Rule, Wanted> one : approvals.entrySet()) {
      final Rule rule = one.getKey();
      final boolean own =
          rule.template == template
              && (rule.asset == 0 || rule.asset == size.asset)
              && rule.fromAmount <= Math.max(0, size.amount);
      final boolean guarded =
          template == RegisterOperatorDecoder.TEMPLATE_ID
              || template == ChangeOperatorDecoder.TEMPLATE_ID
              || template == SetApprovalRuleDecoder.TEMPLATE_ID;
      final Wanted wanted = one.getValue();
      if ((own || guarded) && wanted.approvals >= most) {
        if (wanted.approvals > most) {
          strictest.clear();
        }
        most = wanted.approvals;
        strictest.add(wanted);
      }
    }
    return strictest;
  }

  /** Takes an event if it is about proposals. */
  boolean apply(final int template, final DirectBuffer event, final Instruction command) {
    switch (template) {
      case ProposalChangedDecoder.TEMPLATE_ID -> proposalChanged(event);
      case ApprovalRuleChangedDecoder.TEMPLATE_ID -> {
        changedRule.wrapAndApplyHeader(event, 0, header);
        final int roles =
            event.getShort(
                changedRule.offset() + ApprovalRuleChangedDecoder.rolesEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN);
        newApprovals.put(
            new Rule(changedRule.ruledTemplate(), changedRule.asset(), changedRule.fromAmount()),
            new Wanted(changedRule.approvals(), roles));
      }
      case OperatorChangedDecoder.TEMPLATE_ID -> {
        changedOperator.wrapAndApplyHeader(event, 0, header);
        final int roles =
            event.getShort(
                changedOperator.offset() + OperatorChangedDecoder.rolesEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN);
        final Operator before = operators.get(changedOperator.signer());
        operators.put(
            changedOperator.signer(),
            new Operator(
                roles,
                sequence,
                before == null ? 0 : before.roles,
                before == null ? 0 : before.since));
      }
      case GlassBrokenDecoder.TEMPLATE_ID ->
          SimFailure.unlessEqual(
              (long) BreakGlassDecoder.TEMPLATE_ID, command.template, "glass broken by template");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void proposalChanged(final DirectBuffer event) {
    changed.wrapAndApplyHeader(event, 0, header);
    final Instruction.Id id = new Instruction.Id(changed.proposal().hi(), changed.proposal().lo());
    final Proposal known = byId.get(id);
    final ProposalState state = changed.state();
    final long signer = changed.signer();
    final Supplier<String> what = () -> "proposal " + id + " " + state + " by " + signer + ", ";
    if (state == ProposalState.OPEN && known == null) {
      opened(id, event);
      return;
    }
    SimFailure.unless(known != null, () -> what.get() + "is not open");
    switch (state) {
      case OPEN -> {
        if (signer == 0) {
          known.approvers.clear();
        } else {
          approved(known, signer, what);
          SimFailure.unless(
              known.approvers.size() < Math.max(1, needed(known.template, known.size)),
              () -> what.get() + "has enough approvals");
        }
        SimFailure.unlessEqual(
            known.approvers.size(), changed.approvals(), () -> what.get() + "approvals");
      }
      case EXECUTED, FAILED -> {
        approved(known, signer, what);
        SimFailure.unless(
            known.approvers.size() >= Math.max(1, needed(known.template, known.size)),
            () -> what.get() + "after " + known.approvers.size() + " approvals");
        known.approvers.forEach(
            (approver, at) ->
                SimFailure.unless(
                    at > changedBefore(approver) && at > changedBefore(known.proposer),
                    () -> what.get() + "though " + approver + " or the proposer was changed"));
        close(known);
      }
      case WITHDRAWN -> {
        SimFailure.unlessEqual(known.proposer, signer, () -> what.get() + "its proposer");
        close(known);
      }
      case REJECTED -> {
        SimFailure.unless(known.proposer != signer, what);
        close(known);
      }
      default -> {
        SimFailure.unless(
            state == ProposalState.EXPIRED && changed.at().timeMs() >= known.expiresMs, what);
        close(known);
      }
    }
  }

  private void opened(final Instruction.Id id, final DirectBuffer event) {
    final UnsafeBuffer hash = new UnsafeBuffer(new byte[32]);
    hash.putBytes(0, event, changed.changeHash().offset(), 32);
    final int template = changed.changeTemplate();
    final UnsafeBuffer change = new UnsafeBuffer(new byte[changed.changeLength()]);
    changed.getChange(change, 0, change.capacity());
    final Proposal proposal =
        new Proposal(
            id,
            changed.proposer(),
            template,
            change,
            size(template, change),
            changed.expiresMs(),
            hash);
    byId.put(id, proposal);
    open.add(proposal);
  }

  /** What an operator might sign before this command. */
  private int rolesBefore(final long operator) {
    final Operator known = operators.get(operator);
    return known.since == sequence ? known.rolesBefore : known.roles;
  }

  /** When an operator was last changed before this command. */
  private long changedBefore(final long operator) {
    final Operator known = operators.get(operator);
    return known.since == sequence ? known.before : known.since;
  }

  private void approved(final Proposal proposal, final long signer, final Supplier<String> what) {
    SimFailure.unless(signer != proposal.proposer, () -> what.get() + "approves its own");
    final int roles = rolesBefore(signer);
    final List<Wanted> strictest = strictest(proposal.template, proposal.size);
    SimFailure.unless(
        strictest.isEmpty()
            ? (roles & SimWorld.APPROVES) != 0
            : strictest.stream().allMatch(wanted -> (roles & wanted.roles) != 0),
        () -> what.get() + "is none of those who may approve it");
    SimFailure.unless(
        proposal.approvers.put(signer, sequence) == null, () -> what.get() + "approves twice");
  }

  private void close(final Proposal proposal) {
    byId.remove(proposal.id);
    open.remove(proposal);
  }
}
