package org.civicswitch.ops.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Pages for people, what they load, and the one form there is. */
final class PageRoutes {
  private final ConsoleOptions options;
  private final Frame frame;
  private final Pages pages;
  private final Assets assets;

  PageRoutes(
      final ConsoleOptions options, final Frame frame, final Pages pages, final Assets assets) {
    this.options = options;
    this.frame = frame;
    this.pages = pages;
    this.assets = assets;
  }

  void mount(final Router router, final Moments moments) {
    router.get("/assets/:name").handler(this::asset);
    router.get("/").handler(moments.then(false, this::home));
    router.get("/envelopes/:id").handler(moments.then(false, this::envelope));
    router.get("/benefits").handler(moments.then(false, this::benefits));
    router
        .post("/traffic")
        .handler(BodyHandler.create(false).setBodyLimit(Frame.BODY_BYTES_MAX))
        .handler(this::traffic);
  }

  private void asset(final RoutingContext request) {
    final Assets.Asset asset = assets.get(request.pathParam("name"));
    if (asset == null) {
      frame.problem(request, 404, "Not here", "There is nothing of this name.");
      return;
    }
    final HttpServerResponse response =
        request
            .response()
            .putHeader("Content-Type", asset.type)
            .putHeader("Vary", "Accept-Encoding")
            .putHeader(
                "Cache-Control",
                assets.version().equals(request.queryParams().get("v"))
                    ? "public, max-age=31536000, immutable"
                    : "no-cache");
    if (Answers.takesGzip(request.request())) {
      response.putHeader("Content-Encoding", "gzip").end(Buffer.buffer(asset.gzip));
    } else {
      response.end(Buffer.buffer(asset.bytes));
    }
  }

  private void home(final RoutingContext request) {
    final Views.Home home = pages(request).home();
    final Views.Chrome chrome =
        frame.chrome(request, "Overview", "overview", "/events?view=home", home.asOf());
    Answers.html(request, 200, pages.homePage(chrome, home));
  }

  private void envelope(final RoutingContext request) {
    final Views.Envelope envelope =
        Id128.parse(request.pathParam("id")).map(pages(request)::envelope).orElse(null);
    if (envelope == null) {
      frame.problem(request, 404, "No such envelope", "No envelope with this id is kept here.");
      return;
    }
    final Views.Chrome chrome =
        frame.chrome(
            request,
            envelope.programme() + ", cycle " + envelope.cycle(),
            "benefits",
            "/events?view=envelope&id=" + envelope.id(),
            pages(request).asOf());
    Answers.html(request, 200, pages.envelopePage(chrome, envelope));
  }

  private void benefits(final RoutingContext request) {
    final Views.Office office = pages(request).office();
    final Views.Chrome chrome =
        frame.chrome(request, "Benefits", "benefits", "/events?view=benefits", office.asOf());
    Answers.html(request, 200, pages.benefitsPage(chrome, office));
  }

  private void traffic(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    if (options.traffic() == null) {
      frame.problem(request, 404, "No traffic here", "This console drives no traffic generator.");
      return;
    }
    final String run = String.valueOf(request.request().getFormAttribute("run"));
    switch (run) {
      case "start" -> options.traffic().start();
      case "stop" -> options.traffic().stop();
      default -> {
        frame.problem(request, 400, "Start or stop?", "run is start or stop.");
        return;
      }
    }
    Frame.redirect(request, "/");
  }

  private Pages pages(final RoutingContext request) {
    final Past past = Past.of(request);
    return past == null ? pages : past.pages;
  }
}
