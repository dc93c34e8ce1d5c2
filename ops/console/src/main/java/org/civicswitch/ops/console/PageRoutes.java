package org.civicswitch.ops.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;

/** Pages for people, what they load, and the one form there is. */
final class PageRoutes {
  /** No form here is longer. */
  static final long BODY_BYTES_MAX = 4 * 1024;

  private final ConsoleOptions options;
  private final Board board;
  private final Pages pages;
  private final Assets assets;
  private final CsrfTokens csrf = new CsrfTokens();

  PageRoutes(
      final ConsoleOptions options, final Board board, final Pages pages, final Assets assets) {
    this.options = options;
    this.board = board;
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
        .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
        .handler(this::traffic);
  }

  /** The page for whatever went wrong, in the form that was asked for. */
  void problem(
      final RoutingContext request, final int status, final String what, final String detail) {
    if (request.request().path().startsWith("/api/")) {
      Answers.problem(request, status, what, detail);
    } else {
      Answers.html(
          request,
          status,
          pages.problemPage(chrome(request, what, "", "", pages.asOf()), status, what, detail));
    }
  }

  private void asset(final RoutingContext request) {
    final Assets.Asset asset = assets.get(request.pathParam("name"));
    if (asset == null) {
      problem(request, 404, "Not here", "There is nothing of this name.");
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
        chrome(request, "Overview", "overview", "/events?view=home", home.asOf());
    Answers.html(request, 200, pages.homePage(chrome, home));
  }

  private void search(final RoutingContext request) {
    final String asked = request.queryParams().get("uetr");
    String answer = "";
    if (asked != null && !asked.isBlank()) {
      final Optional<Id128> uetr = Id128.parse(asked);
      if (uetr.isPresent() && pages.payment(uetr.get()) != null) {
        request
            .response()
            .setStatusCode(303)
            .putHeader("Location", "/payments/" + uetr.get())
            .end();
        return;
      }
      answer =
          uetr.isPresent()
              ? "No payment with this UETR is kept here."
              : "A UETR has 32 hexadecimal digits.";
    }
    final Views.Chrome chrome =
        chrome(request, "Payments", "payments", "/events?view=payments", pages.asOf());
    Answers.html(
        request,
        200,
        pages.searchPage(chrome, asked == null ? "" : asked, answer, options.paymentsKept()));
  }

  private void payment(final RoutingContext request) {
    final Views.Payment payment =
        Id128.parse(request.pathParam("uetr")).map(pages::payment).orElse(null);
    if (payment == null) {
      problem(request, 404, "No such payment", "No payment with this UETR is kept here.");
      return;
    }
    final String uetr = payment.row().uetr();
    final Views.Chrome chrome =
        chrome(
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
      problem(request, 404, "No such envelope", "No envelope with this id is kept here.");
      return;
    }
    final Views.Chrome chrome =
        chrome(
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
        chrome(request, "Benefits", "benefits", "/events?view=benefits", office.asOf());
    Answers.html(request, 200, pages.benefitsPage(chrome, office));
  }

  private void traffic(final RoutingContext request) {
    final Cookie cookie = request.request().getCookie(CsrfTokens.COOKIE);
    final String token = request.request().getFormAttribute("csrf");
    if (!RequestGuard.sameSite(request.request())
        || !csrf.matches(cookie == null ? null : cookie.getValue(), token)) {
      problem(
          request, 403, "Not from this page", "Load the page again and press the button there.");
      return;
    }
    if (options.traffic() == null) {
      problem(request, 404, "No traffic here", "This console drives no traffic generator.");
      return;
    }
    final String run = String.valueOf(request.request().getFormAttribute("run"));
    switch (run) {
      case "start" -> options.traffic().start();
      case "stop" -> options.traffic().stop();
      default -> {
        problem(request, 400, "Start or stop?", "run is start or stop.");
        return;
      }
    }
    request.response().setStatusCode(303).putHeader("Location", "/").end();
  }

  private Views.Chrome chrome(
      final RoutingContext request,
      final String title,
      final String section,
      final String stream,
      final AsOf asOf) {
    final TrafficControl traffic = options.traffic();
    return new Views.Chrome(
        title,
        options.banner(),
        section,
        stream,
        asOf,
        board.incompleteFrom(),
        options.version(),
        assets.version(),
        traffic == null ? "" : csrf.token(cookie(request)),
        traffic == null ? null : new Views.Traffic(traffic.running(), traffic.description()));
  }

  /** The browser's own cookie, given to it now if it has none. */
  private String cookie(final RoutingContext request) {
    final Cookie known = request.request().getCookie(CsrfTokens.COOKIE);
    if (known != null) {
      return known.getValue();
    }
    final String value = csrf.newCookie();
    request
        .response()
        .addCookie(
            Cookie.cookie(CsrfTokens.COOKIE, value)
                .setHttpOnly(true)
                .setPath("/")
                .setSecure(options.tls())
                .setSameSite(CookieSameSite.STRICT));
    return value;
  }
}
