package org.civicswitch.ops.reporting;

import org.civicswitch.core.protocol.ApprovalRuleChangedDecoder;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.core.protocol.ProposalChangedDecoder;

/** What people proposed, approved and did alone, and the rules for that. */
final class ProposalRows {
  private final Batch batch;

  ProposalRows(final Batch batch) {
    this.batch = batch;
  }

  void on(final ProposalChangedDecoder event) {
    batch.put(
        Table.PROPOSALS,
        Values.id(event.proposal()),
        event.changeTemplate(),
        event.state().name(),
        (int) event.approvals(),
        (int) event.needed(),
        event.code().name(),
        event.proposer(),
        Values.numberOrNull(event.signer()),
        event.expiresMs(),
        event.changedSequence(),
        Values.tokenOrNull(event.changeHash()),
        event.at().feedSequence(),
        event.at().timeMs());
    PlatformRows.action(
        batch,
        event.at(),
        "ProposalChanged",
        Values.numberOrNull(event.signer()),
        Values.id(event.proposal()) + " " + event.state() + " template " + event.changeTemplate(),
        null);
  }

  void on(final ApprovalRuleChangedDecoder event) {
    batch.put(
        Table.APPROVAL_RULES,
        (long) event.ruledTemplate(),
        event.asset(),
        event.fromAmount(),
        (int) event.approvals(),
        PlatformRows.roles(event.roles()),
        event.at().feedSequence(),
        event.at().timeMs());
    PlatformRows.action(
        batch,
        event.at(),
        "ApprovalRuleChanged",
        null,
        "template " + event.ruledTemplate() + " approvals " + event.approvals(),
        event.fromAmount());
  }

  void on(final GlassBrokenDecoder event) {
    PlatformRows.action(
        batch,
        event.at(),
        "GlassBroken",
        event.signer(),
        "template " + event.changeTemplate() + ": " + event.reason().strip(),
        null);
  }
}
