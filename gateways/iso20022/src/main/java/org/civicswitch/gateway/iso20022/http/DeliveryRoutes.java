package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.UnreadablePayload;

/** Gives participants what waits for them and takes their acknowledgements. */
final class DeliveryRoutes {
  static final int LEASE_MAX = 100;

  private static final int LEASE_DEFAULT = 10;
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

  /** How often a waiting GET looks again: a lease of somebody else may have run out. */
  private static final long LOOK_AGAIN_MS = 1_000;

  private final Vertx vertx;
  private final GatewayContext context;
  private final Callers callers;
  private final OutboundMessages outbound;
  private final ConfirmationIntake confirmations;
  private final Acknowledgements acknowledgements;

  DeliveryRoutes(
      Vertx vertx,
      GatewayContext context,
      Callers callers,
      OutboundMessages outbound,
      ConfirmationIntake confirmations) {
    this.vertx = vertx;
    this.context = context;
    this.callers = callers;
    this.outbound = outbound;
    this.confirmations = confirmations;
    this.acknowledgements = new Acknowledgements(context);
  }

  void addTo(Router router, String address) {
    router.get(address).handler(this::get);
    router.delete(address + "/:ids").handler(this::delete);
  }

  /** One GET that may wait. */
  private record Waiting(
      RoutingContext routing,
      Context loop,
      Mailbox mailbox,
      Directory.Connection connection,
      int participant,
      int limit,
      long untilNs) {
    long leftMs() {
      return (untilNs - System.nanoTime()) / 1_000_000;
    }
  }

  /** Leases what waits; when nothing does, waits for something to come. */
  private void get(RoutingContext routing) {
    final Directory.Connection connection = callers.connection(routing);
    if (connection == null) {
      return;
    }
    final int participant = callers.mailboxOwner(routing, connection);
    if (participant == 0) {
      return;
    }
    final int limit = parameter(routing, "limit", LEASE_DEFAULT, 1, LEASE_MAX);
    final int wait = parameter(routing, "wait", 0, 0, GatewayRoutes.WAIT_SECONDS_MAX);
    if (limit < 0 || wait < 0) {
      Reply.problem(400, "limit is 1 to 100, wait is 0 to 60 seconds", 0).send(routing);
      return;
    }
    lease(
        new Waiting(
            routing,
            vertx.getOrCreateContext(),
            context.view().mailbox(participant),
            connection,
            participant,
            limit,
            System.nanoTime() + wait * 1_000_000_000L));
  }

  private void lease(Waiting waiting) {
    if (waiting.routing().response().closed()) {
      // Nobody is there any more: what would be leased now would be kept from everybody.
      return;
    }
    final AtomicBoolean awake = new AtomicBoolean();
    final Runnable again =
        () -> {
          if (awake.compareAndSet(false, true)) {
            waiting.loop().runOnContext(v -> lease(waiting));
          }
        };
    final long leftMs = waiting.leftMs();
    final List<Mailbox.Entry> leased =
        waiting.mailbox().lease(waiting.limit(), context.nowMs(), leftMs > 0 ? again : null);
    final JsonArray messages = written(leased, waiting);
    if (!messages.isEmpty()) {
      Reply.json(200, new JsonObject().put("messages", messages).encode())
          .send(waiting.routing())
          // The connection was lost on the way: the next one may have them at once.
          .onFailure(lost -> leased.forEach(waiting.mailbox()::release));
    } else if (leftMs <= 0) {
      Reply.empty(204).send(waiting.routing());
    } else {
      if (!leased.isEmpty()) {
        // Nothing of it can be given; what comes instead is waited for.
        waiting.mailbox().whenSomethingComes(again);
      }
      vertx.setTimer(
          Math.min(leftMs, LOOK_AGAIN_MS),
          ignored -> {
            waiting.mailbox().forget(again);
            again.run();
          });
    }
  }

  /** The messages of these entries, in order, as far as keys are to be had. */
  private JsonArray written(List<Mailbox.Entry> leased, Waiting waiting) {
    final JsonArray messages = new JsonArray();
    for (int i = 0; i < leased.size(); i++) {
      final Mailbox.Entry entry = leased.get(i);
      try {
        final OutboundMessages.Written written = outbound.write(entry, waiting.participant());
        confirmations.rejectUnreadable(
            written.unreadable(), waiting.participant(), waiting.connection().number());
        if (written.xml() != null) {
          log(entry, waiting.participant(), written);
          messages.add(
              new JsonObject()
                  .put("id", Long.toString(entry.id))
                  .put("message", written.name())
                  .put("leased_ms", Mailbox.LEASE_MS)
                  .put("document", written.xml()));
        }
      } catch (UnreadablePayload | KeyRefused e) {
        // The key service gives nothing now; from here on all stay in their places.
        leased.subList(i, leased.size()).forEach(waiting.mailbox()::release);
        break;
      }
    }
    return messages;
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
    final Directory.Connection connection = callers.connection(routing);
    if (connection == null) {
      return;
    }
    final int participant = callers.mailboxOwner(routing, connection);
    if (participant == 0) {
      return;
    }
    final List<long[]> ranges = ranges(routing.pathParam("ids"));
    if (ranges.isEmpty()) {
      Reply.problem(
              400, "an id or a range of ids, first-last, is expected, or several by commas", 0)
          .send(routing);
      return;
    }
    long cursor = 0;
    for (final long[] range : ranges) {
      final Mailbox mailbox = context.view().mailbox(participant);
      cursor = Math.max(cursor, mailbox.acknowledge(range[0], range[1], context.nowMs()));
    }
    if (cursor == 0) {
      // Not yet contiguous with what was acknowledged before, or long done: nothing to log.
      Reply.empty(204).send(routing);
      return;
    }
    GatewayRoutes.sendLater(
        routing,
        vertx.getOrCreateContext(),
        acknowledgements
            .move(participant, connection.number(), cursor)
            .thenApply(
                outcome ->
                    // Another instance of the gateway may have moved the cursor further.
                    outcome.ok() || outcome.code() == Code.CURSOR_BACKWARDS
                        ? Reply.empty(204)
                        : Reply.problem(503, "the switch said " + outcome.code(), 1))
            .exceptionally(MessageIntake::failed));
  }

  /** First and last of each; empty when something else stands among them. */
  private static List<long[]> ranges(String ids) {
    final List<long[]> ranges = new ArrayList<>();
    for (final String one : ids.split(",", -1)) {
      final Matcher range = RANGE.matcher(one);
      final long first = range.matches() ? Long.parseLong(range.group(1)) : 0;
      final long last =
          first == 0 || range.group(2) == null ? first : Long.parseLong(range.group(2));
      if (first == 0 || last < first) {
        return List.of();
      }
      ranges.add(new long[] {first, last});
    }
    return ranges;
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
}
