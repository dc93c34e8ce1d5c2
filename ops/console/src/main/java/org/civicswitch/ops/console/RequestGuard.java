package org.civicswitch.ops.console;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What every request passes: headers that let a page load nothing and run nothing but its own, an
 * id that ties it to a report, and, on loopback, a host name that is loopback's, so that no foreign
 * page can reach this one under a name of its own.
 */
final class RequestGuard implements Handler<RoutingContext> {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final boolean loopback;
  private final boolean tls;

  RequestGuard(final ConsoleOptions options) {
    this.loopback = ConsoleOptions.isLoopback(options.httpHost());
    this.tls = options.tls();
  }

  @Override
  public void handle(final RoutingContext request) {
    final HttpServerResponse response = request.response();
    final String id = request.request().getHeader("X-Request-Id");
    response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader(
            "X-Request-Id",
            id != null && REQUEST_ID.matcher(id).matches() ? id : UUID.randomUUID().toString());
    if (tls) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    final HostAndPort authority = request.request().authority();
    if (loopback && (authority == null || !ConsoleOptions.isLoopback(authority.host()))) {
      Answers.problem(request, 421, "Wrong host", "This console answers to loopback names only.");
      return;
    }
    request.next();
  }

  /** A form of ours, sent by a page of ours: browsers say where a request comes from. */
  static boolean sameSite(final HttpServerRequest request) {
    final String site = request.getHeader("Sec-Fetch-Site");
    return site == null || site.equals("same-origin") || site.equals("none");
  }
}
