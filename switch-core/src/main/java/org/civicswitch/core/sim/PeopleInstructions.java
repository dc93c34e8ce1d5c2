package org.civicswitch.core.sim;

import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LinkAliasEncoder;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.protocol.RecordVerdictEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.core.protocol.SetSubjectStatusEncoder;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.core.protocol.UnlinkAliasEncoder;

/** Encodes what is said about people and their aliases. */
final class PeopleInstructions {
  private final SimWriter out;

  PeopleInstructions(final SimWriter out) {
    this.out = out;
  }

  Instruction register(final int first, final int count) {
    final RegisterSubjectEncoder encoder =
        new RegisterSubjectEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    final RegisterSubjectEncoder.SubjectsEncoder items = encoder.subjectsCount(count);
    for (int i = 0; i < count; i++) {
      final RegisterSubjectEncoder.SubjectsEncoder item = items.next();
      final Instruction.Id key = out.next();
      item.key().hi(key.hi()).lo(key.lo());
      SimWriter.token(item.subject(), first + i);
    }
    return out.done(encoder.encodedLength());
  }

  Instruction verdicts(final int first, final int count, final long mappingVersion) {
    final RecordVerdictEncoder encoder =
        new RecordVerdictEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    final RecordVerdictEncoder.VerdictsEncoder items = encoder.verdictsCount(count);
    for (int i = 0; i < count; i++) {
      final RecordVerdictEncoder.VerdictsEncoder item = items.next();
      final Instruction.Id key = out.next();
      item.key().hi(key.hi()).lo(key.lo());
      SimWriter.token(item.subject(), first + i);
      SimWriter.token(item.pairwise(), 1_000 + first + i);
      item.mappingVersion(mappingVersion);
      out.verdict(item.verdict(), SimWriter.STANDING, key.lo());
    }
    return out.done(encoder.encodedLength());
  }

  Instruction status(final long subject, final SubjectStatus status) {
    final SetSubjectStatusEncoder encoder =
        new SetSubjectStatusEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head(), encoder.signedBy());
    SimWriter.token(encoder.subject(), subject);
    SimWriter.token(encoder.status(status).evidence(), subject);
    return out.done(encoder.encodedLength());
  }

  Instruction lifeEvent(
      final long subject, final LifeEventKind kind, final Instruction.Id reverses) {
    final RecordLifeEventEncoder encoder =
        new RecordLifeEventEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    SimWriter.token(encoder.subject(), subject);
    encoder.lifeEvent(kind).occurredOn(20_000).recordedMs(out.createdMs());
    encoder.reverses().hi(reverses.hi()).lo(reverses.lo());
    SimWriter.token(encoder.evidence(), subject);
    return out.done(encoder.encodedLength());
  }

  Instruction link(final long alias, final long owner, final int at) {
    final LinkAliasEncoder encoder =
        new LinkAliasEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    SimWriter.token(encoder.alias(), alias);
    SimWriter.token(encoder.owner(), owner);
    out.verdict(encoder.atParticipant(at).verdict(), SimWriter.TRANSACTIONAL, out.next().lo());
    return out.done(encoder.putPayload(new byte[] {1, 2, 3}, 0, 3).encodedLength());
  }

  Instruction unlink(final long alias, final long owner) {
    final UnlinkAliasEncoder encoder =
        new UnlinkAliasEncoder().wrapAndApplyHeader(out.buffer, 0, out.header);
    out.head(encoder.head());
    SimWriter.token(encoder.alias(), alias);
    SimWriter.token(encoder.owner(), owner);
    out.verdict(encoder.verdict(), SimWriter.TRANSACTIONAL, out.next().lo());
    return out.done(encoder.encodedLength());
  }
}
