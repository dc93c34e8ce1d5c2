package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AddDisbursementsEncoder;
import org.civicswitch.core.protocol.ApproveEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelVoucherEncoder;
import org.civicswitch.core.protocol.CloseCycleEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.CreateEnvelopeEncoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.IssueVoucherEncoder;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LinkAliasEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PauseEnvelopeEncoder;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.protocol.RecordVerdictEncoder;
import org.civicswitch.core.protocol.RedeemVoucherEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeEncoder;
import org.civicswitch.core.protocol.ReturnPaymentEncoder;
import org.civicswitch.core.protocol.SealEnvelopeEncoder;
import org.civicswitch.core.protocol.SetSubjectStatusEncoder;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.core.protocol.UnlinkAliasEncoder;

/** The commands of benefits in one line each. */
final class BenefitsHarness extends BenefitsWorld {
  @Override
  BenefitsHarness genesis() {
    super.genesis();
    return this;
  }

  // ---- commands

  Code configure(final Parameter parameter, final long value) {
    as(0, 9, 1);
    final ConfigureEncoder e = new ConfigureEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.settingsCount(1).next().parameter(parameter).value(value);
    return send(e.encodedLength());
  }

  Code pulse() {
    as(0, 0, 0);
    final PulseEncoder e = new PulseEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    return send(e.encodedLength());
  }

  Code fund(final long cash, final long authority, final long reference) {
    office(1);
    final FundProgrammeEncoder e = new FundProgrammeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.programme(PROGRAMME).authority(authority).cash(cash).reference().hi(5).lo(reference);
    return send(e.encodedLength());
  }

  Code register(final long subject) {
    bank(TREASURY);
    final RegisterSubjectEncoder e = new RegisterSubjectEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    final RegisterSubjectEncoder.SubjectsEncoder g = e.subjectsCount(1).next();
    g.key().hi(2).lo(++key);
    token(g.subject(), subject);
    return send(e.encodedLength());
  }

  Code verdict(final long subject, final long validMs) {
    bank(TREASURY);
    final RecordVerdictEncoder e = new RecordVerdictEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    final RecordVerdictEncoder.VerdictsEncoder g = e.verdictsCount(1).next();
    g.key().hi(2).lo(++key);
    token(g.subject(), subject);
    token(g.pairwise(), subject);
    g.mappingVersion(1);
    verdict(g.verdict(), VerdictKinds.STANDING, subject);
    g.verdict().validUntilMs(nowMs + validMs);
    return send(e.encodedLength());
  }

  void person(final long subject) {
    if (register(subject) != Code.OK || verdict(subject, 400L * 86_400_000L) != Code.OK) {
      throw new AssertionError("a person could not be enrolled");
    }
  }

  Code lifeEvent(final long subject, final LifeEventKind kind, final long id, final long of) {
    bank(REGISTRY);
    final RecordLifeEventEncoder e = new RecordLifeEventEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    e.head().keyHi(77).keyLo(id);
    token(e.subject(), subject);
    e.lifeEvent(kind).occurredOn(1).recordedMs(nowMs).reverses().hi(of == 0 ? 0 : 77).lo(of);
    token(e.evidence(), 9);
    return send(e.encodedLength());
  }

  Code link(final long alias, final long owner, final int at) {
    return link(alias, owner, at, VerdictKinds.TRANSACTIONAL);
  }

  Code link(final long alias, final long owner, final int at, final int verdictKind) {
    bank(at);
    final LinkAliasEncoder e = new LinkAliasEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    token(e.alias(), alias);
    token(e.owner(), owner);
    e.atParticipant(at);
    verdict(e.verdict(), verdictKind, 1_000_000 + key);
    e.putPayload(new byte[0], 0, 0);
    return send(e.encodedLength());
  }

  Code create(final long envelope, final int cycle, final int count, final long total) {
    office(MAKER);
    final CreateEnvelopeEncoder e = new CreateEnvelopeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.envelope().hi(8).lo(envelope);
    return send(
        e.programme(PROGRAMME)
            .cycle(cycle)
            .lineCount(count)
            .total(total)
            .scheme(1)
            .timeoutMs(10_000)
            .valueDate(1)
            .encodedLength());
  }

  /** One line: (person, entitlement, creditor agent, amount, alias). */
  record Line(long subject, int entitlement, int agent, long amount, long alias) {
    static Line of(final long subject, final int agent, final long amount) {
      return new Line(subject, 1, agent, amount, 0);
    }
  }

  Code add(final long envelope, final Line... lines) {
    bank(TREASURY);
    final AddDisbursementsEncoder e =
        new AddDisbursementsEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    e.envelope().hi(8).lo(envelope);
    final AddDisbursementsEncoder.LinesEncoder g = e.linesCount(lines.length);
    for (final Line line : lines) {
      g.next().key().hi(3).lo(++key);
      token(g.subject(), line.subject());
      g.entitlement(line.entitlement()).creditorAgent(line.agent()).amount(line.amount());
      token(g.alias(), line.alias());
      g.aliasVersion(line.alias() == 0 ? 0 : 1);
      token(g.contentDigest(), line.subject());
      g.putPayload(new byte[] {1, 2, 3}, 0, 3);
    }
    return send(e.encodedLength());
  }

  Code seal(final long envelope) {
    final SealEnvelopeEncoder e = new SealEnvelopeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.envelope().hi(8).lo(envelope);
    return send(e.encodedLength());
  }

  Code approve(final long envelope, final boolean rightHash) {
    final int handle = engine.core().benefits.envelopes.find(8, envelope);
    final ApproveEnvelopeEncoder e = new ApproveEnvelopeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.envelope().hi(8).lo(envelope);
    Words.copy(
        engine.core().benefits.envelopes.records(), handle, Envelopes.HASH, e.envelopeHash());
    if (!rightHash) {
      e.envelopeHash().a(e.envelopeHash().buffer().getLong(e.envelopeHash().offset()) ^ 1);
    }
    return send(e.encodedLength());
  }

  Code release(final long envelope) {
    office(MAKER);
    final ReleaseEnvelopeEncoder e = new ReleaseEnvelopeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.envelope().hi(8).lo(envelope);
    return send(e.encodedLength());
  }

  Code pause(final long envelope) {
    office(MAKER);
    final PauseEnvelopeEncoder e = new PauseEnvelopeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.envelope().hi(8).lo(envelope);
    return send(e.encodedLength());
  }

  Code cancel(final long envelope) {
    office(MAKER);
    final CancelEnvelopeEncoder e = new CancelEnvelopeEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.envelope().hi(8).lo(envelope);
    return send(e.encodedLength());
  }

  Code closeCycle(final int cycle) {
    office(CHECKER);
    return closeCycle(PROGRAMME, cycle);
  }

  Code closeCycle(final int programme, final int cycle) {
    final CloseCycleEncoder e = new CloseCycleEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    return send(e.programme(programme).cycle(cycle).encodedLength());
  }

  /** Seals, approves and releases. */
  Code run(final long envelope) {
    office(MAKER);
    final Code sealed = seal(envelope);
    if (sealed != Code.OK) {
      return sealed;
    }
    office(CHECKER);
    final Code approved = approve(envelope, true);
    return approved == Code.OK ? release(envelope) : approved;
  }

  Code confirm(final int agent, final long uetrHi, final long uetrLo, final boolean accept) {
    bank(agent);
    final ConfirmPaymentEncoder e = new ConfirmPaymentEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    final ConfirmPaymentEncoder.ConfirmationsEncoder g = e.confirmationsCount(1).next();
    g.uetr().hi(uetrHi).lo(uetrLo);
    g.accept((short) (accept ? 1 : 0)).creditPending((short) 0).reserved(0).reason(0);
    return send(e.encodedLength());
  }

  Code giveBack(final int agent, final long uetrHi, final long uetrLo, final long amount) {
    bank(agent);
    final ReturnPaymentEncoder e = new ReturnPaymentEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    final ReturnPaymentEncoder.ReturnsEncoder g = e.returnsCount(1).next();
    g.key().hi(4).lo(++key);
    g.uetr().hi(uetrHi).lo(uetrLo);
    g.createdMs(nowMs).amount(amount).reason(0);
    token(g.contentDigest(), 1);
    g.putPayload(new byte[0], 0, 0);
    return send(e.encodedLength());
  }

  Code issue(final long voucher, final long subject, final long amount, final long expiresMs) {
    office(MAKER);
    final IssueVoucherEncoder e = new IssueVoucherEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.voucher().hi(6).lo(voucher);
    e.programme(PROGRAMME).asset(FOOD).amount(amount).category(GROCERIES).expiresMs(expiresMs);
    token(e.subject(), subject);
    return send(e.encodedLength());
  }

  Code redeem(final long voucher, final int merchant, final long amount, final long evidence) {
    bank(merchant == BOOKSHOP ? BRAVO : ALPHA);
    final RedeemVoucherEncoder e = new RedeemVoucherEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    e.voucher().hi(6).lo(voucher);
    e.merchant(merchant).amount(amount);
    verdict(e.verdict(), VerdictKinds.TRANSACTIONAL, evidence);
    return send(e.encodedLength());
  }

  Code cancelVoucher(final long voucher) {
    office(MAKER);
    final CancelVoucherEncoder e = new CancelVoucherEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.voucher().hi(6).lo(voucher);
    return send(e.encodedLength());
  }

  Code setStatus(final long subject, final SubjectStatus status) {
    office(MAKER);
    final SetSubjectStatusEncoder e =
        new SetSubjectStatusEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    token(e.subject(), subject);
    token(e.evidence(), 9);
    return send(e.status(status).encodedLength());
  }

  /** By the owner when a verdict is given, else by the participant. */
  Code unlink(final long alias, final long owner, final int by, final boolean withVerdict) {
    bank(by);
    final UnlinkAliasEncoder e = new UnlinkAliasEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    token(e.alias(), alias);
    token(e.owner(), owner);
    verdict(
        e.verdict(), withVerdict ? VerdictKinds.TRANSACTIONAL : VerdictKinds.NONE, 1_000_000 + key);
    return send(e.encodedLength());
  }

  Code query(final QueryKind kind, final long idHi, final long idLo, final long tokenOf) {
    as(0, 9, 0);
    final QueryEncoder e = new QueryEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    e.queryKind(kind).target(0).asset(0).id().hi(idHi).lo(idLo);
    token(e.token(), tokenOf);
    return send(e.encodedLength());
  }
}
