package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.ApproveChangeDecoder;
import org.civicswitch.core.protocol.BreakGlassDecoder;
import org.civicswitch.core.protocol.CloseProposalDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.GlassBrokenEncoder;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.core.protocol.ProposeChangeDecoder;

/**
 * More than two eyes: a change is proposed, approved by others and so carried out, or closed. Who
 * breaks the glass carries it out alone, and everybody sees it.
 *
 * <pre>
 *   OPEN --approve, the last needed--> EXECUTED, or FAILED when the change is refused then
 *     \--withdraw--> WITHDRAWN   \--reject--> REJECTED   \--time--> EXPIRED
 * </pre>
 */
final class ProposalCommands {
  private final Core core;
  private final Proposals proposals;
  private final ApprovalRules rules;
  private final EnclosedChange change;
  private final ApproveChangeDecoder approve = new ApproveChangeDecoder();
  private final CloseProposalDecoder close = new CloseProposalDecoder();
  private final GlassBrokenEncoder broken = new GlassBrokenEncoder();
  private final Precedence refusal = new Precedence();

  ProposalCommands(final Core core) {
    this.core = core;
    proposals = core.proposals;
    rules = core.approvalRules;
    change = new EnclosedChange(core);
  }

  void define() {
    core.define(rules.kind());
    core.define(
        new CommandKind(
                ProposeChangeDecoder.TEMPLATE_ID, ProposeChangeDecoder.BLOCK_LENGTH, this::propose)
            .once()
            .signed(Operators.ALL_ROLES)
            .comparedData());
    core.define(
        new CommandKind(
                ApproveChangeDecoder.TEMPLATE_ID, ApproveChangeDecoder.BLOCK_LENGTH, this::approve)
            .once()
            .signed(Operators.ALL_ROLES)
            .compare(Field.REFERENCE, ApproveChangeDecoder.proposalEncodingOffset(), 16)
            .compare(Field.CONTENT, ApproveChangeDecoder.changeHashEncodingOffset(), 32));
    core.define(
        new CommandKind(
                CloseProposalDecoder.TEMPLATE_ID, CloseProposalDecoder.BLOCK_LENGTH, this::close)
            .once()
            .signed(Operators.ALL_ROLES)
            .compare(Field.REFERENCE, CloseProposalDecoder.proposalEncodingOffset(), 16));
    core.define(
        new CommandKind(
                BreakGlassDecoder.TEMPLATE_ID, BreakGlassDecoder.BLOCK_LENGTH, this::breakGlass)
            .once()
            .signed(Operators.BREAK_GLASS)
            .text(BreakGlassDecoder.reasonEncodingOffset(), 64)
            .compare(Field.REASON, BreakGlassDecoder.reasonEncodingOffset(), 64)
            .comparedData());
  }

  private Code propose(final Command command) {
    if (proposals.isFull()) {
      return Code.CAPACITY;
    }
    final Code invalid = change.read(command);
    if (invalid != Code.OK) {
      return invalid;
    }
    final Code sender = change.checkSender(false);
    if (sender != Code.OK) {
      return sender;
    }
    if (proposals.find(command.keyHi, command.keyLo) != 0) {
      return Code.PROPOSAL_EXISTS;
    }
    final int proposal = proposals.open(command, change.command());
    proposals.answer(proposal, ProposalState.OPEN, core.answer);
    proposals.say(
        proposal, ProposalState.OPEN, command.signer, needed(), Code.OK, change.command());
    return Code.OK;
  }

  /** By the rules as they are now; what no rule is for can be proposed all the same. */
  private int needed() {
    return Math.max(1, rules.approvals(change.command()));
  }

  private Code checkApprover(final int operator) {
    return rules.checkApprover(operator, change.command());
  }

  private Code approve(final Command command) {
    approve.wrap(command.buffer, command.block, ApproveChangeDecoder.BLOCK_LENGTH, 1);
    final int proposal = proposals.find(approve.proposal().hi(), approve.proposal().lo());
    if (proposal == 0) {
      return Code.PROPOSAL_UNKNOWN;
    }
    if (proposals.isOver(proposal, command.timeMs)) {
      return end(command, proposal, ProposalState.EXPIRED, Code.OK);
    }
    final Code readable = proposals.read(proposal, change);
    if (readable != Code.OK) {
      return end(command, proposal, ProposalState.FAILED, readable);
    }
    final int signer = command.signer;
    refusal
        .begin()
        .add(checkApprover(signer))
        .when(
            proposals.intAt(proposal, Proposals.PROPOSER) == signer
                || proposals.hasApproved(proposal, signer),
            Code.OPERATOR_NOT_INDEPENDENT)
        .when(
            CommandReader.seenSequence(command) < proposals.changedSequence(proposal),
            Code.PROPOSAL_STALE)
        .when(
            !proposals.hasHash(
                proposal, command, command.block + ApproveChangeDecoder.changeHashEncodingOffset()),
            Code.PROPOSAL_HASH);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    final int needed = needed();
    if (proposals.approve(proposal, signer) < needed) {
      proposals.answer(proposal, ProposalState.OPEN, core.answer);
      proposals.say(proposal, ProposalState.OPEN, signer, needed, Code.OK, null);
      return Code.OK;
    }
    return carryOut(command, proposal);
  }

  private Code carryOut(final Command command, final int proposal) {
    Code code = change.checkSender(false);
    if (code == Code.OK) {
      code = change.carryOut();
    }
    final ProposalState state = code == Code.OK ? ProposalState.EXECUTED : ProposalState.FAILED;
    return end(command, proposal, state, code);
  }

  private Code end(
      final Command command, final int proposal, final ProposalState state, final Code code) {
    proposals.answer(proposal, state, core.answer);
    proposals.say(proposal, state, command.signer, 0, code, null);
    proposals.close(proposal);
    if (state == ProposalState.EXECUTED) {
      proposals.carriedOut(change.command());
    }
    return Code.OK;
  }

  private Code close(final Command command) {
    close.wrap(command.buffer, command.block, CloseProposalDecoder.BLOCK_LENGTH, 1);
    final int proposal = proposals.find(close.proposal().hi(), close.proposal().lo());
    if (proposal == 0) {
      return Code.PROPOSAL_UNKNOWN;
    }
    if (proposals.intAt(proposal, Proposals.PROPOSER) == command.signer) {
      return end(command, proposal, ProposalState.WITHDRAWN, Code.OK);
    }
    // One that cannot be read any more can be put away by whoever may approve anything.
    final Code readable = proposals.read(proposal, change);
    final Code allowed =
        readable == Code.OK
            ? checkApprover(command.signer)
            : core.operators.check(command.signer, Operators.APPROVER);
    return allowed == Code.OK ? end(command, proposal, ProposalState.REJECTED, Code.OK) : allowed;
  }

  private Code breakGlass(final Command command) {
    final int reason = command.block + BreakGlassDecoder.reasonEncodingOffset();
    if (command.byteAt(reason) <= ' ' || change.read(command) != Code.OK) {
      return Code.CHANGE_INVALID;
    }
    final Code sender = change.checkSender(true);
    if (sender != Code.OK) {
      return sender;
    }
    final Code code = change.carryOut();
    if (code != Code.OK) {
      return code;
    }
    final Feed feed = core.feed;
    broken.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(broken.at());
    broken
        .signer(Integer.toUnsignedLong(command.signer))
        .connection(Integer.toUnsignedLong(command.connection))
        .changeTemplate(change.command().template)
        .reserved(0);
    feed.buffer()
        .putBytes(
            broken.offset() + GlassBrokenEncoder.reasonEncodingOffset(),
            command.buffer,
            reason,
            GlassBrokenEncoder.reasonEncodingLength());
    broken.putChange(command.buffer, command.dataAt, command.dataLength);
    feed.commit(broken.encodedLength());
    proposals.carriedOut(change.command());
    return Code.OK;
  }
}
