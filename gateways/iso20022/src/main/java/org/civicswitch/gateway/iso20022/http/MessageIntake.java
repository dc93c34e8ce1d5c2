package org.civicswitch.gateway.iso20022.http;

import static org.civicswitch.gateway.kit.keys.MessageLog.Direction.IN;
import static org.civicswitch.gateway.kit.keys.MessageLog.Direction.OUT;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.BusinessProblem;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.InboundMessage;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.message.MessageReject;
import org.civicswitch.gateway.iso20022.message.MessageRejectWriter;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.iso20022.message.PaymentStatusWriter;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.SubmissionFailure;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.slf4j.LoggerFactory;

/** One message in, one answer back: reads, checks who sends, logs, instructs, waits, answers. */
final class MessageIntake {
  private final Vertx vertx;
  private final GatewayContext context;
  private final OutboundMessages outbound;
  private final Senders senders;
  private final CreditTransferIntake transfers;
  private final ConfirmationIntake confirmations;
  private final ThreadLocal<MessageReader> readers = ThreadLocal.withInitial(MessageReader::new);

  MessageIntake(Vertx vertx, GatewayContext context, OutboundMessages outbound) {
    this.vertx = vertx;
    this.context = context;
    this.outbound = outbound;
    this.senders = new Senders(context.view());
    this.transfers = new CreditTransferIntake(context);
    this.confirmations = new ConfirmationIntake(context);
  }

  ConfirmationIntake confirmations() {
    return confirmations;
  }

  /**
   * Takes one message. The future may complete on any thread and never fails.
   *
   * @param waitSeconds how long to wait for the final word; 0 to answer once it is durable
   * @param loop where answers are made, so that the threads that bring outcomes and events go on
   */
  CompletableFuture<Reply> receive(
      byte[] bytes, Directory.Connection connection, int waitSeconds, Executor loop) {
    try {
      final MessageReader reader = readers.get();
      final InboundMessage message;
      try {
        message = reader.read(bytes);
      } catch (MessageRefused e) {
        log(IN, Senders.any(connection), Id128.NONE, "unread", bytes);
        return CompletableFuture.completedFuture(refused(reader.reference(), e));
      }
      if (!message.headerMatches()) {
        log(IN, Senders.any(connection), Id128.NONE, message.body().messageName(), bytes);
        return CompletableFuture.completedFuture(
            refused(
                message.body().messageId(),
                "MsgDefIdr of the header does not name the message that follows, "
                    + message.body().messageName()));
      }
      return dispatch(bytes, message, connection, waitSeconds, loop)
          .exceptionally(failure -> failed(failure));
    } catch (Refusal e) {
      return CompletableFuture.completedFuture(
          Reply.problem(e.status(), e.getMessage(), e.retryAfterSeconds()));
    } catch (KeyRefused e) {
      return CompletableFuture.completedFuture(
          Reply.problem(503, "the message cannot be logged now; nothing was taken", 5));
    }
  }

  private CompletableFuture<Reply> dispatch(
      byte[] bytes,
      InboundMessage message,
      Directory.Connection connection,
      int waitSeconds,
      Executor loop)
      throws Refusal, KeyRefused {
    if (message.body() instanceof CreditTransfer transfer) {
      final int sender = senders.of(connection, message.header(), transfer);
      log(IN, sender, reference(transfer, sender), transfer.messageName(), bytes);
      return creditTransfer(message, transfer, sender, connection.number(), waitSeconds, loop);
    }
    if (message.body() instanceof PaymentStatus status) {
      final int sender = senders.of(connection, message.header(), status);
      log(IN, sender, reference(status, sender), status.messageName(), bytes);
      return confirmation(message, status, sender, connection.number(), loop);
    }
    // Our message was not understood over there: kept for the people who look after it.
    final MessageReject reject = (MessageReject) message.body();
    log(IN, Senders.any(connection), Id128.NONE, reject.messageName(), bytes);
    return CompletableFuture.completedFuture(Reply.empty(202));
  }

  private CompletableFuture<Reply> creditTransfer(
      InboundMessage message,
      CreditTransfer transfer,
      int sender,
      int connection,
      int waitSeconds,
      Executor loop)
      throws Refusal {
    if (!transfer.problems().isEmpty()) {
      final BusinessProblem problem = transfer.problems().get(0);
      return CompletableFuture.completedFuture(groupRejected(message, transfer, sender, problem));
    }
    for (final CreditTransfer.Transaction transaction : transfer.transactions()) {
      if (transaction.instructingAgent().isPresent()
          && context.view().directory().participant(transaction.instructingAgent()) != sender) {
        throw new Refusal(403, "transactions of several instructing agents in one message");
      }
    }
    final CreditTransferIntake.Taken taken = transfers.take(transfer, sender, connection);
    return taken
        .decided()
        .thenCompose(
            done -> {
              final List<Line> lines = taken.lines();
              if (lines.stream().allMatch(Line::isPassing)) {
                return CompletableFuture.failedFuture(Refusal.busy());
              }
              if (lines.stream().allMatch(Line::isForbidden)) {
                return CompletableFuture.failedFuture(
                    new Refusal(403, "the connection may not act for this debtor agent"));
              }
              return whenFinal(lines, waitSeconds)
                  .thenApplyAsync(
                      allFinal -> answer(message, transfer, sender, lines, allFinal), loop);
            });
  }

  private CompletableFuture<Reply> confirmation(
      InboundMessage message, PaymentStatus status, int sender, int connection, Executor loop)
      throws Refusal {
    final CreditTransferIntake.Taken taken = confirmations.take(status, sender, connection);
    return taken
        .decided()
        .thenApplyAsync(
            done -> {
              if (taken.lines().stream().allMatch(Line::isPassing)) {
                throw new CompletionException(Refusal.busy());
              }
              return Reply.xml(
                  200, statusReport(message, status.messageName(), sender, taken.lines()));
            },
            loop);
  }

  /** Completes with whether all are final: at once, when they have become so, or in time. */
  private CompletableFuture<Boolean> whenFinal(List<Line> lines, int waitSeconds) {
    final List<Line> open = lines.stream().filter(Line::isOpen).toList();
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    if (waitSeconds == 0) {
      return CompletableFuture.completedFuture(false);
    }
    final CompletableFuture<Boolean> allFinal = new CompletableFuture<>();
    final AtomicInteger left = new AtomicInteger(open.size());
    for (final Line line : open) {
      context
          .view()
          .whenFinal(
              line.uetr,
              () -> {
                if (left.decrementAndGet() == 0) {
                  allFinal.complete(true);
                }
              });
    }
    final long timer = vertx.setTimer(waitSeconds * 1_000L, ignored -> allFinal.complete(false));
    return allFinal.whenComplete((done, failure) -> vertx.cancelTimer(timer));
  }

  private Reply answer(
      InboundMessage message,
      CreditTransfer transfer,
      int sender,
      List<Line> lines,
      boolean allFinal) {
    final String body = statusReport(message, transfer.messageName(), sender, lines);
    if (allFinal) {
      return Reply.xml(200, body);
    }
    final String location =
        lines.size() == 1 ? "/iso20022/payments/" + lines.get(0).uetr : "/iso20022/messages";
    return Reply.xml(202, body).at(location);
  }

  private String statusReport(
      InboundMessage message, String originalName, int participant, List<Line> lines) {
    final boolean toDebtorAgent = message.body() instanceof CreditTransfer;
    final List<OutboundStatus> statuses = new ArrayList<>(lines.size());
    for (final Line line : lines) {
      final PaymentView view = context.view().payment(line.uetr);
      statuses.add(
          line.status(view, toDebtorAgent)
              .withOriginalMessage(message.body().messageId(), originalName));
    }
    final String name = statusName(originalName);
    final long now = context.nowMs();
    final String id = answerId(participant, message, now);
    final byte[] xml =
        PaymentStatusWriter.write(
            name,
            message.header() == null ? null : outbound.header(participant, id, name, now),
            id,
            now,
            Agent.of(OutboundMessages.SWITCH, null),
            context.view().directory().agent(participant),
            statuses);
    logAnswer(participant, reference(lines, id), name, xml);
    return OutboundMessages.text(xml);
  }

  private Reply groupRejected(
      InboundMessage message, CreditTransfer transfer, int sender, BusinessProblem problem) {
    final String name = statusName(transfer.messageName());
    final long now = context.nowMs();
    final String id = answerId(sender, message, now);
    final byte[] xml =
        PaymentStatusWriter.writeGroup(
            name,
            message.header() == null ? null : outbound.header(sender, id, name, now),
            id,
            now,
            OutboundStatus.of("RJCT")
                .withOriginalMessage(transfer.messageId(), transfer.messageName())
                .withReason(problem.reasonCode(), problem.text()));
    logAnswer(sender, context.tokens().id("message", id), name, xml);
    return Reply.xml(200, OutboundMessages.text(xml));
  }

  /** An answer is not in the feed: its id comes from what it answers. */
  private String answerId(int participant, InboundMessage message, long now) {
    final Id128 hash =
        context.tokens().id("answer", participant + "\0" + message.body().messageId() + "\0" + now);
    return "CSA" + Long.toUnsignedString(hash.hi(), 36).toUpperCase(Locale.ROOT);
  }

  private static String statusName(String answered) {
    return answered.endsWith(".08")
            || (answered.endsWith(".001.10") && answered.startsWith("pacs.002"))
        ? "pacs.002.001.10"
        : "pacs.002.001.12";
  }

  private Id128 reference(CreditTransfer transfer, int sender) {
    return transfer.transactions().size() == 1 && transfer.transactions().get(0).uetr() != null
        ? Id128.parse(transfer.transactions().get(0).uetr())
        : context.tokens().id("message", sender + "\0" + transfer.messageId());
  }

  private Id128 reference(PaymentStatus status, int sender) {
    return status.entries().size() == 1 && status.entries().get(0).originalUetr() != null
        ? Id128.parse(status.entries().get(0).originalUetr())
        : context.tokens().id("message", sender + "\0" + status.messageId());
  }

  private Id128 reference(List<Line> lines, String id) {
    return lines.size() == 1 ? lines.get(0).uetr : context.tokens().id("message", id);
  }

  private Reply refused(String reference, MessageRefused refused) {
    final byte[] xml = MessageRejectWriter.write(null, reference, context.nowMs(), refused);
    return Reply.xml(
        refused.kind() == MessageRefused.Kind.LIMIT_EXCEEDED ? 413 : 400,
        OutboundMessages.text(xml));
  }

  private Reply refused(String reference, String words) {
    final byte[] xml =
        MessageRejectWriter.write(
            null, reference, context.nowMs(), "NOT_VALID", "AppHdr/MsgDefIdr", words, null);
    return Reply.xml(400, OutboundMessages.text(xml));
  }

  private void log(
      MessageLog.Direction direction, int participant, Id128 reference, String kind, byte[] bytes)
      throws KeyRefused {
    context.log().append(context.nowMs(), direction, participant, reference, kind, bytes);
  }

  /** The instruction is durable by now: an answer that cannot be logged is given all the same. */
  private void logAnswer(int participant, Id128 reference, String kind, byte[] xml) {
    try {
      log(OUT, participant, reference, kind, xml);
    } catch (KeyRefused e) {
      throw new CompletionException(
          new Refusal(503, "the answer cannot be logged now; ask for the payment", 5));
    }
  }

  static Reply failed(Throwable failure) {
    final Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Refusal refusal) {
      return Reply.problem(refusal.status(), refusal.getMessage(), refusal.retryAfterSeconds());
    }
    if (cause instanceof CommandRefused refused) {
      return refused(refused.code());
    }
    if (cause instanceof SubmissionFailure submission) {
      return switch (submission.kind()) {
        case BUSY -> Reply.problem(503, Refusal.busy().getMessage(), 1);
        case UNAVAILABLE, CLOSED ->
            Reply.problem(503, "the switch is not there now; send it again unchanged", 5);
        case UNRESOLVED ->
            Reply.problem(504, "no answer in time; send it again unchanged, or ask for it", 5);
        case TOO_LARGE -> Reply.problem(413, "a payment longer than the switch takes", 0);
      };
    }
    LoggerFactory.getLogger(MessageIntake.class).error("an answer failed", cause);
    return Reply.problem(500, "a defect of the gateway; it has been written down", 0);
  }

  private static Reply refused(Code code) {
    return switch (code) {
      case CAPACITY, THROTTLED -> Reply.problem(503, Refusal.busy().getMessage(), 1);
      case CONNECTION_UNKNOWN -> Reply.problem(401, "the connection is not registered", 0);
      case CONNECTION_NOT_GRANTED -> Reply.problem(403, "the connection may not do this", 0);
      default -> Reply.problem(500, "the switch refused the command: " + code, 0);
    };
  }
}
