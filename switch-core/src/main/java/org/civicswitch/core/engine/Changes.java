package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.EnvelopeChangedEncoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ProgrammeChangedEncoder;

/**
 * Envelopes and programmes that the command at hand has changed. At its end each is said once, with
 * its numbers as they are then, envelopes first. An envelope whose last line was answered is closed
 * at that moment.
 */
final class Changes implements CommandEnd {
  private static final int BYTES_PER_PROGRAMME =
      MessageHeaderEncoder.ENCODED_LENGTH + ProgrammeChangedEncoder.BLOCK_LENGTH;

  /** An envelope may close, which changes its programme. */
  static final int BYTES_PER_ENVELOPE =
      MessageHeaderEncoder.ENCODED_LENGTH
          + EnvelopeChangedEncoder.BLOCK_LENGTH
          + BYTES_PER_PROGRAMME;

  private final Core core;
  private final Programmes programmes;
  private final Cycles cycles;
  private final Envelopes envelopes;
  private final EnvelopeChangedEncoder envelopeChanged = new EnvelopeChangedEncoder();
  private final ProgrammeChangedEncoder programmeChanged = new ProgrammeChangedEncoder();
  private ProgrammeFunds funds;
  private int[] changedEnvelopes = new int[64];
  private int envelopeCount;
  private int[] changedProgrammes = new int[64];
  private int programmeCount;

  Changes(
      final Core core,
      final Programmes programmes,
      final Cycles cycles,
      final Envelopes envelopes) {
    this.core = core;
    this.programmes = programmes;
    this.cycles = cycles;
    this.envelopes = envelopes;
  }

  void funds(final ProgrammeFunds programmeFunds) {
    funds = programmeFunds;
  }

  void envelope(final int envelope) {
    if (envelopes.get(envelope, Envelopes.CHANGED) == core.scalars.sequence()) {
      return;
    }
    envelopes.set(envelope, Envelopes.CHANGED, core.scalars.sequence());
    if (envelopeCount == changedEnvelopes.length) {
      changedEnvelopes = java.util.Arrays.copyOf(changedEnvelopes, envelopeCount * 2);
    }
    changedEnvelopes[envelopeCount++] = envelope;
    core.feed.promise(BYTES_PER_ENVELOPE);
  }

  void programme(final int programme) {
    if (programmes.get(programme, Programmes.CHANGED) == core.scalars.sequence()) {
      return;
    }
    programmes.set(programme, Programmes.CHANGED, core.scalars.sequence());
    if (programmeCount == changedProgrammes.length) {
      changedProgrammes = java.util.Arrays.copyOf(changedProgrammes, programmeCount * 2);
    }
    changedProgrammes[programmeCount++] = programme;
    core.feed.promise(BYTES_PER_PROGRAMME);
  }

  @Override
  public void endCommand() {
    for (int i = 0; i < envelopeCount; i++) {
      final int envelope = changedEnvelopes[i];
      if (envelopes.isPaying(envelope) && envelopes.isDone(envelope)) {
        close(envelope);
      }
      say(envelope);
    }
    envelopeCount = 0;
    for (int i = 0; i < programmeCount; i++) {
      sayProgramme(changedProgrammes[i]);
    }
    programmeCount = 0;
  }

  private void close(final int envelope) {
    funds.release(
        envelopes.intAt(envelope, Envelopes.PROGRAMME),
        envelopes.get(envelope, Envelopes.ADDED_TOTAL)
            - envelopes.get(envelope, Envelopes.SETTLED_TOTAL));
    envelopes.state(envelope, EnvelopeState.CLOSED);
    cycles.finished(envelopes.intAt(envelope, Envelopes.CYCLE_HANDLE));
    envelopes.plan(
        envelope,
        core.scalars.timeMs() + core.settings.get(Parameter.PAYMENT_RETENTION_MS) + 1,
        core.scalars.sequence());
  }

  private void say(final int envelope) {
    final Feed feed = core.feed;
    envelopeChanged.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(envelopeChanged.at());
    envelopeChanged
        .envelope()
        .hi(envelopes.get(envelope, Envelopes.ID_HI))
        .lo(envelopes.get(envelope, Envelopes.ID_LO));
    envelopeChanged
        .programme(
            programmes.get(envelopes.intAt(envelope, Envelopes.PROGRAMME), Programmes.NUMBER))
        .cycle(envelopes.get(envelope, Envelopes.CYCLE))
        .state(envelopes.state(envelope))
        .declaredCount(envelopes.get(envelope, Envelopes.DECLARED_COUNT))
        .declaredTotal(envelopes.get(envelope, Envelopes.DECLARED_TOTAL))
        .added(envelopes.get(envelope, Envelopes.ADDED))
        .addedTotal(envelopes.get(envelope, Envelopes.ADDED_TOTAL))
        .sent(envelopes.get(envelope, Envelopes.SENT))
        .settled(envelopes.get(envelope, Envelopes.SETTLED))
        .settledTotal(envelopes.get(envelope, Envelopes.SETTLED_TOTAL))
        .rejected(envelopes.get(envelope, Envelopes.REJECTED))
        .expired(envelopes.get(envelope, Envelopes.EXPIRED))
        .held(envelopes.get(envelope, Envelopes.HELD))
        .returned(envelopes.get(envelope, Envelopes.RETURNED))
        .approvals(envelopes.get(envelope, Envelopes.APPROVALS))
        .signer(envelopes.get(envelope, Envelopes.SIGNER));
    Words.copy(envelopes.records(), envelope, Envelopes.HASH, envelopeChanged.envelopeHash());
    feed.commit(envelopeChanged.encodedLength());
  }

  private void sayProgramme(final int programme) {
    final Feed feed = core.feed;
    programmeChanged.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(programmeChanged.at());
    programmeChanged
        .programme(programmes.get(programme, Programmes.NUMBER))
        .payingParticipant(programmes.get(programme, Programmes.PAYING_PARTICIPANT))
        .cashAsset(programmes.get(programme, Programmes.CASH_ASSET))
        .authorityAsset(programmes.get(programme, Programmes.AUTHORITY_ASSET))
        .cash(funds.cash(programme))
        .authority(funds.authority(programme))
        .spent(funds.spent(programme))
        .voucherReserve(funds.voucherReserve(programme))
        .committed(funds.committed(programme));
    final int code = programmeChanged.offset() + ProgrammeChangedEncoder.codeEncodingOffset();
    for (int i = 0; i < 2; i++) {
      feed.buffer()
          .putLong(
              code + i * Long.BYTES,
              programmes.get(programme, Programmes.CODE + i),
              ProgrammeChangedEncoder.BYTE_ORDER);
    }
    feed.commit(programmeChanged.encodedLength());
  }
}
