package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.identity.Aliases;
import org.civicswitch.identity.Token;
import org.civicswitch.memory.Hash;

/**
 * What envelopes do by themselves, a bounded number of lines before each command: released ones
 * send their lines, cancelled ones give up what their lines have taken, and those long over forget
 * their lines.
 *
 * <p>No more lines of an envelope are under way than {@code LINES_UNDER_WAY}: banks that answer
 * slower than the engine sends would otherwise let those at the end of their queue expire. Each
 * answer lets the next one go ({@link LineOutcomes}). A bank that never answers keeps its places
 * until its lines expire, and slows the others down until then; suspend it to send it nothing.
 *
 * <p>A person's status, verdict and alias are looked at again when the line is sent. Who may not be
 * paid now is held; what cannot be paid at all is rejected.
 */
final class Disbursing implements DueWork {
  /** When nothing could be done for want of room, how long until the next attempt. */
  private static final long AGAIN_MS = 1000;

  /** The most that one line can put out: a payment with its payload. */
  private static final int BYTES_PER_LINE = 68 * 1024;

  private final Core core;
  private final Benefits benefits;
  private final Programmes programmes;
  private final Envelopes envelopes;
  private final Lines lines;
  private final PaymentTerms terms = new PaymentTerms();
  private final Token subjectToken = new Token();
  private final Token alias = new Token();

  Disbursing(final Core core, final Benefits benefits) {
    this.core = core;
    this.benefits = benefits;
    programmes = benefits.programmes;
    envelopes = benefits.envelopes;
    lines = benefits.lines;
  }

  @Override
  public long nextDueMs() {
    return envelopes.nextWorkMs();
  }

  @Override
  public void step(final long nowMs) {
    int left = core.settings.count(Parameter.LINES_PER_STEP);
    while (left > 0 && envelopes.nextWorkMs() <= nowMs) {
      final int envelope = envelopes.nextWork();
      final EnvelopeState state = envelopes.state(envelope);
      if (state == EnvelopeState.RELEASED) {
        left = send(envelope, left, nowMs);
      } else {
        left = forget(envelope, left, nowMs, state == EnvelopeState.CANCELLED);
      }
      // Also to find that there is nothing to do for an envelope is a piece of work.
      left--;
    }
  }

  private void again(final int envelope, final long nowMs) {
    envelopes.plan(envelope, nowMs + AGAIN_MS, envelopes.get(envelope, Envelopes.WORK_SEQUENCE));
  }

  /** Sends lines of one envelope; returns how many more may be sent in this step. */
  private int send(final int envelope, final int most, final long nowMs) {
    final int programme = envelopes.intAt(envelope, Envelopes.PROGRAMME);
    final int payer =
        core.participants.find(programmes.intAt(programme, Programmes.PAYING_PARTICIPANT));
    if (!core.participants.isActive(payer)) {
      again(envelope, nowMs);
      return most;
    }
    final int window = core.settings.count(Parameter.LINES_UNDER_WAY);
    int left = most;
    while (left > 0) {
      final int line = envelopes.intAt(envelope, Envelopes.FIRST_READY);
      if (line == 0 || envelopes.get(envelope, Envelopes.UNDER_WAY) >= window) {
        envelopes.plan(envelope, 0, 0);
        return left;
      }
      if (!core.feed.hasRoomForDueWork(BYTES_PER_LINE)) {
        return 0;
      }
      final Code unfit = benefits.waiting.check(lines.subject(line), programme);
      if (unfit != Code.OK) {
        benefits.waiting.hold(line, unfit);
      } else if (!send(envelope, programme, line)) {
        again(envelope, nowMs);
        return left;
      }
      left--;
    }
    return 0;
  }

  /** Sends one line, or rejects it; false when there is no room for it now. */
  private boolean send(final int envelope, final int programme, final int line) {
    readTerms(envelope, programme, line);
    final Code code = checkTerms(line);
    if (code == Code.CAPACITY) {
      return false;
    }
    leaveQueues(line);
    benefits.changes.envelope(envelope);
    lines.creditorAgent(line, terms.creditorAgent);
    if (code == Code.OK) {
      lines.state(line, PaymentState.RESERVED);
      lines.payment(line, core.payments.make(terms));
      lines.set(
          line,
          Lines.AUTHORITY_PENDING,
          benefits.funds.reserveAuthority(programme, terms.amount, core.scalars.sequence()));
      envelopes.add(envelope, Envelopes.SENT, 1);
      envelopes.add(envelope, Envelopes.UNDER_WAY, 1);
    } else {
      core.paymentEvents.refused(terms, code);
      lines.state(line, PaymentState.REJECTED);
      envelopes.add(envelope, Envelopes.REJECTED, 1);
      benefits.freeEntitlement(line);
    }
    return true;
  }

  private void leaveQueues(final int line) {
    lines.removeReady(line);
    lines.removeFromSubject(line);
    benefits.details.release(lines.details(line));
    lines.details(line, 0);
  }

  private void readTerms(final int envelope, final int programme, final int line) {
    final LineDetails details = benefits.details.load(lines.details(line));
    terms.keyHi = lines.keyHi(line);
    terms.keyLo = lines.keyLo(line);
    terms.debtorAgent = programmes.intAt(programme, Programmes.PAYING_PARTICIPANT);
    terms.creditorAgent = lines.creditorAgent(line);
    terms.asset = programmes.intAt(programme, Programmes.CASH_ASSET);
    terms.amount = lines.amount(line);
    terms.createdMs = core.scalars.timeMs();
    terms.deadlineMs =
        core.scalars.timeMs()
            + core.payments.timeoutMs(envelopes.get(envelope, Envelopes.TIMEOUT_MS));
    terms.scheme = envelopes.intAt(envelope, Envelopes.SCHEME);
    terms.model = SettlementModel.PREFUNDED_GROSS.value();
    terms.mode = PaymentMode.TWO_PHASE.value();
    terms.valueDate = envelopes.intAt(envelope, Envelopes.VALUE_DATE);
    terms.connection = 0;
    terms.debtorPosition = 0;
    terms.debtorAccount = benefits.funds.committedCash(programme);
    terms.envelopeHi = envelopes.get(envelope, Envelopes.ID_HI);
    terms.envelopeLo = envelopes.get(envelope, Envelopes.ID_LO);
    terms.line = lines.number(line);
    terms.lineHandle = line;
    terms.aliasA = details.alias(0);
    terms.aliasB = details.alias(1);
    terms.aliasC = details.alias(2);
    terms.aliasD = details.alias(3);
    terms.digestA = details.digest(0);
    terms.digestB = details.digest(1);
    terms.digestC = details.digest(2);
    terms.digestD = details.digest(3);
    terms.payload = details.buffer();
    terms.payloadAt = details.payloadAt();
    terms.payloadLength = details.payloadLength();
    uetr(terms);
  }

  /**
   * A UUID of version 4 in shape, from envelope and line under the configured seed: the same at
   * every replay, and not to be guessed by those who do not know the seed.
   */
  private void uetr(final PaymentTerms t) {
    final long seedHi = core.settings.get(Parameter.HASH_SEED_HI);
    final long seedLo = core.settings.get(Parameter.HASH_SEED_LO);
    long hi = Hash.mix(Hash.mix(Hash.mix(t.envelopeHi ^ seedHi) ^ t.envelopeLo) ^ t.line);
    long lo = Hash.mix(Hash.mix(Hash.mix(t.envelopeLo ^ seedLo) ^ hi) ^ t.envelopeHi);
    hi = Hash.mix(hi ^ seedLo ^ lo);
    t.uetrHi = (hi & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    t.uetrLo = (lo & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
  }

  private Code checkTerms(final int line) {
    if (!benefits.funds.hasRoomForLine() || !core.remembered.hasRoom()) {
      return Code.CAPACITY;
    }
    if (terms.creditorAgent == 0) {
      final Aliases aliases = core.identity.aliases();
      final int handle = aliases.find(benefits.details.alias(alias));
      core.identity.subjects().token(lines.subject(line), subjectToken);
      final Code code =
          Precedence.of(aliases.check(handle, benefits.details.aliasVersion(), subjectToken));
      if (code != Code.OK) {
        return code;
      }
      terms.creditorAgent = aliases.participant(handle);
    }
    final int creditor = core.participants.find(terms.creditorAgent);
    if (!core.participants.isActive(creditor)) {
      return Code.CREDITOR_AGENT_NOT_ACTIVE;
    }
    terms.creditorPosition = core.positions.find(terms.creditorAgent, terms.asset);
    if (terms.creditorPosition == 0) {
      return Code.ACCOUNT_UNKNOWN;
    }
    terms.creditorAccount = core.positions.account(terms.creditorPosition);
    return core.payments.check(terms);
  }

  /** Forgets lines of an envelope that is over; returns how many more may be done in this step. */
  private int forget(
      final int envelope, final int most, final long nowMs, final boolean cancelled) {
    int left = most;
    while (left > 0) {
      final int line = envelopes.intAt(envelope, Envelopes.FIRST_LINE);
      if (line == 0) {
        envelopes.plan(envelope, 0, 0);
        return left;
      }
      if (lines.payment(line) != 0) {
        // Its payment is still known and points here.
        again(envelope, nowMs);
        return left;
      }
      if (cancelled) {
        giveUp(line);
      } else if (lines.taken(line) != 0) {
        benefits.entitlements.forgetLine(lines.taken(line));
      }
      lines.releaseFirst(envelope);
      left--;
    }
    return 0;
  }

  private void giveUp(final int line) {
    if (lines.state(line) == PaymentState.READY) {
      lines.removeReady(line);
    }
    lines.removeFromSubject(line);
    benefits.details.release(lines.details(line));
    benefits.freeEntitlement(line);
  }
}
