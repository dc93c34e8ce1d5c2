package org.civicswitch.core.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.ReturnPaymentDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;

/**
 * The rules of payments once more, slowly, with nothing of the engine's: plain collections, big
 * numbers, content compared as text. Knows the small world of {@link EngineHarness#genesis} only.
 */
final class PaymentOracle {
  private static final int TIMERS_PER_COMMAND = 64;
  private static final long DEFAULT_TIMEOUT_MS = 10_000;
  private static final BigInteger INDIRECT_CAP = BigInteger.valueOf(5_000);
  private static final BigInteger NO_MAX = BigInteger.ONE.shiftLeft(100);

  final Map<Integer, Position> positions = new HashMap<>();
  private final Map<Long, Paid> payments = new HashMap<>();
  private final Map<String, Remembered> remembered = new HashMap<>();
  private final Map<Long, Moved> references = new HashMap<>();
  private long made;

  /** Where somebody stands; an indirect one's movements are also its settlement participant's. */
  static final class Position {
    BigInteger posted = BigInteger.ZERO;
    BigInteger reserved = BigInteger.ZERO;
    private BigInteger cap = BigInteger.ZERO;
    private BigInteger paymentMax = NO_MAX;
    private boolean suspended;
  }

  private static final class Paid {
    int from;
    int to;
    BigInteger amount;
    BigInteger returned = BigInteger.ZERO;
    long deadline;
    long order;
    PaymentState state;
  }

  private record Remembered(String content, Code code) {}

  private static final class Moved {
    int participant;
    BigInteger amount;
    boolean open;
  }

  PaymentOracle() {
    for (final int participant : Traffic.PARTICIPANTS) {
      positions.put(participant, new Position());
      if (participant != EngineHarness.ALPHA_INDIRECT) {
        positions.get(participant).posted = BigInteger.valueOf(EngineHarness.FUNDS);
      } else {
        positions.get(participant).cap = INDIRECT_CAP;
      }
    }
  }

  /** What the engine must answer: a code per item, or one for a command without items. */
  List<Code> apply(final byte[] command, final long nowMs) {
    payments.values().stream()
        .filter(p -> p.state == PaymentState.RESERVED && p.deadline <= nowMs)
        .sorted(Comparator.<Paid>comparingLong(p -> p.deadline).thenComparingLong(p -> p.order))
        .limit(TIMERS_PER_COMMAND)
        .forEach(this::expire);
    final UnsafeBuffer buffer = new UnsafeBuffer(command);
    final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
    final List<Code> codes = new ArrayList<>();
    switch (header.templateId()) {
      case SubmitPaymentDecoder.TEMPLATE_ID:
        final var submit = new SubmitPaymentDecoder().wrapAndApplyHeader(buffer, 0, header);
        final int sender = (int) submit.head().participant();
        for (final var item : submit.payments()) {
          codes.add(submit(sender, item, nowMs));
          item.skipPayload();
        }
        break;
      case ConfirmPaymentDecoder.TEMPLATE_ID:
        final var confirm = new ConfirmPaymentDecoder().wrapAndApplyHeader(buffer, 0, header);
        final int creditor = (int) confirm.head().participant();
        for (final var item : confirm.confirmations()) {
          codes.add(confirm(creditor, item, nowMs));
        }
        break;
      case ReturnPaymentDecoder.TEMPLATE_ID:
        final var back = new ReturnPaymentDecoder().wrapAndApplyHeader(buffer, 0, header);
        final int returner = (int) back.head().participant();
        for (final var item : back.returns()) {
          // Keys of returns are never used twice in this traffic.
          codes.add(giveBack(returner, item));
          item.skipPayload();
        }
        break;
      case MoveLiquidityDecoder.TEMPLATE_ID:
        codes.add(move(new MoveLiquidityDecoder().wrapAndApplyHeader(buffer, 0, header)));
        break;
      case SetParticipantStatusDecoder.TEMPLATE_ID:
        final var status = new SetParticipantStatusDecoder().wrapAndApplyHeader(buffer, 0, header);
        positions.get((int) status.target()).suspended =
            status.status() == ParticipantStatus.SUSPENDED;
        codes.add(Code.OK);
        break;
      case SetParticipantLimitDecoder.TEMPLATE_ID:
        final var limit = new SetParticipantLimitDecoder().wrapAndApplyHeader(buffer, 0, header);
        final Position limited = positions.get((int) limit.target());
        limited.cap = BigInteger.valueOf(limit.netDebitCap());
        limited.paymentMax =
            limit.paymentMax() == 0 ? NO_MAX : BigInteger.valueOf(limit.paymentMax());
        codes.add(Code.OK);
        break;
      default:
        codes.add(Code.OK);
    }
    return codes;
  }

  private static int account(final int participant) {
    return participant == EngineHarness.ALPHA_INDIRECT ? EngineHarness.ALPHA : participant;
  }

  private void post(final int participant, final BigInteger amount) {
    positions.get(participant).posted = positions.get(participant).posted.add(amount);
    if (account(participant) != participant) {
      post(account(participant), amount);
    }
  }

  private void reserve(final int participant, final BigInteger amount) {
    positions.get(participant).reserved = positions.get(participant).reserved.add(amount);
    if (account(participant) != participant) {
      reserve(account(participant), amount);
    }
  }

  private Code checkFunds(final int participant, final BigInteger amount) {
    final Position account = positions.get(account(participant));
    if (account.posted.subtract(account.reserved).add(account.cap).compareTo(amount) < 0) {
      return account.cap.signum() == 0 ? Code.INSUFFICIENT_FUNDS : Code.NET_DEBIT_CAP;
    }
    if (account(participant) != participant) {
      final Position own = positions.get(participant);
      if (own.reserved.subtract(own.posted).add(amount).compareTo(own.cap) > 0) {
        return Code.NET_DEBIT_CAP;
      }
    }
    return Code.OK;
  }

  private boolean isActive(final int participant) {
    return !positions.get(participant).suspended && !positions.get(account(participant)).suspended;
  }

  private Code submit(
      final int sender, final SubmitPaymentDecoder.PaymentsDecoder item, final long nowMs) {
    final String key = "S" + sender + "/" + item.key().hi() + "/" + item.key().lo();
    final String content =
        item.createdMs()
            + "/"
            + item.amount()
            + "/"
            + item.debtorAgent()
            + "/"
            + item.creditorAgent()
            + "/"
            + item.uetr().lo()
            + "/"
            + item.mode()
            + "/"
            + item.timeoutMs();
    final Remembered before = remembered.get(key);
    if (before != null) {
      return before.content().equals(content) ? before.code() : Code.DUPLICATE;
    }
    if (item.debtorAgent() != sender) {
      return Code.CONNECTION_NOT_GRANTED;
    }
    final Code code = checkSubmit(item);
    if (code == Code.OK) {
      final Paid paid = new Paid();
      paid.from = (int) item.debtorAgent();
      paid.to = (int) item.creditorAgent();
      paid.amount = BigInteger.valueOf(item.amount());
      paid.order = ++made;
      payments.put(item.uetr().lo(), paid);
      if (item.mode() == PaymentMode.ONE_PHASE) {
        paid.state = PaymentState.SETTLED;
        post(paid.from, paid.amount.negate());
        post(paid.to, paid.amount);
      } else {
        paid.state = PaymentState.RESERVED;
        paid.deadline = nowMs + (item.timeoutMs() == 0 ? DEFAULT_TIMEOUT_MS : item.timeoutMs());
        reserve(paid.from, paid.amount);
      }
    }
    remembered.put(key, new Remembered(content, code));
    return code;
  }

  private Code checkSubmit(final SubmitPaymentDecoder.PaymentsDecoder item) {
    final int from = (int) item.debtorAgent();
    final int to = (int) item.creditorAgent();
    if (!isActive(from)) {
      return Code.PARTICIPANT_NOT_ACTIVE;
    }
    if (!positions.containsKey(to)) {
      return Code.CREDITOR_AGENT_UNKNOWN;
    }
    if (!isActive(to)) {
      return Code.CREDITOR_AGENT_NOT_ACTIVE;
    }
    if (item.amount() <= 0) {
      return Code.AMOUNT_NOT_POSITIVE;
    }
    if (BigInteger.valueOf(item.amount()).compareTo(positions.get(from).paymentMax) > 0) {
      return Code.AMOUNT_OVER_LIMIT;
    }
    if (account(from) == account(to)) {
      return Code.SAME_AGENT;
    }
    final Code funds = checkFunds(from, BigInteger.valueOf(item.amount()));
    if (funds != Code.OK) {
      return funds;
    }
    return payments.containsKey(item.uetr().lo()) ? Code.PAYMENT_EXISTS : Code.OK;
  }

  private Code confirm(
      final int creditor, final ConfirmPaymentDecoder.ConfirmationsDecoder item, final long nowMs) {
    final String key = "C" + creditor + "/" + item.uetr().lo();
    final String content = item.accept() + "/" + item.creditPending() + "/" + item.reason();
    final Remembered before = remembered.get(key);
    if (before != null) {
      return before.content().equals(content) ? before.code() : Code.DUPLICATE;
    }
    final Code code = decide(creditor, item, nowMs);
    if (code != Code.PAYMENT_UNKNOWN) {
      remembered.put(key, new Remembered(content, code));
    }
    return code;
  }

  private Code decide(
      final int creditor, final ConfirmPaymentDecoder.ConfirmationsDecoder item, final long nowMs) {
    final Paid paid = payments.get(item.uetr().lo());
    if (paid == null) {
      return Code.PAYMENT_UNKNOWN;
    }
    if (paid.to != creditor) {
      return Code.NOT_CREDITOR_AGENT;
    }
    if (paid.state == PaymentState.EXPIRED) {
      return Code.CONFIRMATION_LATE;
    }
    if (paid.state != PaymentState.RESERVED) {
      return Code.PAYMENT_NOT_PENDING;
    }
    if (paid.deadline <= nowMs) {
      expire(paid);
      return Code.CONFIRMATION_LATE;
    }
    reserve(paid.from, paid.amount.negate());
    if (item.accept() == 1) {
      paid.state = PaymentState.SETTLED;
      post(paid.from, paid.amount.negate());
      post(paid.to, paid.amount);
    } else {
      paid.state = PaymentState.REJECTED;
    }
    return Code.OK;
  }

  private void expire(final Paid paid) {
    paid.state = PaymentState.EXPIRED;
    reserve(paid.from, paid.amount.negate());
  }

  private Code giveBack(final int returner, final ReturnPaymentDecoder.ReturnsDecoder item) {
    if (!isActive(returner)) {
      return Code.PARTICIPANT_NOT_ACTIVE;
    }
    final Paid paid = payments.get(item.uetr().lo());
    if (paid == null) {
      return item.amount() <= 0 ? Code.AMOUNT_NOT_POSITIVE : Code.PAYMENT_UNKNOWN;
    }
    if (paid.to != returner) {
      return Code.NOT_CREDITOR_AGENT;
    }
    if (!isActive(paid.from)) {
      return Code.CREDITOR_AGENT_NOT_ACTIVE;
    }
    if (item.amount() <= 0) {
      return Code.AMOUNT_NOT_POSITIVE;
    }
    final BigInteger amount = BigInteger.valueOf(item.amount());
    final Code funds = checkFunds(returner, amount);
    if (funds != Code.OK) {
      return funds;
    }
    if (paid.state == PaymentState.RESERVED
        || paid.state == PaymentState.REJECTED
        || paid.state == PaymentState.EXPIRED) {
      return Code.PAYMENT_NOT_SETTLED;
    }
    if (paid.returned.add(amount).compareTo(paid.amount) > 0) {
      return Code.RETURN_EXCEEDS_PAYMENT;
    }
    paid.returned = paid.returned.add(amount);
    post(paid.to, amount.negate());
    post(paid.from, amount);
    return Code.OK;
  }

  private Code move(final MoveLiquidityDecoder move) {
    final int participant = (int) move.target();
    if (account(participant) != participant) {
      return Code.ACCOUNT_UNKNOWN;
    }
    if (move.amount() <= 0) {
      return Code.AMOUNT_NOT_POSITIVE;
    }
    final BigInteger amount = BigInteger.valueOf(move.amount());
    final LiquidityKind kind = move.liquidityKind();
    final Moved before = references.get(move.reference().lo());
    if (kind == LiquidityKind.OUT_RESERVE && checkFunds(participant, amount) != Code.OK) {
      return checkFunds(participant, amount);
    }
    if (kind == LiquidityKind.IN || kind == LiquidityKind.OUT_RESERVE) {
      if (before != null) {
        return Code.SETTLEMENT_REFERENCE_USED;
      }
      final Moved moved = new Moved();
      moved.participant = participant;
      moved.amount = amount;
      moved.open = kind == LiquidityKind.OUT_RESERVE;
      references.put(move.reference().lo(), moved);
      if (moved.open) {
        reserve(participant, amount);
      } else {
        post(participant, amount);
      }
      return Code.OK;
    }
    if (before != null && !before.open) {
      return Code.SETTLEMENT_REFERENCE_USED;
    }
    if (before == null || before.participant != participant || !before.amount.equals(amount)) {
      return Code.SETTLEMENT_REFERENCE_UNKNOWN;
    }
    before.open = false;
    reserve(participant, amount.negate());
    if (kind == LiquidityKind.OUT_CONFIRM) {
      post(participant, amount.negate());
    }
    return Code.OK;
  }
}
