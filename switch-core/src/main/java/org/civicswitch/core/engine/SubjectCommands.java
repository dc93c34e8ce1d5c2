package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LifeEventRecordedEncoder;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.core.protocol.RecordVerdictDecoder;
import org.civicswitch.core.protocol.RegisterSubjectDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusDecoder;
import org.civicswitch.core.protocol.SubjectChangedEncoder;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.core.protocol.VerdictDecoder;
import org.civicswitch.identity.IdentityLookup;
import org.civicswitch.identity.Token;
import org.civicswitch.identity.Verdict;

/** People: registering them, binding verdicts to them, and what officers and registries say. */
final class SubjectCommands {
  private final Core core;
  private final IdentityLookup identity;
  private final SubjectLines waiting;
  private final SetSubjectStatusDecoder setStatus = new SetSubjectStatusDecoder();
  private final RecordLifeEventDecoder lifeEvent = new RecordLifeEventDecoder();
  private final SubjectChangedEncoder changed = new SubjectChangedEncoder();
  private final LifeEventRecordedEncoder recorded = new LifeEventRecordedEncoder();
  private final Precedence refusal = new Precedence();
  private final Token token = new Token();
  private final Verdict verdict = new Verdict();

  SubjectCommands(final Core core, final SubjectLines waiting) {
    this.core = core;
    identity = core.identity;
    this.waiting = waiting;
  }

  void define() {
    core.define(
        new CommandKind(
                RegisterSubjectDecoder.TEMPLATE_ID,
                RegisterSubjectDecoder.BLOCK_LENGTH,
                new Registering())
            .items(
                RegisterSubjectDecoder.SubjectsDecoder.sbeBlockLength(),
                false,
                RegisterSubjectDecoder.SubjectsDecoder.keyEncodingOffset(),
                -1)
            .compare(
                Field.CONTENT, RegisterSubjectDecoder.SubjectsDecoder.subjectEncodingOffset(), 32));
    core.define(
        new CommandKind(
                RecordVerdictDecoder.TEMPLATE_ID, RecordVerdictDecoder.BLOCK_LENGTH, new Verdicts())
            .items(
                RecordVerdictDecoder.VerdictsDecoder.sbeBlockLength(),
                false,
                RecordVerdictDecoder.VerdictsDecoder.keyEncodingOffset(),
                -1)
            .compare(
                Field.VERDICT,
                RecordVerdictDecoder.VerdictsDecoder.subjectEncodingOffset(),
                RecordVerdictDecoder.VerdictsDecoder.sbeBlockLength()
                    - RecordVerdictDecoder.VerdictsDecoder.subjectEncodingOffset()));
    core.define(
        new CommandKind(
                SetSubjectStatusDecoder.TEMPLATE_ID,
                SetSubjectStatusDecoder.BLOCK_LENGTH,
                this::setStatus)
            .once()
            .signed(Operators.IDENTITY)
            .byteMax(
                SetSubjectStatusDecoder.statusEncodingOffset(),
                SubjectStatus.IDENTITY_CONTESTED.value())
            .compare(Field.OTHER, SetSubjectStatusDecoder.subjectEncodingOffset(), 65)
            .governed(
                Governed.of(
                    Governed.Concern.SUBJECT, SetSubjectStatusDecoder.subjectEncodingOffset(), 8)));
    core.define(
        new CommandKind(
                RecordLifeEventDecoder.TEMPLATE_ID,
                RecordLifeEventDecoder.BLOCK_LENGTH,
                this::recordLifeEvent)
            .once()
            .byteMax(
                RecordLifeEventDecoder.lifeEventEncodingOffset(),
                LifeEventKind.SUSPENSION_LIFTED.value())
            .compare(
                Field.CONTENT,
                RecordLifeEventDecoder.subjectEncodingOffset(),
                RecordLifeEventDecoder.BLOCK_LENGTH
                    - RecordLifeEventDecoder.subjectEncodingOffset()));
  }

  /** Of people. */
  private final class Registering implements CommandHandler {
    @Override
    public Code apply(final Command command) {
      final int at = command.at + RegisterSubjectDecoder.SubjectsDecoder.subjectEncodingOffset();
      read(command, at, token);
      final int result = identity.subjects().register(token);
      if (result <= 0) {
        return Precedence.of(-result);
      }
      sayChanged(result);
      return Code.OK;
    }
  }

  static Token read(final Command command, final int at, final Token target) {
    return target.set(
        command.longAt(at),
        command.longAt(at + 8),
        command.longAt(at + 16),
        command.longAt(at + 24));
  }

  /** Standing verdicts; lines that were held for want of one are freed. */
  private final class Verdicts implements CommandHandler {
    private final VerdictDecoder given = new VerdictDecoder();

    @Override
    public Code apply(final Command command) {
      final int at = command.at;
      read(command, at + RecordVerdictDecoder.VerdictsDecoder.subjectEncodingOffset(), token);
      read(
          command,
          at + RecordVerdictDecoder.VerdictsDecoder.pairwiseEncodingOffset(),
          verdict.pairwise);
      verdict.mappingVersion =
          command.longAt(at + RecordVerdictDecoder.VerdictsDecoder.mappingVersionEncodingOffset());
      final int verdictAt = at + RecordVerdictDecoder.VerdictsDecoder.verdictEncodingOffset();
      given.wrap(command.buffer, verdictAt);
      verdict.issuer = (int) given.issuer();
      verdict.assurance = given.assurance();
      verdict.issuedMs = given.issuedMs();
      verdict.validUntilMs = given.validUntilMs();
      read(command, verdictAt + VerdictDecoder.evidenceEncodingOffset(), verdict.evidence);
      final int subject = identity.subjects().find(token);
      refusal
          .begin()
          .when(!waiting.hasRoomToReview(subject), Code.CAPACITY)
          .when(given.kind() != VerdictKinds.STANDING, Code.VERDICT_MISSING)
          .when(verdict.validUntilMs <= command.timeMs, Code.VERDICT_EXPIRED)
          .add(Precedence.of(identity.subjects().checkVerdict(subject, verdict)))
          .when(UsedVerdicts.isAhead(given, command.timeMs, core.settings), Code.IDENTITY_INVALID);
      if (!refusal.isOk()) {
        return refusal.code();
      }
      identity.subjects().recordVerdict(subject, verdict);
      sayChanged(subject);
      waiting.review(subject);
      return Code.OK;
    }
  }

  private Code setStatus(final Command command) {
    setStatus.wrap(command.buffer, command.block, SetSubjectStatusDecoder.BLOCK_LENGTH, 1);
    read(command, command.block + SetSubjectStatusDecoder.subjectEncodingOffset(), token);
    final int subject = identity.subjects().find(token);
    final int result = identity.subjects().setStatus(subject, setStatus.statusRaw());
    if (result == 0) {
      sayChanged(subject);
      waiting.review(subject);
    }
    return Precedence.of(result);
  }

  private Code recordLifeEvent(final Command command) {
    lifeEvent.wrap(command.buffer, command.block, RecordLifeEventDecoder.BLOCK_LENGTH, 1);
    read(command, command.block + RecordLifeEventDecoder.subjectEncodingOffset(), token);
    final int subject = identity.subjects().find(token);
    final int kind = lifeEvent.lifeEventRaw();
    final boolean reversal =
        kind == LifeEventKind.DEATH_REVERSAL.value()
            || kind == LifeEventKind.SUSPENSION_LIFTED.value();
    final int result;
    if (reversal) {
      result =
          identity
              .lifeEvents()
              .reverse(
                  command.participant,
                  lifeEvent.reverses().hi(),
                  lifeEvent.reverses().lo(),
                  subject,
                  kind);
    } else {
      final int event =
          identity
              .lifeEvents()
              .record(
                  command.participant,
                  command.keyHi,
                  command.keyLo,
                  subject,
                  kind,
                  lifeEvent.occurredOn(),
                  lifeEvent.recordedMs());
      result = event > 0 ? 0 : -event;
    }
    if (result != 0) {
      return Precedence.of(result);
    }
    sayChanged(subject);
    // Whoever approved another status of this person had not seen this.
    core.proposals.changed(Governed.Concern.SUBJECT, lifeEvent.subject().a());
    final int held = waiting.review(subject);
    final Feed feed = core.feed;
    recorded.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(recorded.at());
    Words.copy(lifeEvent.subject(), recorded.subject());
    recorded
        .lifeEvent(lifeEvent.lifeEvent())
        .occurredOn(lifeEvent.occurredOn())
        .recordedMs(lifeEvent.recordedMs())
        .held(held)
        .key()
        .hi(command.keyHi)
        .lo(command.keyLo);
    feed.commit(recorded.encodedLength());
    core.answer.value = held;
    return Code.OK;
  }

  private void sayChanged(final int subject) {
    final Feed feed = core.feed;
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    identity.subjects().token(subject, token);
    changed.subject().a(token.a()).b(token.b()).c(token.c()).d(token.d());
    changed
        .status(SubjectStatus.get((short) identity.subjects().status(subject)))
        .assurance((short) identity.subjects().assurance(subject))
        .issuer(Integer.toUnsignedLong(identity.subjects().issuer(subject)))
        .validUntilMs(identity.subjects().validUntilMs(subject));
    identity.subjects().pairwise(subject, token);
    changed.pairwise().a(token.a()).b(token.b()).c(token.c()).d(token.d());
    identity.subjects().evidence(subject, token);
    changed.evidence().a(token.a()).b(token.b()).c(token.c()).d(token.d());
    feed.commit(changed.encodedLength());
  }
}
