package org.civicswitch.ops.treasury;

import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * A proposal as the feed tells of it.
 *
 * @param kind word of its kind of change
 * @param approvals so far, by others
 * @param needed by the rules when it was last told of; 0 where that is not told
 * @param code what came of it
 * @param proposer number of an operator
 * @param signer who acted last; 0: nobody
 * @param approvers whose approvals count so far, in order
 * @param proposedSequence of the command that proposed it
 * @param changedSequence of the command that it was last told of after
 * @param proposedMs UTC milliseconds
 * @param expiresMs UTC milliseconds
 * @param staleBefore what was signed over an earlier sequence does not count
 * @param hash what approvers sign for
 */
public record Proposal(
    Id128 id,
    String kind,
    ProposalState state,
    int approvals,
    int needed,
    Code code,
    int proposer,
    int signer,
    List<Integer> approvers,
    long proposedSequence,
    long changedSequence,
    long proposedMs,
    long expiresMs,
    long staleBefore,
    Digest256 hash) {
  public boolean isOpen() {
    return state == ProposalState.OPEN;
  }

  /** What it is about was changed after it was proposed: what was signed before is void. */
  public boolean isOvertaken() {
    return staleBefore > proposedSequence;
  }
}
