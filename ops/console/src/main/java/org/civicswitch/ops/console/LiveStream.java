package org.civicswitch.ops.console;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One event stream per open page. Twice a second each is sent those of its parts that have changed,
 * whole, so that one that missed some is right again with the next; a slow reader misses some. All
 * on one event loop.
 */
final class LiveStream {
  static final int CLIENTS_MAX = 200;
  static final long TICK_MS = 500;

  /** A comment keeps the line open through proxies when nothing changes. */
  static final long KEEP_ALIVE_MS = 15_000;

  private final Pages pages;
  private final Door door;
  private final Vertx vertx;
  private final List<Client> clients = new ArrayList<>();
  private long timer = -1;

  LiveStream(final Vertx vertx, final Pages pages, final Door door) {
    this.vertx = vertx;
    this.pages = pages;
    this.door = door;
  }

  void start() {
    timer = vertx.setPeriodic(TICK_MS, t -> tick());
  }

  int clients() {
    return clients.size();
  }

  void open(final RoutingContext request) {
    final Supplier<Map<String, String>> view = view(request);
    if (view == null) {
      Answers.problem(request, 404, "No such view", "The stream has no view of this name.");
      return;
    }
    if (clients.size() >= CLIENTS_MAX) {
      request.response().putHeader("Retry-After", "10");
      Answers.problem(
          request, 503, "Too many open pages", "At most " + CLIENTS_MAX + " pages are kept live.");
      return;
    }
    final HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    response.write("retry: 2000\n\n");
    final Client client =
        new Client(
            response,
            request.queryParams().get("view").equals("home"),
            view,
            door.staysOpen(request));
    clients.add(client);
    response.closeHandler(closed -> clients.remove(client));
    response.exceptionHandler(failure -> clients.remove(client));
    // A page that comes back has a hole in its charts: it is given the whole two minutes.
    final boolean back = request.request().getHeader("Last-Event-ID") != null;
    client.send(view.get(), pages.asOf().feedSequence());
    client.series(pages, back ? Rates.SECONDS : 10);
  }

  /** Says goodbye and ends every stream. */
  void close() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    List.copyOf(clients).forEach(client -> end(client, "stopping"));
  }

  private void end(final Client client, final String why) {
    clients.remove(client);
    client.response.write("event: closing\ndata: " + why + "\n\n");
    client.response.end();
  }

  private Supplier<Map<String, String>> view(final RoutingContext request) {
    final String id = request.queryParams().get("id");
    final Id128 named = id == null ? null : Id128.parse(id).orElse(null);
    return switch (String.valueOf(request.queryParams().get("view"))) {
      case "home" -> pages::homeFragments;
      case "payments" -> pages::paymentsFragments;
      case "liquidity" -> pages::liquidityFragments;
      case "benefits" -> pages::officeFragments;
      case "payment" -> named == null ? null : () -> pages.paymentFragments(named);
      case "envelope" -> named == null ? null : () -> pages.envelopeFragments(named);
      default -> null;
    };
  }

  private void tick() {
    if (clients.isEmpty()) {
      return;
    }
    final long asOf = pages.asOf().feedSequence();
    Map<String, String> home = null;
    for (final Client client : List.copyOf(clients)) {
      if (!client.allowed.getAsBoolean()) {
        end(client, "signed out");
        continue;
      }
      if (client.response.writeQueueFull()) {
        continue;
      }
      if (client.home && home == null) {
        home = pages.homeFragments();
      }
      client.send(client.home ? home : client.view.get(), asOf);
      client.series(pages, 5);
    }
  }

  /** One open page. */
  private static final class Client {
    final HttpServerResponse response;
    final boolean home;
    final Supplier<Map<String, String>> view;
    final BooleanSupplier allowed;
    private final Map<String, String> sent = new HashMap<>();
    private long seriesSecond;
    private long wroteMs = System.currentTimeMillis();

    Client(
        final HttpServerResponse response,
        final boolean home,
        final Supplier<Map<String, String>> view,
        final BooleanSupplier allowed) {
      this.response = response;
      this.home = home;
      this.view = view;
      this.allowed = allowed;
    }

    void send(final Map<String, String> parts, final long feedSequence) {
      final StringBuilder text = new StringBuilder();
      parts.forEach(
          (name, html) -> {
            if (!html.equals(sent.put(name, html))) {
              event(text, name, feedSequence, html);
            }
          });
      if (text.length() > 0) {
        response.write(text.toString());
        wroteMs = System.currentTimeMillis();
      } else if (System.currentTimeMillis() - wroteMs >= KEEP_ALIVE_MS) {
        response.write(": still here\n\n");
        wroteMs = System.currentTimeMillis();
      }
    }

    /** Once per whole second, to pages with charts. */
    void series(final Pages pages, final int seconds) {
      if (!home) {
        return;
      }
      final Views.Series series = pages.series(seconds);
      final long newest = series.second().get(series.second().size() - 1);
      if (newest != seriesSecond) {
        seriesSecond = newest;
        final StringBuilder text = new StringBuilder();
        event(text, "series", series.asOf().feedSequence(), ApiJson.series(series).encode());
        response.write(text.toString());
      }
    }

    private static void event(
        final StringBuilder text, final String name, final long id, final String data) {
      text.append("event: ").append(name).append("\nid: ").append(id).append('\n');
      data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
      text.append('\n');
    }
  }
}
