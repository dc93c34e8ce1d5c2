package org.civicswitch.core.engine;

import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.core.protocol.ActivateVersionEncoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.ChangeOperatorEncoder;
import org.civicswitch.core.protocol.CloseWindowEncoder;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.QuarantineEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.ReturnPaymentEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SignedByEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;

/** Encodes commands into byte arrays. Who sends and when is set beforehand. */
final class CommandBytes {
  final MessageHeaderEncoder header = new MessageHeaderEncoder();
  final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256 * 1024]);

  int participant;
  int connection;
  int signer;
  long seenSequence;
  long createdMs;
  long keyHi = 7;
  long keyLo;

  CommandBytes from(final int newParticipant, final int newConnection) {
    participant = newParticipant;
    connection = newConnection;
    return this;
  }

  void head(final HeadEncoder head) {
    head.participant(participant)
        .connection(connection)
        .keyHi(keyHi)
        .keyLo(keyLo)
        .createdMs(createdMs);
  }

  void signed(final SignedByEncoder by) {
    by.signer(signer).seenSequence(seenSequence);
  }

  byte[] bytes(final int encodedLength) {
    final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedLength];
    buffer.getBytes(0, bytes);
    buffer.setMemory(0, bytes.length, (byte) 0);
    return bytes;
  }

  byte[] pulse() {
    final PulseEncoder e = new PulseEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    return bytes(e.encodedLength());
  }

  byte[] configure(final Object... parametersAndValues) {
    final ConfigureEncoder e = new ConfigureEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    final ConfigureEncoder.SettingsEncoder g = e.settingsCount(parametersAndValues.length / 2);
    for (int i = 0; i < parametersAndValues.length; i += 2) {
      g.next()
          .parameter((Parameter) parametersAndValues[i])
          .value(((Number) parametersAndValues[i + 1]).longValue());
    }
    return bytes(e.encodedLength());
  }

  /** roles: bits of {@link Operators}. */
  byte[] registerOperator(final int operator, final int roles) {
    final RegisterOperatorEncoder e =
        new RegisterOperatorEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.newOperator(operator)
        .roles()
        .clear()
        .pLATFORM((roles & Operators.PLATFORM) != 0)
        .sETTLEMENT((roles & Operators.SETTLEMENT) != 0)
        .pROGRAMME((roles & Operators.PROGRAMME) != 0)
        .aPPROVER((roles & Operators.APPROVER) != 0)
        .iDENTITY((roles & Operators.IDENTITY) != 0)
        .bREAK_GLASS((roles & Operators.BREAK_GLASS) != 0);
    e.publicKey().a(operator);
    return bytes(e.encodedLength());
  }

  /** The key: its first word, or 0 for the one there is. */
  byte[] changeOperator(final int operator, final int roles, final long key) {
    final ChangeOperatorEncoder e =
        new ChangeOperatorEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.target(operator)
        .roles()
        .clear()
        .pLATFORM((roles & Operators.PLATFORM) != 0)
        .sETTLEMENT((roles & Operators.SETTLEMENT) != 0)
        .pROGRAMME((roles & Operators.PROGRAMME) != 0)
        .aPPROVER((roles & Operators.APPROVER) != 0)
        .iDENTITY((roles & Operators.IDENTITY) != 0)
        .bREAK_GLASS((roles & Operators.BREAK_GLASS) != 0);
    e.publicKey().a(key);
    return bytes(e.encodedLength());
  }

  byte[] quarantine(final long sequence, final int second) {
    final QuarantineEncoder e = new QuarantineEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.quarantinedSequence(sequence).second().signer(second);
    return bytes(e.encodedLength());
  }

  byte[] defineAsset(final int asset, final AssetKind kind, final String code) {
    final DefineAssetEncoder e = new DefineAssetEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.asset(asset).assetKind(kind).exponent((short) 2).moneyAsset(0).code(code);
    return bytes(e.encodedLength());
  }

  byte[] registerParticipant(final int number, final int settlement) {
    final RegisterParticipantEncoder e =
        new RegisterParticipantEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.newParticipant(number).settlementParticipant(settlement).code("P" + number).name("Bank");
    return bytes(e.encodedLength());
  }

  byte[] setStatus(final int target, final ParticipantStatus status) {
    final SetParticipantStatusEncoder e =
        new SetParticipantStatusEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.target(target).status(status);
    return bytes(e.encodedLength());
  }

  byte[] setLimit(final int target, final int asset, final long cap, final long paymentMax) {
    final SetParticipantLimitEncoder e =
        new SetParticipantLimitEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.target(target).asset(asset).netDebitCap(cap).paymentMax(paymentMax);
    return bytes(e.encodedLength());
  }

  byte[] registerConnection(final int number) {
    final RegisterConnectionEncoder e =
        new RegisterConnectionEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.newConnection(number).fingerprint().a(number).d(99);
    return bytes(e.encodedLength());
  }

  byte[] grant(final int target, final int forParticipant, final long low, final long high) {
    final GrantConnectionEncoder e =
        new GrantConnectionEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.target(target).forParticipant(forParticipant).kindsLow(low).kindsHigh(high);
    return bytes(e.encodedLength());
  }

  byte[] moveLiquidity(
      final int target,
      final int asset,
      final long amount,
      final LiquidityKind kind,
      final long reference) {
    final MoveLiquidityEncoder e = new MoveLiquidityEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.target(target).asset(asset).amount(amount).liquidityKind(kind).reference().lo(reference);
    e.putEvidence(new byte[] {1, 2, 3}, 0, 3);
    return bytes(e.encodedLength());
  }

  byte[] closeWindow(final int window) {
    final CloseWindowEncoder e = new CloseWindowEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.window(window);
    return bytes(e.encodedLength());
  }

  byte[] activateVersion(final int version) {
    final ActivateVersionEncoder e =
        new ActivateVersionEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    signed(e.signedBy());
    e.activeVersion(version);
    return bytes(e.encodedLength());
  }

  byte[] submit(final Payment... payments) {
    final SubmitPaymentEncoder e = new SubmitPaymentEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    final SubmitPaymentEncoder.PaymentsEncoder g = e.paymentsCount(payments.length);
    for (final Payment p : payments) {
      g.next().key().hi(p.keyHi).lo(p.keyLo);
      g.uetr().hi(p.uetrHi).lo(p.uetrLo);
      g.createdMs(p.createdMs == 0 ? createdMs : p.createdMs)
          .debtorAgent(p.from)
          .creditorAgent(p.to)
          .asset(p.asset)
          .mode(p.mode)
          .settlementModel(p.model)
          .scheme(p.scheme)
          .amount(p.amount)
          .timeoutMs(p.timeoutMs)
          .valueDate(p.valueDate)
          .contentDigest()
          .a(p.digest);
      g.alias().a(p.alias);
      g.verdict()
          .kind((short) p.verdictKind)
          .issuedMs(p.verdictIssuedMs)
          .validUntilMs(p.verdictUntilMs);
      g.putPayload(p.payload, 0, p.payload.length);
    }
    return bytes(e.encodedLength());
  }

  byte[] confirm(final long... uetrs) {
    return confirm(true, 0, uetrs);
  }

  byte[] confirm(final boolean accept, final int reason, final long... uetrs) {
    return confirm(g -> g.accept((short) (accept ? 1 : 0)).reason(reason), uetrs);
  }

  byte[] confirm(
      final Consumer<ConfirmPaymentEncoder.ConfirmationsEncoder> each, final long... uetrs) {
    final ConfirmPaymentEncoder e =
        new ConfirmPaymentEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    final ConfirmPaymentEncoder.ConfirmationsEncoder g = e.confirmationsCount(uetrs.length);
    for (final long uetr : uetrs) {
      g.next().uetr().hi(Payment.UETR_HI).lo(uetr);
      g.accept((short) 1).creditPending((short) 0).reserved(0).reason(0);
      each.accept(g);
    }
    return bytes(e.encodedLength());
  }

  byte[] giveBack(final long key, final long uetr, final long amount) {
    final ReturnPaymentEncoder e = new ReturnPaymentEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    final ReturnPaymentEncoder.ReturnsEncoder g = e.returnsCount(1).next();
    g.key().hi(55).lo(key);
    g.uetr().hi(Payment.UETR_HI).lo(uetr);
    g.createdMs(createdMs).amount(amount).reason(0x4D443036).contentDigest().a(5);
    g.putPayload(new byte[] {9}, 0, 1);
    return bytes(e.encodedLength());
  }

  byte[] acknowledge(final long cursor) {
    final AcknowledgeDeliveryEncoder e =
        new AcknowledgeDeliveryEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.cursor(cursor);
    return bytes(e.encodedLength());
  }

  byte[] query(final QueryKind kind, final int target, final int asset, final long uetr) {
    final QueryEncoder e = new QueryEncoder().wrapAndApplyHeader(buffer, 0, header);
    head(e.head());
    e.queryKind(kind).target(target).asset(asset).id().hi(Payment.UETR_HI).lo(uetr);
    return bytes(e.encodedLength());
  }

  /** One payment to be; its key and UETR follow from one number. */
  static final class Payment {
    static final long UETR_HI = 0x5555;

    long keyHi = 0x11;
    long keyLo;
    long uetrHi = UETR_HI;
    long uetrLo;
    long createdMs;
    int from;
    int to;
    int asset = EngineHarness.EUR;
    long amount;
    long timeoutMs;
    int scheme = 1;
    SettlementModel model = SettlementModel.PREFUNDED_GROSS;
    int valueDate = 20_000;
    long digest = 1;
    long alias;
    int verdictKind;
    long verdictIssuedMs;
    long verdictUntilMs;
    PaymentMode mode = PaymentMode.TWO_PHASE;
    byte[] payload = {42, 43};

    static Payment of(final long number, final int from, final int to, final long amount) {
      final Payment payment = new Payment();
      payment.keyLo = number;
      payment.uetrLo = number;
      payment.from = from;
      payment.to = to;
      payment.amount = amount;
      return payment;
    }

    Payment onePhase() {
      mode = PaymentMode.ONE_PHASE;
      return this;
    }

    Payment scheme(final int number) {
      scheme = number;
      return this;
    }

    Payment timeout(final long ms) {
      timeoutMs = ms;
      return this;
    }

    Payment created(final long ms) {
      createdMs = ms;
      return this;
    }

    Payment digest(final long value) {
      digest = value;
      return this;
    }
  }
}
