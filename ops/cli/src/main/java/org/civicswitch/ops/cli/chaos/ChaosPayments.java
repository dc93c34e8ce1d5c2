package org.civicswitch.ops.cli.chaos;

import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.protocol.VerdictEncoder;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * Payments between two seeded banks, each wholly given by its number and the time of the life that
 * it belongs to: sent again it is the same, and what must become of it follows from the number.
 */
final class ChaosPayments {
  /** What the creditor's bank does. */
  enum Course {
    ONE_PHASE,
    ACCEPTED,
    REFUSED,
    NEVER_ANSWERED
  }

  private static final int DEBTOR = 101;
  private static final int CREDITOR = 102;
  private static final int ANSWER_MS = 20_000;
  private static final int SHORT_MS = 1_000;
  private static final byte[] PAYLOAD = new byte[200];

  private final long runMs;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SubmitPaymentEncoder submit = new SubmitPaymentEncoder();
  private final ConfirmPaymentEncoder confirm = new ConfirmPaymentEncoder();

  /**
   * @param runMs tells the payments of this run from those of another
   */
  ChaosPayments(final long runMs) {
    this.runMs = runMs;
  }

  static Course course(final long number) {
    return switch ((int) (number % 8)) {
      case 0, 3 -> Course.ONE_PHASE;
      case 1 -> Course.REFUSED;
      case 2 -> Course.NEVER_ANSWERED;
      default -> Course.ACCEPTED;
    };
  }

  static boolean isAnswered(final long number) {
    return course(number) == Course.ACCEPTED || course(number) == Course.REFUSED;
  }

  /** Holds the command encoded last. */
  UnsafeBuffer buffer() {
    return buffer;
  }

  /** The command with this {@link Step#id}; returns its length. */
  int encode(final long id, final long createdMs) {
    final long number = Step.number(id);
    return Step.ofId(id) == Step.SUBMIT ? submit(number, createdMs) : confirm(number, createdMs);
  }

  /** The debtor bank's submission. */
  private int submit(final long number, final long createdMs) {
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    final Course course = course(number);
    submit.wrapAndApplyHeader(buffer, 0, header);
    submit.head().participant(DEBTOR).connection(DEBTOR).createdMs(createdMs);
    final SubmitPaymentEncoder.PaymentsEncoder payment = submit.paymentsCount(1).next();
    payment.key().hi(runMs).lo(number);
    payment.uetr().hi(runMs).lo(number);
    payment
        .createdMs(createdMs)
        .debtorAgent(DEBTOR)
        .creditorAgent(CREDITOR)
        .asset(SeededWorld.EUR)
        .mode(course == Course.ONE_PHASE ? PaymentMode.ONE_PHASE : PaymentMode.TWO_PHASE)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .scheme(1)
        .amount(1 + number % 97)
        .timeoutMs(timeoutMs(course))
        .valueDate((int) (createdMs / 86_400_000));
    final VerdictEncoder verdict = payment.verdict();
    verdict.kind((short) 3).assurance((short) 0);
    payment.putPayload(PAYLOAD, 0, PAYLOAD.length);
    return MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength();
  }

  private static int timeoutMs(final Course course) {
    return switch (course) {
      case ONE_PHASE -> 0;
      case NEVER_ANSWERED -> SHORT_MS;
      default -> ANSWER_MS;
    };
  }

  /** The creditor bank's answer. */
  private int confirm(final long number, final long createdMs) {
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    confirm.wrapAndApplyHeader(buffer, 0, header);
    confirm.head().participant(CREDITOR).connection(CREDITOR).createdMs(createdMs);
    final ConfirmPaymentEncoder.ConfirmationsEncoder one = confirm.confirmationsCount(1).next();
    one.uetr().hi(runMs).lo(number);
    one.accept((short) (course(number) == Course.ACCEPTED ? 1 : 0));
    return MessageHeaderEncoder.ENCODED_LENGTH + confirm.encodedLength();
  }
}
