package org.civicswitch.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * Payments between the seeded banks, each a function of its number alone, so that what must come of
 * them can be counted without keeping them. Ids are spread over all 128 bits, as real ones are.
 */
public final class PaymentCommands {
  /** A submission without payload: what the wire itself needs. */
  static final int SUBMIT_BYTES_MIN =
      MessageHeaderEncoder.ENCODED_LENGTH
          + SubmitPaymentEncoder.BLOCK_LENGTH
          + SubmitPaymentEncoder.PaymentsEncoder.sbeHeaderSize()
          + SubmitPaymentEncoder.PaymentsEncoder.sbeBlockLength()
          + SubmitPaymentEncoder.PaymentsEncoder.payloadHeaderLength();

  /** Longer than any run, so that nothing expires while it is measured. */
  private static final int TIMEOUT_MS = 600_000;

  private static final List<Bank> BANKS = SeededWorld.accountBanks();

  private static final Agents SEEDED =
      new Agents() {
        @Override
        public int debtor(final long number) {
          return PaymentCommands.debtor(number);
        }

        @Override
        public int creditor(final long number) {
          return PaymentCommands.creditor(number);
        }
      };

  private static final int AMOUNT_MAX = 1000;

  /** Between whom the payment of a number is: participants, which are their own connections. */
  interface Agents {
    int debtor(long number);

    int creditor(long number);
  }

  private final UnsafeBuffer submit = new UnsafeBuffer(new byte[64 * 1024]);
  private final UnsafeBuffer confirm = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SubmitPaymentEncoder submitEncoder = new SubmitPaymentEncoder();
  private final ConfirmPaymentEncoder confirmEncoder = new ConfirmPaymentEncoder();
  private final byte[] payload;
  private final int timeoutMs;
  private final Agents agents;
  private final int valueDate = (int) (System.currentTimeMillis() / 86_400_000L);
  private int length;

  /**
   * @param submitBytes length of each submission, message header included
   * @throws IllegalArgumentException below {@link #SUBMIT_BYTES_MIN} or above 32,768
   */
  public PaymentCommands(final int submitBytes) {
    this(submitBytes, TIMEOUT_MS);
  }

  /**
   * The same with a time in which they must be answered.
   *
   * @param timeoutMs milliseconds
   */
  PaymentCommands(final int submitBytes, final int timeoutMs) {
    this(submitBytes, timeoutMs, SEEDED);
  }

  /** The same between others than the seeded banks. */
  PaymentCommands(final int submitBytes, final Agents agents) {
    this(submitBytes, TIMEOUT_MS, agents);
  }

  private PaymentCommands(final int submitBytes, final int timeoutMs, final Agents agents) {
    if (submitBytes < SUBMIT_BYTES_MIN || submitBytes > 32_768) {
      throw new IllegalArgumentException(
          "a submission has " + SUBMIT_BYTES_MIN + " to 32768 bytes, not " + submitBytes);
    }
    this.timeoutMs = timeoutMs;
    this.agents = agents;
    payload = new byte[submitBytes - SUBMIT_BYTES_MIN];
    new SplittableRandom(1).nextBytes(payload);
  }

  int payloadBytes() {
    return payload.length;
  }

  static int debtor(final long number) {
    return BANKS.get(debtorIndex(number)).number();
  }

  static int creditor(final long number) {
    final int step = 1 + (int) Long.remainderUnsigned(mix(number) >>> 8, BANKS.size() - 1);
    return BANKS.get((debtorIndex(number) + step) % BANKS.size()).number();
  }

  private static int debtorIndex(final long number) {
    return (int) Long.remainderUnsigned(mix(number), BANKS.size());
  }

  /** Minor units. */
  static long amount(final long number) {
    return 1 + Long.remainderUnsigned(mix(number) >>> 20, AMOUNT_MAX);
  }

  static long uetrHi(final long number) {
    return mix(~number);
  }

  static long uetrLo(final long number) {
    return mix(number);
  }

  /** Stafford's variant 13: neighbours share no bits. */
  private static long mix(final long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * The submission of a payment; valid until the next call. {@link #length} says how long it is.
   */
  public UnsafeBuffer submit(final long number, final long nowMs) {
    final int debtor = agents.debtor(number);
    submitEncoder.wrapAndApplyHeader(submit, 0, header);
    submitEncoder
        .head()
        .participant(debtor)
        .connection(debtor)
        .keyHi(uetrHi(number))
        .keyLo(number)
        .createdMs(nowMs);
    final SubmitPaymentEncoder.PaymentsEncoder payment = submitEncoder.paymentsCount(1).next();
    payment.key().hi(uetrLo(number)).lo(uetrHi(number));
    payment.uetr().hi(uetrHi(number)).lo(uetrLo(number));
    payment
        .createdMs(nowMs)
        .debtorAgent(debtor)
        .creditorAgent(agents.creditor(number))
        .asset(SeededWorld.EUR)
        .mode(PaymentMode.TWO_PHASE)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .scheme(1)
        .amount(amount(number))
        .timeoutMs(timeoutMs)
        .valueDate(valueDate)
        .contentDigest()
        .a(uetrHi(number))
        .b(uetrLo(number))
        .c(number)
        .d(1);
    payment.putPayload(payload, 0, payload.length);
    length = MessageHeaderEncoder.ENCODED_LENGTH + submitEncoder.encodedLength();
    return submit;
  }

  /** The creditor agent's acceptance; valid until the next call. */
  public UnsafeBuffer confirm(final long number, final long nowMs) {
    final int creditor = agents.creditor(number);
    confirmEncoder.wrapAndApplyHeader(confirm, 0, header);
    confirmEncoder
        .head()
        .participant(creditor)
        .connection(creditor)
        .keyHi(uetrHi(number))
        .keyLo(uetrLo(number))
        .createdMs(nowMs);
    final ConfirmPaymentEncoder.ConfirmationsEncoder one =
        confirmEncoder.confirmationsCount(1).next();
    one.uetr().hi(uetrHi(number)).lo(uetrLo(number));
    one.accept((short) 1).creditPending((short) 0).reserved(0).reason(0);
    length = MessageHeaderEncoder.ENCODED_LENGTH + confirmEncoder.encodedLength();
    return confirm;
  }

  /** Of the command encoded last. */
  public int length() {
    return length;
  }
}
