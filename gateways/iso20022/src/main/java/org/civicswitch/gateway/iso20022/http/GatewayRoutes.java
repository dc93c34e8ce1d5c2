package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.PaymentStatusWriter;
import org.civicswitch.gateway.iso20022.schema.CheckLimits;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.UnreadablePayload;
import org.civicswitch.gateway.kit.tls.Fingerprints;

/** The gateway's addresses. Runs on event loops; what takes long goes to a worker. */
final class GatewayRoutes {
  static final int WAIT_SECONDS_MAX = 60;
  static final int LEASE_MAX = 100;

  private static final String MESSAGES = "/iso20022/messages";
  private static final int INLINE_BYTES = 64 * 1024;
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

  private final Vertx vertx;
  private final GatewayContext context;
  private final OutboundMessages outbound;
  private final MessageIntake intake;
  private final Acknowledgements acknowledgements;

  GatewayRoutes(Vertx vertx, GatewayContext context) {
    this.vertx = vertx;
    this.context = context;
    this.outbound = new OutboundMessages(context);
    this.intake = new MessageIntake(vertx, context, outbound);
    this.acknowledgements = new Acknowledgements(context);
  }

  Router router() {
    final Router router = Router.router(vertx);
    router
        .post(MESSAGES)
        .handler(BodyHandler.create(false).setBodyLimit(CheckLimits.DEFAULT.bytes()))
        .handler(this::post);
    router.get(MESSAGES).handler(this::get);
    router.delete(MESSAGES + "/:ids").handler(this::delete);
    router.get("/iso20022/payments/:uetr").handler(this::payment);
    router.route().last().handler(routing -> reply(routing, 404, "no such address"));
    router.errorHandler(404, routing -> reply(routing, 404, "no such address"));
    router.errorHandler(405, routing -> reply(routing, 405, "not with this method"));
    router.errorHandler(413, routing -> reply(routing, 413, "a message has at most 10 MiB"));
    router.errorHandler(
        500, routing -> send(routing.response(), MessageIntake.failed(routing.failure())));
    return router;
  }

  private void post(RoutingContext routing) {
    final Directory.Connection connection = connection(routing);
    if (connection == null) {
      return;
    }
    final Buffer body = routing.body().buffer();
    if (body == null || body.length() == 0) {
      reply(routing, 400, "a message is expected");
      return;
    }
    final byte[] bytes = body.getBytes();
    final int wait = preferredWait(routing);
    final Context loop = vertx.getOrCreateContext();
    if (bytes.length <= INLINE_BYTES) {
      sendLater(routing, loop, intake.receive(bytes, connection, wait), wait);
    } else {
      vertx
          .executeBlocking(() -> intake.receive(bytes, connection, wait), false)
          .onSuccess(reply -> sendLater(routing, loop, reply, wait))
          .onFailure(routing::fail);
    }
  }

  /** Leases what waits; when nothing does, waits for something to come. */
  private void get(RoutingContext routing) {
    final Directory.Connection connection = connection(routing);
    if (connection == null) {
      return;
    }
    final int participant = participant(routing, connection);
    if (participant == 0) {
      return;
    }
    final int limit = parameter(routing, "limit", 10, 1, LEASE_MAX);
    final int wait = parameter(routing, "wait", 0, 0, WAIT_SECONDS_MAX);
    if (limit < 0 || wait < 0) {
      reply(routing, 400, "limit is 1 to 100, wait is 0 to 60 seconds");
      return;
    }
    lease(routing, connection, participant, limit, System.nanoTime() + wait * 1_000_000_000L);
  }

  private void lease(
      RoutingContext routing,
      Directory.Connection connection,
      int participant,
      int limit,
      long untilNs) {
    final Mailbox mailbox = context.view().mailbox(participant);
    final Reply reply = leased(mailbox, connection, participant, limit);
    final long leftMs = (untilNs - System.nanoTime()) / 1_000_000;
    if (reply != null || leftMs <= 0 || routing.response().closed()) {
      send(routing.response(), reply == null ? Reply.empty(204) : reply);
      return;
    }
    final Context loop = vertx.getOrCreateContext();
    final AtomicBoolean awake = new AtomicBoolean();
    final Runnable again =
        () -> {
          if (awake.compareAndSet(false, true)) {
            loop.runOnContext(v -> lease(routing, connection, participant, limit, untilNs));
          }
        };
    mailbox.whenSomethingComes(again);
    // A lease of somebody else may run out as well: look again once a second.
    vertx.setTimer(
        Math.min(leftMs, 1_000),
        ignored -> {
          mailbox.forget(again);
          again.run();
        });
  }

  /** Null when there is nothing to be had now. */
  private Reply leased(
      Mailbox mailbox, Directory.Connection connection, int participant, int limit) {
    final JsonArray messages = new JsonArray();
    for (final Mailbox.Entry entry : mailbox.lease(limit, context.nowMs())) {
      try {
        final OutboundMessages.Written written = outbound.write(entry, participant);
        intake
            .confirmations()
            .rejectUnreadable(written.unreadable(), participant, connection.number());
        if (written.xml() != null) {
          log(entry, participant, written);
          messages.add(
              new JsonObject()
                  .put("id", Long.toString(entry.id))
                  .put("message", written.name())
                  .put("leased_ms", Mailbox.LEASE_MS)
                  .put("document", written.xml()));
        }
      } catch (UnreadablePayload | KeyRefused e) {
        // The key service gives nothing now; the message stays in its place.
        mailbox.release(entry);
        break;
      }
    }
    return messages.isEmpty()
        ? null
        : Reply.json(200, new JsonObject().put("messages", messages).encode());
  }

  private void log(Mailbox.Entry entry, int participant, OutboundMessages.Written written)
      throws KeyRefused {
    final Id128 reference =
        entry.payments.size() == 1
            ? entry.payments.get(0).uetr
            : context.tokens().id("message", OutboundMessages.messageId(entry.id));
    context
        .log()
        .append(
            context.nowMs(),
            MessageLog.Direction.OUT,
            participant,
            reference,
            written.name(),
            written.xml().getBytes(StandardCharsets.UTF_8));
  }

  private void delete(RoutingContext routing) {
    final Directory.Connection connection = connection(routing);
    if (connection == null) {
      return;
    }
    final int participant = participant(routing, connection);
    if (participant == 0) {
      return;
    }
    final Matcher ids = RANGE.matcher(routing.pathParam("ids"));
    if (!ids.matches()) {
      reply(routing, 400, "an id or a range of ids, first-last, is expected");
      return;
    }
    final long first = Long.parseLong(ids.group(1));
    final long last = ids.group(2) == null ? first : Long.parseLong(ids.group(2));
    final long cursor =
        context.view().mailbox(participant).acknowledge(first, last, context.nowMs());
    if (cursor == 0) {
      // Not yet contiguous with what was acknowledged before, or long done: nothing to log.
      send(routing.response(), Reply.empty(204));
      return;
    }
    final Context loop = vertx.getOrCreateContext();
    sendLater(
        routing,
        loop,
        acknowledgements
            .move(participant, connection.number(), cursor)
            .thenApply(
                outcome ->
                    // Another instance of the gateway may have moved the cursor further.
                    outcome.ok() || outcome.code() == Code.CURSOR_BACKWARDS
                        ? Reply.empty(204)
                        : Reply.problem(503, "the switch said " + outcome.code(), 1))
            .exceptionally(MessageIntake::failed),
        0);
  }

  private void payment(RoutingContext routing) {
    final Directory.Connection connection = connection(routing);
    if (connection == null) {
      return;
    }
    final Id128 uetr;
    try {
      uetr = Id128.parse(routing.pathParam("uetr"));
    } catch (IllegalArgumentException e) {
      reply(routing, 400, "a UETR is expected");
      return;
    }
    final PaymentView payment = context.view().payment(uetr);
    int participant = 0;
    if (payment != null) {
      for (final int candidate : new int[] {payment.debtorAgent, payment.creditorAgent}) {
        if (participant == 0 && connection.participants().contains(candidate)) {
          participant = candidate;
        }
      }
    }
    if (participant == 0) {
      reply(routing, 404, "no payment of yours under this UETR");
      return;
    }
    try {
      final long now = context.nowMs();
      final byte[] xml =
          PaymentStatusWriter.write(
              OutboundMessages.STATUS,
              null,
              "CSQ" + payment.now().sequence(),
              now,
              Agent.of(OutboundMessages.SWITCH, null),
              context.view().directory().agent(participant),
              List.of(outbound.status(payment, participant)));
      send(routing.response(), Reply.xml(200, OutboundMessages.text(xml)));
    } catch (UnreadablePayload e) {
      send(routing.response(), Reply.problem(503, "the key service gives no key now", 5));
    }
  }

  /** The connection that the certificate stands for; null when it has been answered already. */
  private Directory.Connection connection(RoutingContext routing) {
    try {
      final var certificates = routing.request().connection().peerCertificates();
      final Directory.Connection connection =
          certificates == null || certificates.isEmpty()
              ? null
              : context.view().directory().connection(Fingerprints.of(certificates.get(0)));
      if (connection == null) {
        reply(routing, 401, "this certificate is not a registered connection");
      } else if (connection.participants().isEmpty()) {
        reply(routing, 403, "this connection may not act for any participant");
        return null;
      }
      return connection;
    } catch (SSLPeerUnverifiedException e) {
      reply(routing, 401, "a client certificate is needed");
      return null;
    }
  }

  /** Whose mailbox: the connection's only one, or the one named; 0 when answered already. */
  private int participant(RoutingContext routing, Directory.Connection connection) {
    final String named = routing.request().getParam("participant");
    final List<Integer> own = new ArrayList<>();
    for (final int candidate : connection.participants()) {
      if (connection.mayAct(candidate, AcknowledgeDeliveryEncoder.TEMPLATE_ID)) {
        own.add(candidate);
      }
    }
    if (named != null) {
      own.retainAll(List.of(context.view().directory().participant(named)));
    }
    if (own.isEmpty()) {
      reply(routing, 403, "this connection may not receive for the participant");
      return 0;
    }
    if (own.size() > 1) {
      reply(routing, 400, "say which participant: ?participant=BIC");
      return 0;
    }
    return own.get(0);
  }

  /** RFC 7240: {@code Prefer: wait=10}. */
  private static int preferredWait(RoutingContext routing) {
    final String prefer = routing.request().getHeader("prefer");
    if (prefer == null) {
      return 0;
    }
    final Matcher wait = WAIT.matcher(prefer);
    return wait.find() ? Math.min(WAIT_SECONDS_MAX, Integer.parseInt(wait.group(1))) : 0;
  }

  private static int parameter(RoutingContext routing, String name, int absent, int min, int max) {
    final String text = routing.request().getParam(name);
    if (text == null) {
      return absent;
    }
    if (!text.matches("[0-9]{1,6}")) {
      return -1;
    }
    final int value = Integer.parseInt(text);
    return value < min || value > max ? -1 : value;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
  private static void sendLater(
      RoutingContext routing, Context loop, CompletableFuture<Reply> future, int wait) {
    future.whenComplete(
        (reply, failure) ->
            loop.runOnContext(
                v -> {
                  if (wait > 0) {
                    routing.response().putHeader("preference-applied", "wait=" + wait);
                  }
                  send(routing.response(), failure == null ? reply : MessageIntake.failed(failure));
                }));
  }

  private static void reply(RoutingContext routing, int status, String detail) {
    send(routing.response(), Reply.problem(status, detail, 0));
  }

  private static void send(HttpServerResponse response, Reply reply) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(reply.status());
    if (reply.location() != null) {
      response.putHeader("location", reply.location());
    }
    if (reply.retryAfterSeconds() > 0) {
      response.putHeader("retry-after", Integer.toString(reply.retryAfterSeconds()));
    }
    if (reply.contentType() == null) {
      response.end();
    } else {
      response.putHeader("content-type", reply.contentType()).end(reply.body());
    }
  }
}
