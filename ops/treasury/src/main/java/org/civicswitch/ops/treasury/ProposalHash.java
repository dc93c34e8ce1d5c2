package org.civicswitch.ops.treasury;

import java.nio.ByteBuffer;
import org.civicswitch.gateway.kit.Digest256;

/**
 * What approvers sign for, computed anew from what they are shown: SHA-256 over the proposal's id,
 * its proposer (big-endian words) and every byte of the change. Nobody signs a hash that is only
 * told to them.
 */
final class ProposalHash {
  private ProposalHash() {}

  static Digest256 of(final Proposal proposal, final byte[] change) {
    return Digest256.sha256(
        ByteBuffer.allocate(3 * Long.BYTES + change.length)
            .putLong(proposal.id().hi())
            .putLong(proposal.id().lo())
            .putLong(Integer.toUnsignedLong(proposal.proposer()))
            .put(change)
            .array());
  }
}
