package org.civicswitch.core.sim;

import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.ApproveChangeEncoder;
import org.civicswitch.core.protocol.BreakGlassEncoder;
import org.civicswitch.core.protocol.CloseProposalEncoder;
import org.civicswitch.core.protocol.ProposeChangeEncoder;
import org.civicswitch.core.protocol.SetApprovalRuleEncoder;

/** Encodes what several people say about one change. */
final class ProposalInstructions {
  private final SimWriter out;

  ProposalInstructions(final SimWriter out) {
    this.out = out;
  }

  /**
   * @param roles any of which approves, as bits
   */
  Instruction rule(
      final int template, final long fromAmount, final int approvals, final int roles) {
    final SetApprovalRuleEncoder encoder =
        new SetApprovalRuleEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.ruledTemplate(template).approvals((short) approvals).asset(0).fromAmount(fromAmount);
    PlatformInstructions.roles(encoder.roles(), roles);
    return out.done(encoder.encodedLength());
  }

  Instruction propose(final Instruction change) {
    final ProposeChangeEncoder encoder =
        new ProposeChangeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    final byte[] enclosed = SimSignatures.without(change.bytes);
    return out.done(encoder.putChange(enclosed, 0, enclosed.length).encodedLength());
  }

  Instruction approve(final Instruction.Id proposal, final DirectBuffer hash) {
    final ApproveChangeEncoder encoder =
        new ApproveChangeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.proposal().hi(proposal.hi()).lo(proposal.lo());
    out.buffer.putBytes(encoder.changeHash().offset(), hash, 0, 32);
    return out.done(encoder.encodedLength());
  }

  Instruction close(final Instruction.Id proposal) {
    final CloseProposalEncoder encoder =
        new CloseProposalEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    encoder.proposal().hi(proposal.hi()).lo(proposal.lo());
    return out.done(encoder.encodedLength());
  }

  Instruction breakGlass(final String reason, final Instruction change) {
    final BreakGlassEncoder encoder =
        new BreakGlassEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    final byte[] enclosed = SimSignatures.without(change.bytes);
    return out.done(encoder.reason(reason).putChange(enclosed, 0, enclosed.length).encodedLength());
  }
}
