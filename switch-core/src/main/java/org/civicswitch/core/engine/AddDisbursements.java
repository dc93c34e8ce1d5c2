package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AddDisbursementsDecoder;
import org.civicswitch.core.protocol.AddDisbursementsDecoder.LinesDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DisbursementAddedEncoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.identity.Token;

/** Takes lines into an envelope, each an instruction of its own. */
final class AddDisbursements implements CommandHandler {
  private final Core core;
  private final Benefits benefits;
  private final Envelopes envelopes;
  private final Lines lines;
  private final AddDisbursementsDecoder add = new AddDisbursementsDecoder();
  private final DisbursementAddedEncoder added = new DisbursementAddedEncoder();
  private final Precedence refusal = new Precedence();
  private final Token subjectToken = new Token();
  private final Token alias = new Token();
  private int envelope;
  private LinesDecoder group;

  AddDisbursements(final Core core, final Benefits benefits) {
    this.core = core;
    this.benefits = benefits;
    envelopes = benefits.envelopes;
    lines = benefits.lines;
  }

  CommandKind kind() {
    return new CommandKind(
            AddDisbursementsDecoder.TEMPLATE_ID, AddDisbursementsDecoder.BLOCK_LENGTH, this)
        .items(LinesDecoder.sbeBlockLength(), true, LinesDecoder.keyEncodingOffset(), -1)
        .compare(Field.AMOUNT, LinesDecoder.amountEncodingOffset(), 8)
        .compare(Field.CREDITOR_AGENT, LinesDecoder.creditorAgentEncodingOffset(), 4)
        .compare(Field.ALIAS, LinesDecoder.aliasEncodingOffset(), 40)
        .compare(Field.CONTENT, LinesDecoder.contentDigestEncodingOffset(), 32)
        .compareBlock(Field.REFERENCE, AddDisbursementsDecoder.envelopeEncodingOffset(), 16)
        .compare(Field.OTHER, LinesDecoder.subjectEncodingOffset(), 36);
  }

  @Override
  public void begin(final Command command) {
    add.wrap(command.buffer, command.block, AddDisbursementsDecoder.BLOCK_LENGTH, 1);
    envelope = benefits.envelopeCommands.find(command, add.envelope().hi(), add.envelope().lo());
    group = add.lines();
  }

  @Override
  public Code apply(final Command command) {
    add.limit(command.at);
    final LinesDecoder item = group.next();
    SubjectCommands.read(command, command.at + LinesDecoder.subjectEncodingOffset(), subjectToken);
    SubjectCommands.read(command, command.at + LinesDecoder.aliasEncodingOffset(), alias);
    final int subject = core.identity.subjects().find(subjectToken);
    check(command, item, subject);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    take(command, item, subject);
    return Code.OK;
  }

  private void check(final Command command, final LinesDecoder item, final int subject) {
    refusal
        .begin()
        .when(
            lines.isFull()
                || benefits.entitlements.isFull()
                || !benefits.details.hasRoomFor(command.dataLength)
                || (subject != 0
                    && lines.countOfSubject(subject) >= SubjectLines.LINES_PER_SUBJECT),
            Code.CAPACITY)
        .when(item.amount() <= 0, Code.AMOUNT_NOT_POSITIVE);
    checkCreditor(item);
    if (envelope == 0) {
      refusal.when(subject == 0, Code.SUBJECT_UNKNOWN).add(Code.ENVELOPE_UNKNOWN);
      return;
    }
    final int programme = envelopes.intAt(envelope, Envelopes.PROGRAMME);
    final EnvelopeState state = envelopes.state(envelope);
    refusal
        .add(benefits.waiting.check(subject, programme))
        .when(state != EnvelopeState.DRAFT, Code.ENVELOPE_STATE)
        .when(
            envelopes.get(envelope, Envelopes.ADDED)
                >= envelopes.get(envelope, Envelopes.DECLARED_COUNT),
            Code.ENVELOPE_COUNT_EXCEEDED)
        .when(
            item.amount()
                > envelopes.get(envelope, Envelopes.DECLARED_TOTAL)
                    - envelopes.get(envelope, Envelopes.ADDED_TOTAL),
            Code.ENVELOPE_TOTAL_EXCEEDED)
        .when(
            subject != 0
                && benefits.entitlements.isTaken(
                    envelopes.intAt(envelope, Envelopes.CYCLE_HANDLE),
                    subject,
                    (int) item.entitlement()),
            Code.ENTITLEMENT_TAKEN);
  }

  /** Whoever is named, or, when nobody is, where the person's own alias leads now. */
  private void checkCreditor(final LinesDecoder item) {
    int agent = (int) item.creditorAgent();
    if (agent == 0 && !alias.isNone()) {
      final int handle = core.identity.aliases().find(alias);
      final Code code =
          Precedence.of(core.identity.aliases().check(handle, item.aliasVersion(), subjectToken));
      if (code != Code.OK) {
        refusal.add(code);
        return;
      }
      agent = core.identity.aliases().participant(handle);
    }
    final int participant = agent == 0 ? 0 : core.participants.find(agent);
    refusal
        .when(participant == 0, Code.CREDITOR_AGENT_UNKNOWN)
        .when(
            participant != 0 && !core.participants.isActive(participant),
            Code.CREDITOR_AGENT_NOT_ACTIVE);
  }

  private void take(final Command command, final LinesDecoder item, final int subject) {
    final int entitlement = (int) item.entitlement();
    envelopes.add(envelope, Envelopes.ADDED, 1);
    envelopes.add(envelope, Envelopes.ADDED_TOTAL, item.amount());
    final int number = envelopes.intAt(envelope, Envelopes.ADDED);
    final int line = lines.add(envelope, number, subject, entitlement);
    lines.set(line, Lines.KEY_HI, command.keyHi);
    lines.set(line, Lines.KEY_LO, command.keyLo);
    lines.set(line, Lines.AMOUNT, item.amount());
    lines.set(line, Lines.SEQUENCE, command.sequence);
    lines.creditorAgent(line, (int) item.creditorAgent());
    lines.state(line, PaymentState.READY);
    lines.details(
        line,
        benefits.details.put(
            command.buffer,
            command.at + LinesDecoder.contentDigestEncodingOffset(),
            command.at + LinesDecoder.aliasEncodingOffset(),
            item.aliasVersion(),
            command.dataAt,
            command.dataLength));
    lines.taken(
        line,
        benefits.entitlements.take(
            envelopes.intAt(envelope, Envelopes.CYCLE_HANDLE), subject, entitlement, line));
    lines.addReady(line);
    lines.addToSubject(line);
    hash(command, item, number);
    core.answer.entity = line;
    core.answer.state = PaymentState.READY.value();
    benefits.changes.envelope(envelope);
    say(command, item, number);
  }

  private void hash(final Command command, final LinesDecoder item, final int number) {
    final RecordHash link =
        benefits
            .hash
            .after(envelopes.records(), envelope, Envelopes.HASH)
            .put(Integer.toUnsignedLong(number))
            .put(command.keyHi)
            .put(command.keyLo)
            .put(subjectToken.a())
            .put(subjectToken.b())
            .put(subjectToken.c())
            .put(subjectToken.d())
            .put(item.entitlement())
            .put(item.creditorAgent())
            .put(item.amount())
            .put(alias.a())
            .put(alias.b())
            .put(alias.c())
            .put(alias.d())
            .put(item.aliasVersion());
    final int digest = command.at + LinesDecoder.contentDigestEncodingOffset();
    for (int i = 0; i < 4; i++) {
      link.put(command.longAt(digest + i * Long.BYTES));
    }
    link.into(envelopes.records(), envelope, Envelopes.HASH);
  }

  private void say(final Command command, final LinesDecoder item, final int number) {
    final Feed feed = core.feed;
    added.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(added.at());
    added.envelope().hi(add.envelope().hi()).lo(add.envelope().lo());
    added.line(Integer.toUnsignedLong(number));
    added.key().hi(command.keyHi).lo(command.keyLo);
    Words.copy(item.subject(), added.subject());
    added.entitlement(item.entitlement()).creditorAgent(item.creditorAgent()).amount(item.amount());
    feed.commit(added.encodedLength());
  }

  @Override
  public void describe(final int line, final Answer answer) {
    if (lines.isOf(line, answer.originalSequence)) {
      answer.state = lines.state(line).value();
    }
  }
}
