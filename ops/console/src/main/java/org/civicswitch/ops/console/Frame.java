package org.civicswitch.ops.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.civicswitch.ops.console.accounts.Account;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What surrounds every page, what is said when there is none, and what every form carries. */
final class Frame {
  /** No form here is longer. */
  static final long BODY_BYTES_MAX = 4 * 1024;

  /** Under this a failing request says why. */
  static final String WHY = "why";

  private static final Logger LOG = LoggerFactory.getLogger(Frame.class);

  private final ConsoleOptions options;
  private final Board board;
  private final Pages pages;
  private final Assets assets;
  private final Door door;
  private final CsrfTokens csrf = new CsrfTokens();

  Frame(
      final ConsoleOptions options,
      final Board board,
      final Pages pages,
      final Assets assets,
      final Door door) {
    this.options = options;
    this.board = board;
    this.pages = pages;
    this.assets = assets;
    this.door = door;
  }

  void mount(final Router router) {
    router.errorHandler(
        403, request -> problem(request, 403, "Not for you", why(request, "You may not do this.")));
    router.errorHandler(
        404, request -> problem(request, 404, "Not here", "There is no such page."));
    router.errorHandler(405, request -> problem(request, 405, "Not so", "This page is only read."));
    router.errorHandler(
        413,
        request -> problem(request, 413, "Too large", why(request, "No form here is so long.")));
    router.errorHandler(500, this::failed);
  }

  private static String why(final RoutingContext request, final String otherwise) {
    final String why = request.get(WHY);
    return why == null ? otherwise : why;
  }

  private void failed(final RoutingContext request) {
    final String id = request.response().headers().get("X-Request-Id");
    LOG.error("request {} failed", id, request.failure());
    if (!request.response().headWritten()) {
      problem(request, 500, "This went wrong", "It is in the log as request " + id + ".");
    }
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

  /**
   * @param section of the navigation, or empty
   * @param stream of the page's events, or empty
   */
  Views.Chrome chrome(
      final RoutingContext request,
      final String title,
      final String section,
      final String stream,
      final AsOf asOf) {
    final Past past = Past.of(request);
    // Nothing moves in the past, and nothing can be done there.
    final TrafficControl traffic = past == null ? options.traffic() : null;
    final Account person = Door.person(request);
    return new Views.Chrome(
        title,
        options.banner(),
        section,
        past == null ? stream : "",
        asOf,
        (past == null ? board : past.board).incompleteFrom(),
        options.version(),
        assets.version(),
        person == null && traffic == null ? "" : token(request),
        traffic == null ? null : new Views.Traffic(traffic.running(), traffic.description()),
        person == null ? null : new Views.Person(person.name(), person.roleWords()),
        door.hasSignIn(),
        door.isShutFor(request),
        past == null && options.treasury() != null && Door.only(request) == 0,
        Door.only(request) != 0,
        door.isShutFor(request) ? List.of() : (past == null ? pages : past.pages).glass(),
        Moments.areOffered(request) && !door.isShutFor(request),
        past == null ? null : past.view(options.clockMs().getAsLong(), now(request)),
        !Moments.areOffered(request) && request.queryParams().contains(AsOfPoint.PARAMETER),
        past == null
                && section.equals("liquidity")
                && asOf.logSequence() > 0
                && options.replay() != null
            ? options.replay().command(asOf.logSequence())
            : "",
        Moments.areOffered(request) && !section.isEmpty()
            ? Curl.ofPage(request, Door.only(request) != 0, options.reporting() != null)
            : "");
  }

  /** The address of this page as it is now. */
  private static String now(final RoutingContext request) {
    final String query = request.request().query();
    final String kept =
        query == null
            ? ""
            : Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.startsWith(AsOfPoint.PARAMETER + "="))
                .collect(Collectors.joining("&"));
    return request.normalizedPath() + (kept.isEmpty() ? "" : "?" + kept);
  }

  /**
   * What a form of this page carries: tied to the session, or before there is one to the browser.
   */
  String token(final RoutingContext request) {
    final String session = door.session(request);
    return csrf.token(session == null ? cookie(request) : session);
  }

  /** What is shown, sealed for this session: for a form to bring back that it was shown. */
  String seal(final RoutingContext request, final String shown) {
    return csrf.token(door.session(request) + " saw " + shown);
  }

  /** Whether the form was on a page that showed this, to this session. */
  boolean isSealed(final RoutingContext request, final String shown) {
    return csrf.matches(
        door.session(request) + " saw " + shown, request.request().getFormAttribute("seal"));
  }

  /** Whether a form was sent from a page of ours; answers the request if it was not. */
  boolean isOurs(final RoutingContext request) {
    final String session = door.session(request);
    final Cookie cookie = request.request().getCookie(CsrfTokens.COOKIE);
    final String tied = session != null ? session : cookie == null ? null : cookie.getValue();
    if (RequestGuard.sameSite(request.request())
        && csrf.matches(tied, request.request().getFormAttribute("csrf"))) {
      return true;
    }
    problem(request, 403, "Not from this page", "Load the page again and press the button there.");
    return false;
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

  static void redirect(final RoutingContext request, final String location) {
    final Past past = Past.of(request);
    request
        .response()
        .setStatusCode(303)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Location", past == null ? location : PastLinks.to(location, past.sequence()))
        .end();
  }
}
