package org.civicswitch.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.gateway.kit.tls.MutualTls;

/**
 * The limit of the gateway: the same exchanges with messages of the same size over the same mutual
 * TLS and Vert.x, and nothing read but the UETR, nothing checked, logged, encrypted or stored. Its
 * one event loop is the only thread that touches its state.
 */
final class EchoGateway implements AutoCloseable {
  private static final int LIMIT = 100;

  private final ExchangeSamples samples;
  private final HttpServer server;
  private final Map<String, HttpServerResponse> waiting = new HashMap<>();
  private final Map<String, Mailbox> mailboxes = new HashMap<>();
  private long lastId;

  /** Messages for one bank, and its request that waits for one. */
  private static final class Mailbox {
    private final Queue<JsonObject> messages = new ArrayDeque<>();
    private HttpServerResponse waiting;
  }

  EchoGateway(final Vertx vertx, final DevelopmentCa authority, final ExchangeSamples samples)
      throws Exception {
    this.samples = samples;
    this.server =
        vertx
            .createHttpServer(
                MutualTls.server(authority.server(), authority.rootCertificate())
                    .setHost("127.0.0.1")
                    .setPort(0))
            .requestHandler(this::handle)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  private void handle(final HttpServerRequest request) {
    if (request.method().equals(HttpMethod.POST)) {
      request.body().onSuccess(body -> post(request.response(), body.toString()));
    } else if (request.method().equals(HttpMethod.GET)) {
      final Mailbox mailbox = mailbox(request.getParam("participant"));
      mailbox.waiting = request.response();
      deliver(mailbox);
    } else {
      request.response().setStatusCode(204).end();
    }
  }

  private void post(final HttpServerResponse response, final String body) {
    if (body.contains("pacs.008")) {
      final String uetr = PaymentMessages.between(body, "<UETR>", "<");
      waiting.put(uetr, response);
      put(true, PaymentMessages.CREDITOR_AGENT, uetr);
      return;
    }
    final String uetr = PaymentMessages.between(body, "<OrgnlUETR>", "<");
    xml(response, samples.acceptedReply(uetr));
    xml(waiting.remove(uetr), samples.finalReply(uetr));
    put(false, PaymentMessages.DEBTOR_AGENT, uetr);
    put(false, PaymentMessages.CREDITOR_AGENT, uetr);
  }

  private void put(final boolean offer, final String participant, final String uetr) {
    final Mailbox mailbox = mailbox(participant);
    mailbox.messages.add(samples.message(++lastId, offer, participant, uetr));
    deliver(mailbox);
  }

  private Mailbox mailbox(final String participant) {
    return mailboxes.computeIfAbsent(participant, p -> new Mailbox());
  }

  private static void deliver(final Mailbox mailbox) {
    if (mailbox.waiting == null || mailbox.messages.isEmpty()) {
      return;
    }
    final JsonArray batch = new JsonArray();
    while (batch.size() < LIMIT && !mailbox.messages.isEmpty()) {
      batch.add(mailbox.messages.remove());
    }
    final HttpServerResponse response = mailbox.waiting;
    mailbox.waiting = null;
    response
        .putHeader("content-type", "application/json")
        .end(new JsonObject().put("messages", batch).encode());
  }

  private static void xml(final HttpServerResponse response, final String body) {
    response.putHeader("content-type", "application/xml").end(Buffer.buffer(body));
  }

  /** At once: nobody waits for anything any more. */
  @Override
  public void close() {
    server.close();
  }
}
