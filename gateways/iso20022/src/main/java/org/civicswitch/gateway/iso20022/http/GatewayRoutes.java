package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.PaymentStatusWriter;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.UnreadablePayload;

/** The gateway's addresses. Runs on event loops; what takes long goes to a worker. */
final class GatewayRoutes {
  static final int WAIT_SECONDS_MAX = 60;

  private static final String MESSAGES = "/iso20022/messages";
  private static final int INLINE_BYTES = 64 * 1024;
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})");

  private final Vertx vertx;
  private final GatewayContext context;
  private final Callers callers;
  private final OutboundMessages outbound;
  private final MessageIntake intake;

  GatewayRoutes(Vertx vertx, GatewayContext context) {
    this.vertx = vertx;
    this.context = context;
    this.callers = new Callers(context.view().directory());
    this.outbound = new OutboundMessages(context);
    this.intake = new MessageIntake(vertx, context, outbound);
  }

  Router router() {
    final Router router = Router.router(vertx);
    router.post(MESSAGES).handler(this::post);
    new DeliveryRoutes(vertx, context, callers, outbound, intake.confirmations())
        .addTo(router, MESSAGES);
    router.get("/iso20022/payments/:uetr").handler(this::payment);
    router.errorHandler(404, routing -> Reply.problem(404, "no such address", 0).send(routing));
    router.errorHandler(
        405, routing -> Reply.problem(405, "not with this method", 0).send(routing));
    router.errorHandler(500, routing -> MessageIntake.failed(routing.failure()).send(routing));
    return router;
  }

  private void post(RoutingContext routing) {
    final Directory.Connection connection = callers.connection(routing);
    if (connection != null) {
      RequestBody.read(
          vertx, routing, RequestBody.WAIT_MS, bytes -> receive(routing, connection, bytes));
    }
  }

  private void receive(RoutingContext routing, Directory.Connection connection, byte[] bytes) {
    final int wait = preferredWait(routing);
    if (wait > 0) {
      routing.response().putHeader("preference-applied", "wait=" + wait);
    }
    final Context loop = vertx.getOrCreateContext();
    if (bytes.length <= INLINE_BYTES) {
      sendLater(routing, loop, intake.receive(bytes, connection, wait, SwitchGateway.on(loop)));
    } else {
      vertx
          .executeBlocking(() -> intake.receive(bytes, connection, wait, this::onWorker), false)
          .onSuccess(reply -> sendLater(routing, loop, reply))
          .onFailure(routing::fail);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the task tells of its own failure
  private void onWorker(Runnable task) {
    vertx.executeBlocking(Executors.callable(task), false);
  }

  private void payment(RoutingContext routing) {
    final Directory.Connection connection = callers.connection(routing);
    if (connection == null) {
      return;
    }
    final Id128 uetr;
    try {
      uetr = Id128.parse(routing.pathParam("uetr"));
    } catch (IllegalArgumentException e) {
      Reply.problem(400, "a UETR is expected", 0).send(routing);
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
      Reply.problem(404, "no payment of yours under this UETR", 0).send(routing);
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
      Reply.xml(200, OutboundMessages.text(xml)).send(routing);
    } catch (UnreadablePayload e) {
      Reply.problem(503, "the key service gives no key now", 5).send(routing);
    }
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

  /** Answers on the event loop of the request once there is something to answer. */
  @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
  static void sendLater(RoutingContext routing, Context loop, CompletableFuture<Reply> future) {
    future.whenComplete(
        (reply, failure) ->
            loop.runOnContext(
                v -> (failure == null ? reply : MessageIntake.failed(failure)).send(routing)));
  }
}
