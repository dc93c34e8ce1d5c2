package org.civicswitch.ops.cli.crash;

import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.protocol.VerdictEncoder;
import org.civicswitch.ops.cli.world.SeededWorld;

/** One-phase payments of the seeded world, each wholly given by its number. */
final class Payments {
  private static final byte[] PAYLOAD = new byte[200];

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SubmitPaymentEncoder command = new SubmitPaymentEncoder();

  UnsafeBuffer buffer() {
    return buffer;
  }

  /** Payment {@code number} of a run that began at this time; returns the command's length. */
  int encode(final long number, final long runMs) {
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    command.wrapAndApplyHeader(buffer, 0, header);
    command.head().participant(101).connection(101).createdMs(runMs);
    final SubmitPaymentEncoder.PaymentsEncoder payment = command.paymentsCount(1).next();
    payment.key().hi(runMs).lo(number);
    payment.uetr().hi(runMs).lo(number);
    payment
        .createdMs(runMs)
        .debtorAgent(101)
        .creditorAgent(102)
        .asset(SeededWorld.EUR)
        .mode(PaymentMode.ONE_PHASE)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .scheme(1)
        .amount(1 + number % 97)
        .timeoutMs(0)
        .valueDate((int) (runMs / 86_400_000));
    final VerdictEncoder verdict = payment.verdict();
    verdict.kind((short) 3).assurance((short) 0);
    payment.putPayload(PAYLOAD, 0, PAYLOAD.length);
    return MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
  }
}
