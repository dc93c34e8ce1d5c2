package org.civicswitch.ops.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;

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

  void mount(final Router router, final MinSequence wait) {
    router.get("/assets/:name").handler(this::asset);
    router.get("/").handler(wait.then(false, this::home));
    router.get("/payments").handler(wait.then(false, this::search));
    router.get("/payments/:uetr").handler(wait.then(false, this::payment));
    router.get("/envelopes/:id").handler(wait.then(false, this::envelope));
    router.get("/benefits").handler(wait.then(false, this::benefits));
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
    final Views.Home home = pages.home();
    final Views.Chrome chrome =
        frame.chrome(request, "Overview", "overview", "/events?view=home", home.asOf());
    Answers.html(request, 200, pages.homePage(chrome, home));
  }

  private void search(final RoutingContext request) {
    final String asked = request.queryParams().get("uetr");
    String answer = "";
    if (asked != null && !asked.isBlank()) {
      final Optional<Id128> uetr = Id128.parse(asked);
      if (uetr.isPresent() && pages.payment(uetr.get()) != null) {
        Frame.redirect(request, "/payments/" + uetr.get());
        return;
      }
      answer =
          uetr.isPresent()
              ? "No payment with this UETR is kept here."
              : "A UETR has 32 hexadecimal digits.";
    }
    final Views.Chrome chrome =
        frame.chrome(request, "Payments", "payments", "/events?view=payments", pages.asOf());
    Answers.html(
        request,
        200,
        pages.searchPage(chrome, asked == null ? "" : asked, answer, options.paymentsKept()));
  }

  private void payment(final RoutingContext request) {
    final Views.Payment payment =
        Id128.parse(request.pathParam("uetr")).map(pages::payment).orElse(null);
    if (payment == null) {
      frame.problem(request, 404, "No such payment", "No payment with this UETR is kept here.");
      return;
    }
    final String uetr = payment.row().uetr();
    final Views.Chrome chrome =
        frame.chrome(
            request,
            "Payment " + payment.row().brief(),
            "payments",
            "/events?view=payment&id=" + uetr,
            payment.asOf());
    Answers.html(request, 200, pages.paymentPage(chrome, payment));
  }

  private void envelope(final RoutingContext request) {
    final Views.Envelope envelope =
        Id128.parse(request.pathParam("id")).map(pages::envelope).orElse(null);
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
            pages.asOf());
    Answers.html(request, 200, pages.envelopePage(chrome, envelope));
  }

  private void benefits(final RoutingContext request) {
    final Views.Office office = pages.office();
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
}
