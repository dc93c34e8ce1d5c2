package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.ApproveChangeEncoder;
import org.civicswitch.core.protocol.BreakGlassEncoder;
import org.civicswitch.core.protocol.CloseProposalEncoder;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.ProposeChangeEncoder;
import org.civicswitch.core.protocol.SetApprovalRuleEncoder;

/** Encodes what is said about changes by several people. */
final class ProposalBytes {
  private final CommandBytes out;

  ProposalBytes(final CommandBytes out) {
    this.out = out;
  }

  byte[] rule(
      final int template,
      final int asset,
      final long fromAmount,
      final int approvals,
      final int roles) {
    final SetApprovalRuleEncoder e =
        new SetApprovalRuleEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    out.signed(e.signedBy());
    e.ruledTemplate(template).approvals((short) approvals).asset(asset).fromAmount(fromAmount);
    e.roles()
        .clear()
        .pLATFORM((roles & Operators.PLATFORM) != 0)
        .sETTLEMENT((roles & Operators.SETTLEMENT) != 0)
        .pROGRAMME((roles & Operators.PROGRAMME) != 0)
        .aPPROVER((roles & Operators.APPROVER) != 0)
        .iDENTITY((roles & Operators.IDENTITY) != 0);
    return out.bytes(e.encodedLength());
  }

  byte[] propose(final byte[] change) {
    final ProposeChangeEncoder e =
        new ProposeChangeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    out.signed(e.signedBy());
    e.putChange(change, 0, change.length);
    return out.bytes(e.encodedLength());
  }

  byte[] approve(final long key, final long[] hash) {
    final ApproveChangeEncoder e =
        new ApproveChangeEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    out.signed(e.signedBy());
    e.proposal().hi(out.keyHi).lo(key);
    final DigestEncoder to = e.changeHash();
    to.a(hash[0]).b(hash[1]).c(hash[2]).d(hash[3]);
    return out.bytes(e.encodedLength());
  }

  byte[] close(final long key) {
    final CloseProposalEncoder e =
        new CloseProposalEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    out.signed(e.signedBy());
    e.proposal().hi(out.keyHi).lo(key);
    return out.bytes(e.encodedLength());
  }

  byte[] breakGlass(final String reason, final byte[] change) {
    final BreakGlassEncoder e =
        new BreakGlassEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(e.head());
    out.signed(e.signedBy());
    e.reason(reason).putChange(change, 0, change.length);
    return out.bytes(e.encodedLength());
  }

  /** What an outcome says is to be signed for. */
  static long[] hash(final OutcomeDecoder outcome) {
    return new long[] {
      outcome.digest().a(), outcome.digest().b(), outcome.digest().c(), outcome.digest().d()
    };
  }
}
