package org.civicswitch.gateway.iso20022.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder.ConfirmationsEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.kit.Id128;

/** Makes confirmations of a creditor agent's pacs.002: one command for one message. */
final class ConfirmationIntake {
  private final GatewayContext context;

  ConfirmationIntake(GatewayContext context) {
    this.context = context;
  }

  private record Word(Line line, boolean accept, boolean creditPending, int reason) {}

  /**
   * Takes a message in.
   *
   * @param sender the creditor agent, which the connection may act for
   * @throws Refusal if it says nothing that the switch understands
   */
  CreditTransferIntake.Taken take(PaymentStatus message, int sender, int connection)
      throws Refusal {
    final List<Word> words = new ArrayList<>();
    for (final PaymentStatus.Entry entry : message.entries()) {
      if (entry.status() != null) {
        words.add(
            word(
                new Line(
                    uetr(entry, sender),
                    entry.originalInstructionId(),
                    entry.originalEndToEndId(),
                    entry.originalTransactionId()),
                entry));
      }
    }
    for (final PaymentStatus.Group group : message.groups()) {
      if (group.status() != null && words.isEmpty()) {
        groupWords(group, sender, words);
      }
    }
    if (words.isEmpty()) {
      throw new Refusal(400, "the message gives no status: neither GrpSts nor TxSts");
    }
    if (words.size() > Mailbox.GROUP_MAX) {
      throw new Refusal(413, "more than 1,000 transactions");
    }
    final List<Line> lines = new ArrayList<>(words.size());
    words.forEach(word -> lines.add(word.line()));
    return new CreditTransferIntake.Taken(
        lines, submit(words, sender, connection, message.createdMs()));
  }

  /** Which payment a status is about: the one it names, or the only one of a message of ours. */
  private Id128 uetr(PaymentStatus.Entry entry, int sender) throws Refusal {
    if (entry.originalUetr() != null) {
      return Id128.parse(entry.originalUetr());
    }
    final Mailbox.Entry offer = offer(entry.originalMessageId(), sender);
    if (offer == null || offer.payments.size() != 1) {
      throw new Refusal(
          400,
          "which payment? TxInfAndSts names OrgnlUETR, or OrgnlMsgId of an offer of one payment");
    }
    return offer.payments.get(0).uetr;
  }

  /**
   * The offer of this message id that waits for the participant.
   *
   * @return null when there is none
   */
  private Mailbox.Entry offer(String messageId, int participant) {
    final Mailbox.Entry entry =
        context.view().mailbox(participant).find(OutboundMessages.feedSequence(messageId));
    return entry == null || entry.kind != Mailbox.Kind.OFFER ? null : entry;
  }

  /** One status for all payments of a message of ours. */
  private void groupWords(PaymentStatus.Group group, int sender, List<Word> words) throws Refusal {
    final Mailbox.Entry entry = offer(group.originalMessageId(), sender);
    if (entry == null) {
      throw new Refusal(
          400, "no offer of this OrgnlMsgId waits; name the transactions one by one (OrgnlUETR)");
    }
    for (final PaymentView payment : entry.payments) {
      words.add(word(new Line(payment.uetr, null, null, null), group));
    }
  }

  private static Word word(Line line, PaymentStatus.Statement statement) throws Refusal {
    return switch (statement.status()) {
      case "ACCP", "ACSP", "ACTC", "ACSC", "ACCC" -> new Word(line, true, false, 0);
      case "ACWP" -> new Word(line, true, true, 0);
      case "RJCT" -> {
        final String reason = statement.reasonCode() == null ? "NARR" : statement.reasonCode();
        yield new Word(line.because(reason), false, false, IsoReasons.pack(reason));
      }
      default ->
          throw new Refusal(
              400, "status " + statement.status() + " neither accepts nor rejects a payment");
    };
  }

  private CompletableFuture<Void> submit(
      List<Word> words, int sender, int connection, long createdMs) {
    final int bytes =
        MessageHeaderEncoder.ENCODED_LENGTH
            + ConfirmPaymentEncoder.BLOCK_LENGTH
            + 4
            + words.size() * ConfirmationsEncoder.sbeBlockLength();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes]);
    final ConfirmPaymentEncoder command = new ConfirmPaymentEncoder();
    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    final Id128 first = words.get(0).line().uetr;
    command
        .head()
        .participant(sender)
        .connection(connection)
        .keyHi(first.hi())
        .keyLo(first.lo())
        .createdMs(createdMs);
    final ConfirmationsEncoder items = command.confirmationsCount(words.size());
    for (final Word word : words) {
      items.next();
      word.line().uetr.put(items.uetr());
      items
          .accept((short) (word.accept() ? 1 : 0))
          .creditPending((short) (word.creditPending() ? 1 : 0))
          .reason(Integer.toUnsignedLong(word.reason()));
    }
    return context
        .commands()
        .submit(buffer, 0, bytes, Runnable::run)
        .thenAccept(
            outcome -> {
              if (!outcome.ok() || outcome.items().size() != words.size()) {
                throw new CommandRefused(outcome.code());
              }
              for (int i = 0; i < words.size(); i++) {
                words.get(i).line().decided(outcome, outcome.items().get(i));
              }
            });
  }

  /** Rejects, in the creditor agent's name, offers that nobody can read any more. */
  void rejectUnreadable(List<PaymentView> payments, int participant, int connection) {
    if (payments.isEmpty()) {
      return;
    }
    final List<Word> words = new ArrayList<>(payments.size());
    for (final PaymentView payment : payments) {
      words.add(
          new Word(
              new Line(payment.uetr, null, null, null),
              false,
              false,
              IsoReasons.pack(IsoReasons.UNREADABLE)));
    }
    // Without an answer the engine's timer rejects them; nobody waits for this one.
    submit(words, participant, connection, context.nowMs()).exceptionally(failure -> null);
  }
}
