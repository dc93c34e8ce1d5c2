package org.civicswitch.ops.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How answers are written: compressed where it pays, problems as RFC 9457 says. */
final class Answers {
  /** Below this a compressed answer is hardly smaller. */
  private static final int COMPRESS_BYTES_MIN = 1024;

  private Answers() {}

  static void html(final RoutingContext request, final int status, final String html) {
    final Past past = Past.of(request);
    body(
        request,
        status,
        "text/html; charset=utf-8",
        past == null ? html : PastLinks.in(html, past.sequence()));
  }

  static void json(final RoutingContext request, final int status, final JsonObject json) {
    final Past past = Past.of(request);
    body(
        request,
        status,
        "application/json",
        (past == null ? json : json.put("moment", past.json())).encode());
  }

  static void problem(
      final RoutingContext request, final int status, final String title, final String detail) {
    body(
        request,
        status,
        "application/problem+json",
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .encode());
  }

  static boolean takesGzip(final HttpServerRequest request) {
    final String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static void body(
      final RoutingContext request, final int status, final String type, final String text) {
    final HttpServerResponse response = request.response().setStatusCode(status);
    response.putHeader("Content-Type", type).putHeader("Vary", "Accept-Encoding");
    if (!response.headers().contains("Cache-Control")) {
      response.putHeader("Cache-Control", "no-store");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= COMPRESS_BYTES_MIN && takesGzip(request.request())) {
      bytes = Assets.gzip(bytes);
      response.putHeader("Content-Encoding", "gzip");
    }
    response.end(Buffer.buffer(bytes));
  }
}
