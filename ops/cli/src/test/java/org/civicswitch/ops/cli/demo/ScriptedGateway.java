package org.civicswitch.ops.cli.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.gateway.kit.tls.MutualTls;

/** A real HTTPS server with one mailbox that does what a test says; keeps what it was sent. */
public final class ScriptedGateway {
  /** What came in: a message, or the ids that were acknowledged. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Received(String what, byte[] body, String prefer) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final TreeMap<Long, byte[]> mailbox = new TreeMap<>();
  private final Set<Long> leased = new HashSet<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Deque<Integer> failures = new ArrayDeque<>();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private volatile boolean acknowledgementsAreLost;
  private volatile Function<byte[], byte[]> answers = message -> new byte[0];

  public ScriptedGateway(final DevelopmentCa authority) throws Exception {
    server =
        vertx
            .createHttpServer(
                MutualTls.server(authority.server(), authority.rootCertificate())
                    .setHost("localhost")
                    .setPort(0))
            .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  Vertx vertx() {
    return vertx;
  }

  public URI url() {
    return URI.create("https://localhost:" + server.actualPort());
  }

  /** Puts a message in; it is given once, and again when leases expire, until acknowledged. */
  synchronized void put(final long id, final byte[] document) {
    mailbox.put(id, document);
    wake();
  }

  /** Takes back what was given and has not been acknowledged. */
  synchronized void expireLeases() {
    leased.clear();
    wake();
  }

  /** From now on a message stays in the mailbox, as if no acknowledgement arrived. */
  void keepAcknowledged() {
    acknowledgementsAreLost = true;
  }

  private void wake() {
    final Deque<Runnable> woken = new ArrayDeque<>(waiting);
    waiting.clear();
    woken.forEach(Runnable::run);
  }

  /** The next requests fail with these. */
  synchronized void failNext(final int... statuses) {
    for (final int status : statuses) {
      failures.add(status);
    }
  }

  void answerWith(final Function<byte[], byte[]> made) {
    answers = made;
  }

  /** Answers every pacs.008 with this status of its payment. */
  public void answerAll(final String status) {
    answers =
        message -> {
          try {
            final CreditTransfer transfer =
                (CreditTransfer) new MessageReader().read(message).body();
            return BankDeskTest.word(
                status, UUID.fromString(transfer.transactions().get(0).uetr()));
          } catch (final MessageRefused e) {
            throw new AssertionError(e);
          }
        };
  }

  public Received next() throws InterruptedException {
    final Received next = received.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  private synchronized void handle(final HttpServerRequest request, final Buffer body) {
    if (!failures.isEmpty()) {
      request.response().setStatusCode(failures.remove()).end();
      return;
    }
    switch (request.method().name()) {
      case "GET" -> give(request);
      case "DELETE" -> {
        final String ids = request.path().substring("/iso20022/messages/".length());
        if (!acknowledgementsAreLost) {
          for (final String id : ids.split(",", -1)) {
            mailbox.remove(Long.parseLong(id));
          }
        }
        received.add(new Received("DELETE " + ids, new byte[0], null));
        request.response().setStatusCode(204).end();
      }
      default -> {
        final byte[] message = body.getBytes();
        received.add(new Received("POST", message, request.getHeader("prefer")));
        request.response().setStatusCode(200).end(Buffer.buffer(answers.apply(message)));
      }
    }
  }

  private void give(final HttpServerRequest request) {
    if (leased.containsAll(mailbox.keySet())) {
      waiting.add(() -> give(request));
      return;
    }
    final JsonArray messages = new JsonArray();
    for (final Map.Entry<Long, byte[]> entry : mailbox.entrySet()) {
      if (!leased.add(entry.getKey())) {
        continue;
      }
      messages.add(
          new JsonObject()
              .put("id", Long.toString(entry.getKey()))
              .put("message", "pacs")
              .put("leased_ms", 30_000)
              .put("document", new String(entry.getValue(), StandardCharsets.UTF_8)));
    }
    request.response().end(new JsonObject().put("messages", messages).encode());
  }

  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
