package org.civicswitch.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.bench.BankClient.Reply;

/**
 * Takes a bank's messages as they come, accepts every payment that is offered, and acknowledges.
 * While answers are on their way it already waits for more.
 */
final class BankInbox {
  private static final int LIMIT = 100;

  private final BankClient bank;
  private final ExchangeSamples samples;
  private volatile boolean stopped;
  private volatile Throwable failure;

  /**
   * @param samples given the messages, so that a limit can be measured with the like; or null
   */
  BankInbox(final BankClient bank, final ExchangeSamples samples) {
    this.bank = bank;
    this.samples = samples;
  }

  void start() {
    receive();
  }

  /** No further request is made; the one that waits ends with its connection. */
  void stop() {
    stopped = true;
  }

  /** Why it gave up, or null. */
  Throwable failure() {
    return failure;
  }

  private void receive() {
    if (stopped) {
      return;
    }
    bank.receive(LIMIT).onSuccess(this::received).onFailure(this::failed);
  }

  private void failed(final Throwable cause) {
    if (!stopped && failure == null) {
      failure = cause;
    }
  }

  private void received(final Reply reply) {
    if (reply.status() == 200) {
      work(new JsonObject(reply.body()).getJsonArray("messages"));
    } else if (reply.status() != 204) {
      failed(new IllegalStateException("receiving: " + reply.status() + " " + reply.body()));
      return;
    }
    receive();
  }

  private void work(final JsonArray messages) {
    final List<Future<Reply>> answers = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      final JsonObject message = messages.getJsonObject(i);
      final String document = message.getString("document");
      final boolean offer = message.getString("message").startsWith("pacs.008");
      if (offer) {
        final String uetr = PaymentMessages.between(document, "<UETR>", "</UETR>");
        final Buffer answer = PaymentMessages.accept(uetr);
        answers.add(bank.answer(answer).map(reply -> accepted(reply, uetr)));
      }
      if (samples != null) {
        samples.delivered(bank.participant(), offer, message);
      }
    }
    final String first = messages.getJsonObject(0).getString("id");
    final String last = messages.getJsonObject(messages.size() - 1).getString("id");
    Future.all(answers)
        .compose(done -> bank.acknowledge(first, last))
        .onSuccess(
            reply -> {
              if (reply.status() != 204) {
                failed(new IllegalStateException("acknowledging: " + reply.status()));
              }
            })
        .onFailure(this::failed);
  }

  private Reply accepted(final Reply reply, final String uetr) {
    if (reply.status() != 200) {
      throw new IllegalStateException("accepting: " + reply.status() + " " + reply.body());
    }
    if (samples != null) {
      samples.accepted(uetr, reply.body().toString());
    }
    return reply;
  }
}
