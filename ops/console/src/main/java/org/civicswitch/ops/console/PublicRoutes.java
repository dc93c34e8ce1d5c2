package org.civicswitch.ops.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/**
 * Where the money is, for anybody: no sign-in, no cookie, no person. Made once in a while whoever
 * asks, so that many who do cost nothing. On one event loop.
 */
final class PublicRoutes {
  static final String PAGE = "/where-is-the-money";
  static final String API = "/api/where-is-the-money";
  static final long SECONDS_KEPT = 10;

  private final ConsoleOptions options;
  private final Board board;
  private final Assets assets;
  private final LongSupplier clockMs;
  private long madeMs = Long.MIN_VALUE / 2;
  private String html;
  private JsonObject json;

  PublicRoutes(final ConsoleOptions options, final Board board, final Assets assets) {
    this.options = options;
    this.board = board;
    this.assets = assets;
    this.clockMs = options.clockMs();
  }

  static boolean isPublic(final String path) {
    return path.equals(PAGE) || path.equals(API);
  }

  void mount(final Router router) {
    router.get(PAGE).handler(this::page);
    router.get(API).handler(this::api);
  }

  private void page(final RoutingContext request) {
    make();
    kept(request);
    Answers.html(request, 200, html);
  }

  private void api(final RoutingContext request) {
    make();
    kept(request);
    Answers.json(request, 200, json);
  }

  private static void kept(final RoutingContext request) {
    request.response().putHeader("Cache-Control", "public, max-age=" + SECONDS_KEPT);
  }

  private void make() {
    final long now = clockMs.getAsLong();
    if (now - madeMs < SECONDS_KEPT * 1000) {
      return;
    }
    madeMs = now;
    final PublicViews.Page page = board.read(p -> PublicViews.of(p, now));
    html = Pages.publicPage(options.banner(), assets.version(), page);
    json = json(page);
  }

  private static JsonObject json(final PublicViews.Page page) {
    final JsonArray programmes = new JsonArray();
    for (final PublicViews.Programme programme : page.programmes()) {
      final JsonObject figures = new JsonObject();
      for (final PublicViews.Figure figure : programme.figures()) {
        figures.put(figure.name(), counted(figure.payments(), figure.money(), figure.hidden()));
      }
      final JsonArray held = new JsonArray();
      for (final PublicViews.Reason reason : programme.held()) {
        held.add(
            counted(reason.hidden() ? null : reason.payments(), reason.money(), reason.hidden())
                .put("reason", reason.name())
                .put("words", reason.words())
                .put("median_age", told(reason.median()))
                .put("oldest_age", told(reason.oldest())));
      }
      programmes.add(
          new JsonObject()
              .put("programme", programme.code())
              .put("money", figures)
              .put("held_why", held));
    }
    return new JsonObject().put("as_of", ApiJson.asOf(page.asOf())).put("programmes", programmes);
  }

  private static String told(final String age) {
    return age.isEmpty() ? null : age;
  }

  private static JsonObject counted(final Long count, final Money money, final boolean hidden) {
    final JsonObject one = new JsonObject();
    if (count != null) {
      one.put("payments", count);
    }
    one.put("amount", money == null ? null : ApiJson.money(money));
    return hidden ? one.put("told", false) : one;
  }
}
