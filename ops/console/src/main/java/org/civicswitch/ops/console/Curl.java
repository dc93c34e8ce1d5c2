package org.civicswitch.ops.console;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;

/** The line that asks for an answer for programs in a shell. */
final class Curl {
  private Curl() {}

  /**
   * The line for what a page shows; empty where programs are not given that.
   *
   * @param part whether who looks sees but a part
   * @param store whether there is a reporting store
   */
  static String ofPage(final RoutingContext request, final boolean part, final boolean store) {
    final String path = request.normalizedPath();
    if (path.equals("/payments")) {
      final String query = request.request().query();
      return query == null || !store || Past.of(request) != null
          ? ""
          : of(request, "/payments.csv?" + query);
    }
    if (path.startsWith("/payments/")) {
      return of(request, "/api" + path);
    }
    if (part) {
      return "";
    }
    return switch (path) {
      case "/" -> of(request, "/api/proof");
      case "/liquidity" -> of(request, "/api/positions");
      case "/benefits" -> of(request, "/api/envelopes");
      default -> path.startsWith("/envelopes/") ? of(request, "/api/envelopes") : "";
    };
  }

  /**
   * @param address on this console, from the slash on; as of the moment that the page is as of
   */
  static String of(final RoutingContext request, final String address) {
    final HostAndPort authority = request.request().authority();
    final Past past = Past.of(request);
    final String whole =
        request.request().scheme()
            + "://"
            + (authority == null ? "localhost" : authority.toString())
            + (past == null ? address : PastLinks.to(address, past.sequence()));
    // A session's cookie is not written into a line that is copied about.
    return "curl -s '" + whole.replace("'", "%27") + "'";
  }
}
