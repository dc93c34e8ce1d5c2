package org.civicswitch.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * A hostile participant on a thread of its own that offers at a constant rate whatever is answered:
 * payments that nobody will answer, the same ones again, other participants' payments and rubbish.
 * It has three connections: one reads its outcomes, one reads them rarely, one never.
 */
final class Flood implements Runnable, AutoCloseable {
  static final int PARTICIPANT = SeededWorld.TREASURY_NUMBER;
  static final int ANSWER_MS = 1_000;

  private static final int CREDITOR = 101;
  private static final int SLOW_POLL_EVERY = 1_000;
  private static final int MESSAGE_BYTES = 320;

  private final SwitchClient reading;
  private final SwitchClient slow;
  private final SwitchClient dead;
  private final double perS;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SubmitPaymentEncoder submit = new SubmitPaymentEncoder();
  private final MessageHeaderDecoder outcomeHeader = new MessageHeaderDecoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private final int valueDate = (int) (System.currentTimeMillis() / 86_400_000L);
  private final Map<Code, Long> codes = new TreeMap<>();
  private volatile boolean stopped;
  private long offered;
  private long taken;
  private long takenByReading;
  private long answered;
  private long acknowledged;

  /**
   * @param perS offered a second
   */
  Flood(final LocalSwitch host, final double perS) {
    this.perS = perS;
    reading = host.newClient();
    slow = host.newClient();
    dead = host.newClient();
  }

  @Override
  public void run() {
    final OpenLoop loop = new OpenLoop(System.nanoTime(), perS);
    while (!stopped) {
      final long due = loop.due(System.nanoTime());
      for (int burst = 0; offered < due && burst < 1_000; burst++) {
        final SwitchClient client = client(offered);
        final int length = encode(offered);
        if (client.offer(buffer, 0, length, offered) == SwitchClient.ACCEPTED) {
          taken++;
          takenByReading += client == reading ? 1 : 0;
        }
        if (++offered % SLOW_POLL_EVERY == 0) {
          slow.poll((id, answer, offset, size) -> {}, 1);
        }
      }
      answered += reading.poll(this::onOutcome, 1_000);
      if (offered >= due) {
        LockSupport.parkNanos(50_000);
      }
    }
    final long endNs = System.nanoTime() + 30_000_000_000L;
    while (answered < takenByReading && System.nanoTime() < endNs) {
      answered += reading.poll(this::onOutcome, 1_000);
    }
  }

  private SwitchClient client(final long number) {
    return switch ((int) (number % 16)) {
      case 0 -> dead;
      case 1, 2 -> slow;
      default -> reading;
    };
  }

  private int encode(final long number) {
    buffer.setMemory(0, MESSAGE_BYTES, (byte) 0);
    final int kind = (int) (number / 16 % 8);
    if (kind == 7) {
      buffer.setMemory(0, 64, (byte) number);
      return 64;
    }
    final long id = kind == 5 ? Math.max(0, number - 16) : number;
    final int participant = kind == 6 ? CREDITOR : PARTICIPANT;
    submit.wrapAndApplyHeader(buffer, 0, header);
    final long nowMs = System.currentTimeMillis();
    submit.head().participant(participant).connection(PARTICIPANT).keyHi(id).createdMs(nowMs);
    final SubmitPaymentEncoder.PaymentsEncoder payment = submit.paymentsCount(1).next();
    payment.key().hi(-1).lo(id);
    payment.uetr().hi(-1).lo(id);
    payment
        .createdMs(nowMs)
        .debtorAgent(participant)
        .creditorAgent(CREDITOR)
        .asset(SeededWorld.EUR)
        .mode(PaymentMode.TWO_PHASE)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .scheme(1)
        .amount(1)
        .timeoutMs(ANSWER_MS)
        .valueDate(valueDate);
    payment.putPayload(new byte[0], 0, 0);
    return MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength();
  }

  private void onOutcome(
      final long id, final DirectBuffer answer, final int offset, final int length) {
    outcome.wrapAndApplyHeader(answer, offset, outcomeHeader);
    Code code = outcome.code();
    for (final OutcomeDecoder.ItemsDecoder item : outcome.items()) {
      code = item.code();
      acknowledged += code == Code.OK && item.replayed() == 0 ? 1 : 0;
    }
    codes.merge(code, 1L, Long::sum);
  }

  void stop() {
    stopped = true;
  }

  long offered() {
    return offered;
  }

  long taken() {
    return taken;
  }

  /** Taken from the connection that reads, and answered to it. */
  long unanswered() {
    return takenByReading - answered;
  }

  /** Payments that were answered as reserved, each once. */
  long acknowledged() {
    return acknowledged;
  }

  Map<Code, Long> codes() {
    return codes;
  }

  @Override
  public void close() {
    reading.close();
    slow.close();
    dead.close();
  }
}
