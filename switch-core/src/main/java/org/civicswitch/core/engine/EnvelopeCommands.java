package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.ApproveEnvelopeDecoder;
import org.civicswitch.core.protocol.CancelEnvelopeDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CreateEnvelopeDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.IdDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PauseEnvelopeDecoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeDecoder;
import org.civicswitch.core.protocol.SealEnvelopeDecoder;

/**
 * The life of an envelope as operators lead it.
 *
 * <pre>
 *   DRAFT --seal--> SEALED --approve, n of m--> APPROVED --release--> RELEASED --> CLOSED
 *     \______________\________________________\--cancel--> CANCELLED  |   ^  by itself
 *                                                            pause v   | release
 *                                                                PAUSED
 * </pre>
 */
final class EnvelopeCommands {
  private final Core core;
  private final Programmes programmes;
  private final Cycles cycles;
  private final Envelopes envelopes;
  private final ProgrammeCommands programmeCommands;
  private final ProgrammeFunds funds;
  private final RecordHash hash;
  private final Changes changes;
  private final CreateEnvelopeDecoder create = new CreateEnvelopeDecoder();
  private final IdDecoder id = new IdDecoder();
  private final Precedence refusal = new Precedence();

  EnvelopeCommands(
      final Core core,
      final Programmes programmes,
      final Cycles cycles,
      final Envelopes envelopes,
      final ProgrammeCommands programmeCommands,
      final ProgrammeFunds funds,
      final RecordHash hash,
      final Changes changes) {
    this.core = core;
    this.programmes = programmes;
    this.cycles = cycles;
    this.envelopes = envelopes;
    this.programmeCommands = programmeCommands;
    this.funds = funds;
    this.hash = hash;
    this.changes = changes;
  }

  void define() {
    core.define(
        new CommandKind(
                CreateEnvelopeDecoder.TEMPLATE_ID, CreateEnvelopeDecoder.BLOCK_LENGTH, this::create)
            .once()
            .signed(Operators.PROGRAMME)
            .compare(Field.AMOUNT, CreateEnvelopeDecoder.totalEncodingOffset(), 8)
            .compare(Field.SCHEME, CreateEnvelopeDecoder.schemeEncodingOffset(), 2)
            .compare(Field.VALUE_DATE, CreateEnvelopeDecoder.valueDateEncodingOffset(), 4)
            .compare(Field.REFERENCE, CreateEnvelopeDecoder.envelopeEncodingOffset(), 16)
            .compare(Field.OTHER, CreateEnvelopeDecoder.programmeEncodingOffset(), 12)
            .compare(Field.OTHER, CreateEnvelopeDecoder.timeoutMsEncodingOffset(), 4));
    define(SealEnvelopeDecoder.TEMPLATE_ID, SealEnvelopeDecoder.BLOCK_LENGTH, this::seal);
    core.define(
        new CommandKind(
                ApproveEnvelopeDecoder.TEMPLATE_ID,
                ApproveEnvelopeDecoder.BLOCK_LENGTH,
                this::approve)
            .once()
            .signed(Operators.APPROVER)
            .compare(Field.CONTENT, ApproveEnvelopeDecoder.envelopeHashEncodingOffset(), 32)
            .compare(Field.REFERENCE, ApproveEnvelopeDecoder.envelopeEncodingOffset(), 16));
    define(ReleaseEnvelopeDecoder.TEMPLATE_ID, ReleaseEnvelopeDecoder.BLOCK_LENGTH, this::release);
    define(PauseEnvelopeDecoder.TEMPLATE_ID, PauseEnvelopeDecoder.BLOCK_LENGTH, this::pause);
    define(CancelEnvelopeDecoder.TEMPLATE_ID, CancelEnvelopeDecoder.BLOCK_LENGTH, this::cancel);
  }

  /** Commands that carry nothing but the envelope; it stands at the same place in all of them. */
  private void define(final int template, final int block, final CommandHandler handler) {
    core.define(
        new CommandKind(template, block, handler)
            .once()
            .signed(Operators.PROGRAMME)
            .compare(Field.REFERENCE, SealEnvelopeDecoder.envelopeEncodingOffset(), 16));
  }

  private int find(final Command command) {
    id.wrap(command.buffer, command.block + SealEnvelopeDecoder.envelopeEncodingOffset());
    return find(command, id.hi(), id.lo());
  }

  /** The envelope with this id, if the sender may act on its programme. */
  int find(final Command command, final long hi, final long lo) {
    final int envelope = envelopes.find(hi, lo);
    return envelope != 0
            && programmeCommands.mayAct(command, envelopes.intAt(envelope, Envelopes.PROGRAMME))
        ? envelope
        : 0;
  }

  private Code create(final Command command) {
    create.wrap(command.buffer, command.block, CreateEnvelopeDecoder.BLOCK_LENGTH, 1);
    final int programme = programmeCommands.find(command, create.programme());
    final long hi = create.envelope().hi();
    final long lo = create.envelope().lo();
    refusal
        .begin()
        .when(envelopes.isFull(), Code.CAPACITY)
        .when(create.total() <= 0 || create.lineCount() == 0, Code.AMOUNT_NOT_POSITIVE)
        .when(programme == 0, Code.PROGRAMME_UNKNOWN)
        .when((hi | lo) == 0, Code.ENVELOPE_UNKNOWN)
        .when(envelopes.find(hi, lo) != 0, Code.ENVELOPE_EXISTS)
        .when(cycles.isClosed(cycles.find(programme, (int) create.cycle())), Code.CYCLE_CLOSED);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    final int envelope = envelopes.add(hi, lo);
    envelopes.set(envelope, Envelopes.PROGRAMME, programme);
    envelopes.set(envelope, Envelopes.CYCLE, create.cycle());
    envelopes.set(
        envelope, Envelopes.CYCLE_HANDLE, cycles.declare(programme, (int) create.cycle()));
    envelopes.state(envelope, EnvelopeState.DRAFT);
    envelopes.set(envelope, Envelopes.DECLARED_COUNT, create.lineCount());
    envelopes.set(envelope, Envelopes.DECLARED_TOTAL, create.total());
    envelopes.set(envelope, Envelopes.SCHEME, create.scheme());
    envelopes.set(envelope, Envelopes.TIMEOUT_MS, create.timeoutMs());
    envelopes.set(envelope, Envelopes.VALUE_DATE, create.valueDate());
    envelopes.set(envelope, Envelopes.CREATOR, command.signer);
    hash.first()
        .put(hi)
        .put(lo)
        .put(create.programme())
        .put(create.cycle())
        .put(create.lineCount())
        .put(create.total())
        .put(create.scheme())
        .put(create.timeoutMs())
        .put(create.valueDate())
        .into(envelopes.records(), envelope, Envelopes.HASH);
    return changed(command, envelope);
  }

  private Code seal(final Command command) {
    final int envelope = find(command);
    if (envelope == 0) {
      return Code.ENVELOPE_UNKNOWN;
    }
    if (envelopes.state(envelope) != EnvelopeState.DRAFT) {
      return wrongState(envelope);
    }
    if (envelopes.get(envelope, Envelopes.ADDED)
            != envelopes.get(envelope, Envelopes.DECLARED_COUNT)
        || envelopes.get(envelope, Envelopes.ADDED_TOTAL)
            != envelopes.get(envelope, Envelopes.DECLARED_TOTAL)) {
      return Code.ENVELOPE_INCOMPLETE;
    }
    envelopes.state(envelope, EnvelopeState.SEALED);
    envelopes.set(envelope, Envelopes.SEALER, command.signer);
    return changed(command, envelope);
  }

  private Code approve(final Command command) {
    final int envelope = find(command);
    if (envelope == 0) {
      return Code.ENVELOPE_UNKNOWN;
    }
    if (envelopes.intAt(envelope, Envelopes.CREATOR) == command.signer
        || (envelopes.state(envelope) != EnvelopeState.DRAFT
            && envelopes.intAt(envelope, Envelopes.SEALER) == command.signer)
        || envelopes.hasApproved(envelope, command.signer)) {
      answerState(envelope);
      return Code.OPERATOR_NOT_INDEPENDENT;
    }
    if (envelopes.state(envelope) != EnvelopeState.SEALED) {
      return wrongState(envelope);
    }
    final int at = command.block + ApproveEnvelopeDecoder.envelopeHashEncodingOffset();
    for (int i = 0; i < 4; i++) {
      if (command.longAt(at + i * Long.BYTES) != envelopes.get(envelope, Envelopes.HASH + i)) {
        return Code.ENVELOPE_HASH;
      }
    }
    final int approvals = envelopes.intAt(envelope, Envelopes.APPROVALS);
    envelopes.set(envelope, Envelopes.APPROVERS + approvals, command.signer);
    envelopes.add(envelope, Envelopes.APPROVALS, 1);
    if (approvals + 1 >= approvalsRequired(envelope)) {
      envelopes.state(envelope, EnvelopeState.APPROVED);
    }
    return changed(command, envelope);
  }

  private int approvalsRequired(final int envelope) {
    final int own =
        programmes.intAt(envelopes.intAt(envelope, Envelopes.PROGRAMME), Programmes.APPROVALS);
    return own == 0 ? core.settings.count(Parameter.APPROVALS_REQUIRED) : own;
  }

  private Code release(final Command command) {
    final int envelope = find(command);
    if (envelope == 0) {
      return Code.ENVELOPE_UNKNOWN;
    }
    final EnvelopeState state = envelopes.state(envelope);
    final int programme = envelopes.intAt(envelope, Envelopes.PROGRAMME);
    final long total = envelopes.get(envelope, Envelopes.ADDED_TOTAL);
    final boolean resumes = state == EnvelopeState.PAUSED;
    refusal
        .begin()
        .when(!isPayerActive(programme), Code.PARTICIPANT_NOT_ACTIVE)
        .when(state != EnvelopeState.APPROVED && !resumes, Code.ENVELOPE_STATE)
        .when(
            !resumes && !programmes.isWithinFiscalPeriod(programme, command.timeMs),
            Code.PROGRAMME_NOT_ACTIVE);
    if (state == EnvelopeState.APPROVED) {
      refusal.add(funds.checkCommit(programme, total));
    }
    if (!refusal.isOk()) {
      answerState(envelope);
      return refusal.code();
    }
    if (!resumes) {
      funds.commit(programme, total);
    }
    envelopes.state(envelope, EnvelopeState.RELEASED);
    if (envelopes.intAt(envelope, Envelopes.FIRST_READY) != 0) {
      envelopes.plan(envelope, command.timeMs, command.sequence);
    }
    return changed(command, envelope);
  }

  private boolean isPayerActive(final int programme) {
    return core.participants.isActive(
        core.participants.find(programmes.intAt(programme, Programmes.PAYING_PARTICIPANT)));
  }

  private Code pause(final Command command) {
    final int envelope = find(command);
    if (envelope == 0) {
      return Code.ENVELOPE_UNKNOWN;
    }
    if (envelopes.state(envelope) != EnvelopeState.RELEASED) {
      return wrongState(envelope);
    }
    envelopes.state(envelope, EnvelopeState.PAUSED);
    envelopes.plan(envelope, 0, 0);
    return changed(command, envelope);
  }

  private Code cancel(final Command command) {
    final int envelope = find(command);
    if (envelope == 0) {
      return Code.ENVELOPE_UNKNOWN;
    }
    final EnvelopeState state = envelopes.state(envelope);
    if (state != EnvelopeState.DRAFT
        && state != EnvelopeState.SEALED
        && state != EnvelopeState.APPROVED) {
      return wrongState(envelope);
    }
    envelopes.state(envelope, EnvelopeState.CANCELLED);
    cycles.finished(envelopes.intAt(envelope, Envelopes.CYCLE_HANDLE));
    // Its lines give up what they have taken, a few per command.
    envelopes.plan(envelope, command.timeMs, command.sequence);
    return changed(command, envelope);
  }

  private Code wrongState(final int envelope) {
    answerState(envelope);
    return Code.ENVELOPE_STATE;
  }

  private void answerState(final int envelope) {
    core.answer.state = envelopes.state(envelope).value();
  }

  private Code changed(final Command command, final int envelope) {
    envelopes.set(envelope, Envelopes.SIGNER, Integer.toUnsignedLong(command.signer));
    changes.envelope(envelope);
    answerState(envelope);
    core.answer.value = envelopes.get(envelope, Envelopes.APPROVALS);
    core.answer.digest(
        envelopes.get(envelope, Envelopes.HASH),
        envelopes.get(envelope, Envelopes.HASH + 1),
        envelopes.get(envelope, Envelopes.HASH + 2),
        envelopes.get(envelope, Envelopes.HASH + 3));
    return Code.OK;
  }
}
