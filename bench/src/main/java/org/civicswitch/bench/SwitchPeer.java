package org.civicswitch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.bench.PaymentDriver.Measured;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.cli.world.SeededWorld;

/** The embedded switch with as many participants as the other side has accounts. */
final class SwitchPeer implements AutoCloseable {
  private static final long FUNDS = 1L << 40;
  private static final int FIRST = 1;
  private static final int UNDER_WAY_MAX = 1024;
  private static final long KINDS =
      1L << SubmitPaymentEncoder.TEMPLATE_ID
          | 1L << ConfirmPaymentEncoder.TEMPLATE_ID
          | 1L << QueryEncoder.TEMPLATE_ID;

  private final int participants;
  private final AccountPicks picks;
  private final BenchSwitch bench;
  private final SwitchClient client;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private final long nowMs = System.currentTimeMillis();
  private final PaymentDriver driver;
  private long keyLo;
  private long answered;
  private String refused;

  /**
   * Opens a switch in an empty directory and fills it.
   *
   * @param participants at most 65,536
   * @param window payments under way
   */
  SwitchPeer(
      final Path directory, final int participants, final AccountPicks picks, final int window)
      throws IOException, WrongResultException {
    this.participants = participants;
    this.picks = picks;
    bench = BenchSwitch.open(directory, new SwitchEngine());
    bench.makeRoom();
    client = bench.host().newClient();
    seed();
    driver =
        new PaymentDriver(
            client, new PaymentCommands(EmbeddedBenchmark.SUBMIT_BYTES, new Picked(picks)), window);
  }

  /** Participants are numbered from {@link #FIRST}. */
  private record Picked(AccountPicks picks) implements PaymentCommands.Agents {
    @Override
    public int debtor(final long number) {
      return FIRST + picks.debit(number);
    }

    @Override
    public int creditor(final long number) {
      return FIRST + picks.credit(number);
    }
  }

  Measured closed(final long forNs) throws WrongResultException {
    return driver.closed(forNs);
  }

  Measured open(final double perS, final long forNs) throws WrongResultException {
    return driver.open(perS, forNs);
  }

  /** Every position is the sum of the payments that were made. */
  void check() throws WrongResultException {
    final long[] out = new long[participants];
    final long[] in = new long[participants];
    for (long number = 0; number < driver.done(); number++) {
      out[picks.debit(number)] += PaymentCommands.amount(number);
      in[picks.credit(number)] += PaymentCommands.amount(number);
    }
    for (int i = 0; i < participants; i++) {
      bench.checkPosition(FIRST + i, out[i], in[i] + FUNDS);
    }
  }

  private void seed() throws WrongResultException {
    final DefineAssetEncoder asset = new DefineAssetEncoder();
    head(asset.wrapAndApplyHeader(buffer, 0, header).head());
    asset.asset(SeededWorld.EUR).assetKind(AssetKind.CURRENCY).exponent((short) 2).code("EUR");
    send(asset.encodedLength());
    for (int i = 0; i < participants; i++) {
      participant(FIRST + i);
      connection(FIRST + i);
    }
    while (answered < keyLo) {
      poll();
    }
  }

  private void participant(final int number) throws WrongResultException {
    final RegisterParticipantEncoder register = new RegisterParticipantEncoder();
    head(register.wrapAndApplyHeader(buffer, 0, header).head());
    register
        .newParticipant(number)
        .settlementParticipant(0)
        .code("BANK" + number)
        .name("Bank " + number);
    send(register.encodedLength());
    final SetParticipantStatusEncoder activate = new SetParticipantStatusEncoder();
    head(activate.wrapAndApplyHeader(buffer, 0, header).head());
    send(activate.target(number).status(ParticipantStatus.ACTIVE).encodedLength());
    final SetParticipantLimitEncoder limit = new SetParticipantLimitEncoder();
    head(limit.wrapAndApplyHeader(buffer, 0, header).head());
    limit.target(number).asset(SeededWorld.EUR).netDebitCap(0).paymentMax(0);
    send(limit.encodedLength());
    final MoveLiquidityEncoder fund = new MoveLiquidityEncoder();
    head(fund.wrapAndApplyHeader(buffer, 0, header).head());
    fund.target(number).asset(SeededWorld.EUR).amount(FUNDS).liquidityKind(LiquidityKind.IN);
    fund.reference().hi(1).lo(number);
    fund.putEvidence(new byte[0], 0, 0);
    send(fund.encodedLength());
  }

  private void connection(final int number) throws WrongResultException {
    final RegisterConnectionEncoder register = new RegisterConnectionEncoder();
    head(register.wrapAndApplyHeader(buffer, 0, header).head());
    Digest256.sha256(Integer.toString(number).getBytes(UTF_8))
        .put(register.newConnection(number).fingerprint());
    send(register.encodedLength());
    final GrantConnectionEncoder grant = new GrantConnectionEncoder();
    head(grant.wrapAndApplyHeader(buffer, 0, header).head());
    send(grant.target(number).forParticipant(number).kindsLow(KINDS).kindsHigh(0).encodedLength());
  }

  private void head(final HeadEncoder head) {
    head.participant(0).connection(0).keyHi(2).keyLo(++keyLo).createdMs(nowMs);
  }

  private void send(final int encodedLength) throws WrongResultException {
    while (keyLo - answered > UNDER_WAY_MAX
        || client.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength, keyLo)
            != SwitchClient.ACCEPTED) {
      poll();
    }
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
  }

  private void poll() throws WrongResultException {
    if (client.poll(this::onOutcome, UNDER_WAY_MAX) == 0) {
      LockSupport.parkNanos(20_000);
    }
    if (refused != null || bench.host().host().isHalted()) {
      throw new WrongResultException("seeding: " + refused);
    }
  }

  private void onOutcome(
      final long correlationId, final DirectBuffer bytes, final int offset, final int length) {
    answered++;
    final Code code = outcome.wrapAndApplyHeader(bytes, offset, headerDecoder).code();
    if (code != Code.OK) {
      refused =
          "command " + correlationId + " of template " + outcome.commandTemplate() + ": " + code;
    }
  }

  @Override
  public void close() {
    client.close();
    bench.close();
  }
}
