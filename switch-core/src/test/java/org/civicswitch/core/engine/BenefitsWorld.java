package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterMerchantEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SignedByEncoder;
import org.civicswitch.core.protocol.VerdictEncoder;

/** A small world with a programme, an engine, and what came out of its last command. */
class BenefitsWorld implements Output {
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

  final SwitchEngine engine = new SwitchEngine(new AnySignature());
  final List<byte[]> log = new ArrayList<>();
  final List<Long> times = new ArrayList<>();
  final List<byte[]> events = new ArrayList<>();
  long nowMs = START_MS;
  int signer;
  int participant;
  int connection;
  long key;
  private byte[] outcome;
  private final UnsafeBuffer out = new UnsafeBuffer(new byte[2 * MAX_COMMAND_BYTES]);
  private int position;
  final UnsafeBuffer in = new UnsafeBuffer(new byte[64 * 1024]);
  final MessageHeaderEncoder header = new MessageHeaderEncoder();

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

  Code send(final int encodedLength) {
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

  void head(final HeadEncoder head) {
    key++;
    head.participant(participant).connection(connection).keyHi(1).keyLo(key).createdMs(nowMs);
  }

  void signed(final SignedByEncoder by) {
    by.signer(signer).reserved(0).seenSequence(engine.sequence());
    for (int i = 0; i < 64; i++) {
      by.signature(i, (short) 0);
    }
  }

  BenefitsWorld as(final int who, final int over, final int operator) {
    participant = who;
    connection = over;
    signer = operator;
    return this;
  }

  BenefitsWorld office(final int operator) {
    return as(TREASURY, 9, operator);
  }

  BenefitsWorld bank(final int number) {
    return as(number, number, 0);
  }

  static void token(final DigestEncoder d, final long of) {
    d.a(of).b(0).c(0).d(of == 0 ? 0 : 1);
  }

  void verdict(final VerdictEncoder v, final int kind, final long evidence) {
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

  BenefitsWorld genesis() {
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
    if (createProgramme(PROGRAMME, EUR, AUTHORITY) != Code.OK) {
      throw new AssertionError("no programme");
    }
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

  Code createProgramme(final int number, final int cash, final int authority) {
    final CreateProgrammeEncoder p = new CreateProgrammeEncoder().wrapAndApplyHeader(in, 0, header);
    head(p.head());
    signed(p.signedBy());
    return send(
        p.programme(number)
            .payingParticipant(TREASURY)
            .cashAsset(cash)
            .authorityAsset(authority)
            .fiscalEnd(FISCAL_END)
            .assuranceMin((short) 2)
            .approvals((short) 1)
            .code("GRANT")
            .encodedLength());
  }

  private void asset(final int number, final AssetKind kind, final int money) {
    asset(number, kind, money, 0);
  }

  /** rules: bits of the ledger's AssetRules. */
  void asset(final int number, final AssetKind kind, final int money, final int rules) {
    final DefineAssetEncoder e = new DefineAssetEncoder().wrapAndApplyHeader(in, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.asset(number).assetKind(kind).exponent((short) 2).moneyAsset(money).code("A");
    in.putShort(e.offset() + DefineAssetEncoder.rulesEncodingOffset(), (short) rules);
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

  void operator(final int number, final int roles) {
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
