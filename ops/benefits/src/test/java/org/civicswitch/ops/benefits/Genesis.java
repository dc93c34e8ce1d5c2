package org.civicswitch.ops.benefits;

import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterMerchantEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.client.Sender;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/** The commands that make a small world: two banks, a treasury with a programme, a registry. */
final class Genesis {
  static final int EUR = 978;
  static final int AUTHORITY = 1_000_978;
  static final int FOOD = 2_000_978;
  static final int ALPHA = 101;
  static final int BRAVO = 102;
  static final int TREASURY = 106;
  static final int REGISTRY = 201;
  static final int OFFICE = 2;
  static final int ENROLMENT = 3;
  static final int PROGRAMME = 301;
  static final int GROCER = 401;
  static final int BOOKSHOP = 402;
  static final int GROCERIES = 5411;
  private static final long ANY = -1L >>> 1;

  private final Sender sender;
  private final long nowMs;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private MutableDirectBuffer buffer = OfficeCommands.room();
  private long key;

  Genesis(final Sender sender, final long nowMs) {
    this.sender = sender;
    this.nowMs = nowMs;
  }

  void make(final OperatorSigner maker, final OperatorSigner checker) {
    asset(EUR, AssetKind.CURRENCY, 0, "EUR");
    asset(AUTHORITY, AssetKind.BUDGET_AUTHORITY, EUR, "EUR-BUDGET");
    asset(FOOD, AssetKind.VOUCHER, EUR, "FOOD");
    participant(ALPHA, "ALPHXX2A");
    participant(BRAVO, "BRAVXX2A");
    participant(TREASURY, "TRSYXX2A");
    participant(REGISTRY, "CIVREG");
    connection(ALPHA, ALPHA);
    connection(BRAVO, BRAVO);
    connection(REGISTRY, REGISTRY);
    connection(OFFICE, TREASURY);
    connection(ENROLMENT, TREASURY);
    programme();
    merchant(GROCER, ALPHA, GROCERIES);
    merchant(BOOKSHOP, BRAVO, 5942);
    operator(maker, true);
    operator(checker, false);
  }

  private void head(final HeadEncoder head) {
    head.participant(0).connection(0).keyHi(7).keyLo(++key).createdMs(nowMs);
  }

  private void send(final int length) {
    final byte[] command = OfficeCommands.bytes(buffer, length);
    final var outcome = sender.call(command);
    if (!outcome.ok()) {
      throw new AssertionError("genesis command " + key + ": " + outcome.code());
    }
    buffer = OfficeCommands.room();
  }

  private void asset(final int number, final AssetKind kind, final int money, final String code) {
    final DefineAssetEncoder e = new DefineAssetEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.asset(number).assetKind(kind).exponent((short) 2).moneyAsset(money);
    e.rules().clear().expires(kind == AssetKind.VOUCHER).purposeBound(kind == AssetKind.VOUCHER);
    e.code(code);
    send(e.encodedLength());
  }

  private void participant(final int number, final String code) {
    final RegisterParticipantEncoder e =
        new RegisterParticipantEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.newParticipant(number).settlementParticipant(0).code(code).name(code);
    send(e.encodedLength());
    final SetParticipantStatusEncoder s =
        new SetParticipantStatusEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(s.head());
    s.target(number).status(ParticipantStatus.ACTIVE);
    send(s.encodedLength());
    if (number != REGISTRY) {
      final SetParticipantLimitEncoder l =
          new SetParticipantLimitEncoder().wrapAndApplyHeader(buffer, 0, header);
      head(l.head());
      l.target(number).asset(EUR).netDebitCap(0).paymentMax(0);
      send(l.encodedLength());
    }
  }

  private void connection(final int number, final int forParticipant) {
    final RegisterConnectionEncoder e =
        new RegisterConnectionEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.newConnection(number);
    new Digest256(number, 0, 0, 1).put(e.fingerprint());
    send(e.encodedLength());
    final GrantConnectionEncoder g =
        new GrantConnectionEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(g.head());
    g.target(number).forParticipant(forParticipant).kindsLow(ANY).kindsHigh(0);
    send(g.encodedLength());
  }

  private void programme() {
    final CreateProgrammeEncoder e =
        new CreateProgrammeEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.programme(PROGRAMME)
        .payingParticipant(TREASURY)
        .cashAsset(EUR)
        .authorityAsset(AUTHORITY)
        .fiscalEnd((int) (nowMs / 86_400_000) + 30)
        .assuranceMin((short) 2)
        .approvals((short) 1)
        .code("GRANT");
    send(e.encodedLength());
    final FundProgrammeEncoder f = new FundProgrammeEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(f.head());
    f.programme(PROGRAMME).authority(100_000_000_00L).cash(100_000_000_00L);
    f.reference().hi(7).lo(1);
    send(f.encodedLength());
  }

  private void merchant(final int number, final int at, final int category) {
    final RegisterMerchantEncoder e =
        new RegisterMerchantEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.merchant(number).atParticipant(at).category(category);
    send(e.encodedLength());
  }

  private void operator(final OperatorSigner operator, final boolean maker) {
    final RegisterOperatorEncoder e =
        new RegisterOperatorEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.newOperator(operator.operator());
    e.roles().clear().pROGRAMME(true).aPPROVER(!maker);
    operator.publicKey().put(e.publicKey());
    send(e.encodedLength());
  }
}
