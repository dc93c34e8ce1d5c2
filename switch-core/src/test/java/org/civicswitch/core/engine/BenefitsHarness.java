package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AddDisbursementsEncoder;
import org.civicswitch.core.protocol.ApproveEnvelopeEncoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.CancelEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelVoucherEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.CreateEnvelopeEncoder;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.IssueVoucherEncoder;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LinkAliasEncoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PauseEnvelopeEncoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.protocol.RecordVerdictEncoder;
import org.civicswitch.core.protocol.RedeemVoucherEncoder;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterMerchantEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeEncoder;
import org.civicswitch.core.protocol.ReturnPaymentEncoder;
import org.civicswitch.core.protocol.SealEnvelopeEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SignedByEncoder;
import org.civicswitch.core.protocol.VerdictEncoder;

/** A small world with a programme, and the commands of benefits in one line each. */
final class BenefitsHarness implements Output {
  static final int EUR = 978;
  static final int AUTHORITY = 1_000_978;
  static final int FOOD = 2_000_978;
  static final int ALPHA = 101;
  static final int BRAVO = 102;
  static final int TREASURY = 106;
  static final int REGISTRY = 201;
  static final int PROGRAMME = 301;
  static final int MAKER = 2;
  static final int CHECKER = 3;
  static final int GROCER = 401;
  static final int BOOKSHOP = 402;
  static final int GROCERIES = 5411;
  static final long START_MS = 1_800_000_000_000L;
  static final int FISCAL_END = (int) (START_MS / 86_400_000L) + 10;

  final SwitchEngine engine = new SwitchEngine();
  final List<byte[]> log = new ArrayList<>();
  final List<Long> times = new ArrayList<>();
  final List<byte[]> events = new ArrayList<>();
  long nowMs = START_MS;
  int signer;
  int participant;
  int connection;
  private long key;
  private byte[] outcome;
  private final UnsafeBuffer out = new UnsafeBuffer(new byte[2 * MAX_COMMAND_BYTES]);
  private int position;
  private final UnsafeBuffer in = new UnsafeBuffer(new byte[64 * 1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  @Override
  public MutableDirectBuffer buffer() {
    return out;
  }

  @Override
  public int offset() {
    return position;
  }

  @Override
  public void outcome(final int length) {
    outcome = take(length);
  }

  @Override
  public void event(final int length) {
    events.add(take(length));
  }

  private byte[] take(final int length) {
    final byte[] bytes = new byte[length];
    out.getBytes(position, bytes);
    position += length;
    return bytes;
  }

  // ---- sending

  private Code send(final int encodedLength) {
    final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedLength];
    in.getBytes(0, bytes);
    return send(bytes, nowMs);
  }

  Code send(final byte[] bytes, final long timeMs) {
    log.add(bytes);
    times.add(timeMs);
    events.clear();
    position = 0;
    engine.apply(engine.sequence() + 1, timeMs, new UnsafeBuffer(bytes), 0, bytes.length, this);
    final OutcomeDecoder decoder = outcome();
    if (decoder.code() == Code.OK) {
      for (final OutcomeDecoder.ItemsDecoder item : decoder.items()) {
        return item.code();
      }
    }
    return decoder.code();
  }

  OutcomeDecoder outcome() {
    return new OutcomeDecoder()
        .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
  }

  List<Code> itemCodes() {
    final List<Code> codes = new ArrayList<>();
    outcome().items().forEachRemaining(item -> codes.add(item.code()));
    return codes;
  }

  private void head(final HeadEncoder head) {
    key++;
    head.participant(participant).connection(connection).keyHi(1).keyLo(key).createdMs(nowMs);
  }

  private void signed(final SignedByEncoder by) {
    by.signer(signer).reserved(0).seenSequence(engine.sequence());
    for (int i = 0; i < 64; i++) {
      by.signature(i, (short) 0);
    }
  }

  BenefitsHarness as(final int who, final int over, final int operator) {
    participant = who;
    connection = over;
    signer = operator;
    return this;
  }

  BenefitsHarness office(final int operator) {
    return as(TREASURY, 9, operator);
  }

  BenefitsHarness bank(final int number) {
    return as(number, number, 0);
  }

  private static void token(final DigestEncoder d, final long of) {
    d.a(of).b(0).c(0).d(of == 0 ? 0 : 1);
  }

  private void verdict(final VerdictEncoder v, final int kind, final long evidence) {
    v.kind((short) kind)
        .assurance((short) 3)
        .reserved(0)
        .issuer(1)
        .verifier(1)
        .reserved2(0)
        .issuedMs(nowMs - 1)
        .validUntilMs(nowMs + 20L * 86_400_000L);
    token(v.evidence(), evidence);
  }

  // ---- the events of the last command

  List<Integer> eventKinds() {
    final List<Integer> kinds = new ArrayList<>();
    for (final byte[] event : events) {
      kinds.add(new MessageHeaderDecoder().wrap(new UnsafeBuffer(event), 0).templateId());
    }
    return kinds;
  }

  /** The last of its kind. */
  UnsafeBuffer lastEvent(final int template) {
    return new UnsafeBuffer(events.get(eventKinds().lastIndexOf(template)));
  }

  EnvelopeChangedDecoder envelopeChanged() {
    return new EnvelopeChangedDecoder()
        .wrapAndApplyHeader(
            lastEvent(EnvelopeChangedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
  }

  ProgrammeChangedDecoder programmeChanged() {
    return new ProgrammeChangedDecoder()
        .wrapAndApplyHeader(
            lastEvent(ProgrammeChangedDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
  }

  List<PaymentReservedDecoder> reserved() {
    final List<PaymentReservedDecoder> list = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (eventKinds().get(i) == PaymentReservedDecoder.TEMPLATE_ID) {
        list.add(
            new PaymentReservedDecoder()
                .wrapAndApplyHeader(
                    new UnsafeBuffer(events.get(i)), 0, new MessageHeaderDecoder()));
      }
    }
    return list;
  }

  // ---- the world

  BenefitsHarness genesis() {
    as(0, 0, 0);
    asset(EUR, AssetKind.CURRENCY, 0);
    asset(AUTHORITY, AssetKind.BUDGET_AUTHORITY, 0);
    asset(FOOD, AssetKind.VOUCHER, EUR);
    for (final int number : new int[] {ALPHA, BRAVO, TREASURY, REGISTRY}) {
      final RegisterParticipantEncoder r =
          new RegisterParticipantEncoder().wrapAndApplyHeader(in, 0, header);
      head(r.head());
      signed(r.signedBy());
      ok(r.newParticipant(number).settlementParticipant(0).code("P").name("P").encodedLength());
      status(number, ParticipantStatus.ACTIVE);
      connect(number, number);
    }
    connect(9, 0);
    grant(9, TREASURY);
    for (final int number : new int[] {ALPHA, BRAVO}) {
      final SetParticipantLimitEncoder l =
          new SetParticipantLimitEncoder().wrapAndApplyHeader(in, 0, header);
      head(l.head());
      signed(l.signedBy());
      ok(l.target(number).asset(EUR).netDebitCap(0).paymentMax(0).encodedLength());
    }
    final CreateProgrammeEncoder p = new CreateProgrammeEncoder().wrapAndApplyHeader(in, 0, header);
    head(p.head());
    signed(p.signedBy());
    ok(
        p.programme(PROGRAMME)
            .payingParticipant(TREASURY)
            .cashAsset(EUR)
            .authorityAsset(AUTHORITY)
            .fiscalEnd(FISCAL_END)
            .assuranceMin((short) 2)
            .approvals((short) 1)
            .code("GRANT")
            .encodedLength());
    merchant(GROCER, ALPHA, GROCERIES);
    merchant(BOOKSHOP, BRAVO, 5942);
    operator(1, 31);
    operator(MAKER, Operators.PROGRAMME | Operators.APPROVER | Operators.IDENTITY);
    operator(CHECKER, Operators.PROGRAMME | Operators.APPROVER);
    return this;
  }

  private void ok(final int encodedLength) {
    final Code code = send(encodedLength);
    if (code != Code.OK) {
      throw new AssertionError("refused: " + code);
    }
  }

  private void asset(final int number, final AssetKind kind, final int money) {
    final DefineAssetEncoder e = new DefineAssetEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.asset(number).assetKind(kind).exponent((short) 2).moneyAsset(money).code("A");
    e.rules().clear();
    ok(e.encodedLength());
  }

  Code status(final int number, final ParticipantStatus status) {
    final SetParticipantStatusEncoder e =
        new SetParticipantStatusEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    return send(e.target(number).status(status).encodedLength());
  }

  private void connect(final int number, final int participantNumber) {
    final RegisterConnectionEncoder e =
        new RegisterConnectionEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    token(e.newConnection(number).fingerprint(), number);
    ok(e.encodedLength());
    grant(number, participantNumber);
  }

  private void grant(final int number, final int participantNumber) {
    final GrantConnectionEncoder e = new GrantConnectionEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    ok(
        e.target(number)
            .forParticipant(participantNumber)
            .kindsLow(-1)
            .kindsHigh(-1)
            .encodedLength());
  }

  private void operator(final int number, final int roles) {
    final RegisterOperatorEncoder e =
        new RegisterOperatorEncoder().wrapAndApplyHeader(in, 0, header);
    if (number > 1) {
      as(0, 9, 1);
    }
    head(e.head());
    signed(e.signedBy());
    e.newOperator(number);
    in.putShort(e.offset() + RegisterOperatorEncoder.rolesEncodingOffset(), (short) roles);
    token(e.publicKey(), number);
    ok(e.encodedLength());
  }

  private void merchant(final int number, final int at, final int category) {
    final RegisterMerchantEncoder e =
        new RegisterMerchantEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    ok(e.merchant(number).atParticipant(at).category(category).encodedLength());
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
    bank(at);
    final LinkAliasEncoder e = new LinkAliasEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    token(e.alias(), alias);
    token(e.owner(), owner);
    e.atParticipant(at);
    verdict(e.verdict(), VerdictKinds.BANK_ATTESTED, 1);
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

  // ---- money

  ProgrammeFunds funds() {
    return engine.core().benefits.funds;
  }

  int programme() {
    return engine.core().benefits.programmes.find(PROGRAMME);
  }

  long cash() {
    return funds().cash(programme());
  }

  long authority() {
    return funds().authority(programme());
  }

  long balance(final int participantNumber) {
    final Core core = engine.core();
    final int at = core.positions.find(participantNumber, EUR);
    return core.positions.creditsPosted(at) - core.positions.debitsPosted(at);
  }
}
