package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.client.OutcomeCopy;

/** Fills a switch with two banks that have money and a connection each. */
final class SeededSwitch {
  static final int A = 101;
  static final int B = 102;
  static final String BIC_A = "AURBXX2A";
  static final String BIC_B = "BORBXX2A";
  private static final int EUR = 978;

  private final MemorySwitch target;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private long key;

  private SeededSwitch(MemorySwitch target) {
    this.target = target;
  }

  static void fill(MemorySwitch target, Digest256 certificateA, Digest256 certificateB) {
    final SeededSwitch seed = new SeededSwitch(target);
    final DefineAssetEncoder asset = new DefineAssetEncoder();
    asset.wrapAndApplyHeader(seed.buffer, 0, seed.header);
    seed.head(asset.head());
    asset.asset(EUR).assetKind(AssetKind.CURRENCY).exponent((short) 2).moneyAsset(0).code("EUR");
    asset.rules().clear();
    seed.send(asset.encodedLength());
    seed.bank(A, BIC_A, certificateA);
    seed.bank(B, BIC_B, certificateB);
  }

  private void bank(int number, String bic, Digest256 certificate) {
    final RegisterParticipantEncoder register = new RegisterParticipantEncoder();
    register.wrapAndApplyHeader(buffer, 0, header);
    head(register.head());
    register.newParticipant(number).settlementParticipant(0).code(bic).name("Bank " + number);
    send(register.encodedLength());
    final SetParticipantStatusEncoder status = new SetParticipantStatusEncoder();
    status.wrapAndApplyHeader(buffer, 0, header);
    head(status.head());
    status.target(number).status(ParticipantStatus.ACTIVE);
    send(status.encodedLength());
    final SetParticipantLimitEncoder limit = new SetParticipantLimitEncoder();
    limit.wrapAndApplyHeader(buffer, 0, header);
    head(limit.head());
    limit.target(number).asset(EUR).netDebitCap(0).paymentMax(0);
    send(limit.encodedLength());
    final RegisterConnectionEncoder connection = new RegisterConnectionEncoder();
    connection.wrapAndApplyHeader(buffer, 0, header);
    head(connection.head());
    connection.newConnection(number);
    certificate.put(connection.fingerprint());
    send(connection.encodedLength());
    final GrantConnectionEncoder grant = new GrantConnectionEncoder();
    grant.wrapAndApplyHeader(buffer, 0, header);
    head(grant.head());
    grant.target(number).forParticipant(number).kindsLow(0xF00000).kindsHigh(0);
    send(grant.encodedLength());
    final MoveLiquidityEncoder money = new MoveLiquidityEncoder();
    money.wrapAndApplyHeader(buffer, 0, header);
    head(money.head());
    money.target(number).asset(EUR).amount(1_000_000_00L).liquidityKind(LiquidityKind.IN);
    money.reference().hi(1).lo(number);
    money.putEvidence(new byte[0], 0, 0);
    send(money.encodedLength());
  }

  private void head(HeadEncoder head) {
    head.participant(0).connection(0).keyHi(7).keyLo(++key).createdMs(target.clockMs.get());
  }

  private void send(int encodedLength) {
    final byte[] outcome =
        target.apply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    assertThat(OutcomeCopy.of(new UnsafeBuffer(outcome), 0).code()).isEqualTo(Code.OK);
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
  }
}
