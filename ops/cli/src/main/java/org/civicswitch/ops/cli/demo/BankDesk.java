package org.civicswitch.ops.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.InboundBody;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.civicswitch.gateway.kit.Id128;

/** What a simulated bank decides and books of messages, apart from how they travel. */
final class BankDesk {
  private static final ThreadLocal<MessageReader> READER =
      ThreadLocal.withInitial(MessageReader::new);

  private final CustomerBook book = new CustomerBook();
  private final Map<Id128, CompletableFuture<FinalWord>> orders = new ConcurrentHashMap<>();
  private final LongAdder offered = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder credited = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder settled = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder told = new LongAdder();
  private final LongAdder troubles = new LongAdder();

  /**
   * Takes one message of the mailbox.
   *
   * @return what to say to each of its payments; empty when there is nothing to answer
   */
  List<OutboundStatus> take(final byte[] document) {
    final InboundBody body;
    try {
      body = READER.get().read(document).body();
    } catch (final MessageRefused e) {
      // Sent again it would be no better: counted, and passed over.
      troubles.increment();
      return List.of();
    }
    if (body instanceof CreditTransfer transfer) {
      return answers(transfer);
    }
    if (body instanceof PaymentStatus status) {
      words(status);
    } else {
      troubles.increment();
    }
    return List.of();
  }

  private List<OutboundStatus> answers(final CreditTransfer transfer) {
    final List<OutboundStatus> answers = new ArrayList<>(transfer.transactions().size());
    for (final CreditTransfer.Transaction transaction : transfer.transactions()) {
      offered.increment();
      final String account = transaction.privateFields().creditorAccount();
      final BankAnswer answer = BankAnswer.to(account);
      switch (answer) {
        case ACCEPTED -> {
          accepted.increment();
          // An alias in place of an account number: the bank knows whose it is, the demo need not.
          book.expectCredit(
              Id128.parse(transaction.uetr()),
              account == null ? "by alias" : account,
              transaction.currency(),
              transaction.amount());
        }
        case NONE -> unanswered.increment();
        default -> refused.increment();
      }
      if (answer != BankAnswer.NONE) {
        answers.add(
            PaymentMessages.status(
                answer,
                transfer.messageId(),
                transfer.messageName(),
                transaction.uetr(),
                transaction.privateFields()));
      }
    }
    return answers;
  }

  /** Final words out of the mailbox or out of an answer; what is not final changes nothing. */
  private void words(final PaymentStatus status) {
    for (final PaymentStatus.Entry entry : status.entries()) {
      if (entry.originalUetr() != null) {
        finish(Id128.parse(entry.originalUetr()), FinalWord.of(entry));
      }
    }
  }

  private void finish(final Id128 uetr, final FinalWord word) {
    if (!word.isFinal()) {
      return;
    }
    final boolean known = book.finish(uetr, word.settled());
    final CompletableFuture<FinalWord> order = orders.remove(uetr);
    if (order != null) {
      (word.settled() ? settled : rejected).increment();
      order.complete(word);
    } else if (!known) {
      told.increment();
    } else if (word.settled()) {
      credited.increment();
    }
  }

  /** Notes an order before it is sent. Completes with the final word. */
  CompletableFuture<FinalWord> order(final PaymentOrder order) {
    final CompletableFuture<FinalWord> done = new CompletableFuture<>();
    final Id128 uetr = Id128.of(order.uetr());
    sent.increment();
    orders.put(uetr, done);
    book.expectDebit(uetr, order.debtorAccount(), order.currency(), order.amount());
    return done;
  }

  /** Reads what the gateway answered to an order at once; it may be the final word already. */
  void answered(final UUID uetr, final byte[] document) {
    try {
      final InboundBody body = READER.get().read(document).body();
      if (body instanceof PaymentStatus status) {
        if (status.entries().isEmpty()) {
          status.groups().forEach(group -> finish(Id128.of(uetr), FinalWord.of(group)));
        } else {
          words(status);
        }
      }
    } catch (final MessageRefused e) {
      troubles.increment();
    }
  }

  /** An order that the gateway would not take, or that could not be brought there. */
  void failed(final UUID uetr, final String why) {
    finish(Id128.of(uetr), new FinalWord("RJCT", null, why, null));
  }

  void trouble() {
    troubles.increment();
  }

  CustomerBook book() {
    return book;
  }

  /** Orders without a final word. */
  int openOrders() {
    return orders.size();
  }

  BankTotals totals() {
    return new BankTotals(
        offered.sum(),
        accepted.sum(),
        refused.sum(),
        unanswered.sum(),
        credited.sum(),
        sent.sum(),
        settled.sum(),
        rejected.sum(),
        told.sum(),
        troubles.sum());
  }
}
