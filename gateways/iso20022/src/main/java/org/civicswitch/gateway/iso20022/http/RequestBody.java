package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.civicswitch.gateway.iso20022.schema.CheckLimits;

/**
 * Collects the body of one request: of a type that can be a message, not compressed, within {@link
 * #BYTES_MAX} and {@link #WAIT_MS}. What cannot be is answered here. On the request's event loop.
 */
final class RequestBody {
  static final int BYTES_MAX = CheckLimits.DEFAULT.bytes();
  static final long WAIT_MS = 30_000;

  /** What is still being sent after an answer is read this long, so that the answer is seen. */
  private static final long LINGER_MS = 2_000;

  /** Plain XML, types ending in +xml, and what clients send that do not say what it is. */
  private static final Set<String> TYPES =
      Set.of(
          "application/xml",
          "text/xml",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "text/plain");

  private final Vertx vertx;
  private final RoutingContext routing;
  private final Handler<byte[]> whole;
  private final Buffer bytes = Buffer.buffer();
  private boolean answered;

  private RequestBody(Vertx vertx, RoutingContext routing, Handler<byte[]> whole) {
    this.vertx = vertx;
    this.routing = routing;
    this.whole = whole;
  }

  /**
   * Reads the body of the request that is being routed.
   *
   * @param waitMs how long the body may take to come, {@link #WAIT_MS}
   * @param whole gets all of it, never empty; not called when it was answered already
   */
  static void read(Vertx vertx, RoutingContext routing, long waitMs, Handler<byte[]> whole) {
    new RequestBody(vertx, routing, whole).read(waitMs);
  }

  private void read(long waitMs) {
    final HttpServerRequest request = routing.request();
    final Reply refusal = refusal(request);
    if (refusal != null) {
      answer(refusal);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))
        && request.version() != HttpVersion.HTTP_1_0) {
      request.response().writeContinue();
    }
    final long timer =
        vertx.setTimer(
            waitMs,
            ignored -> answer(Reply.problem(408, "the message did not come to its end", 0)));
    request
        .handler(this::more)
        .exceptionHandler(
            lost -> {
              vertx.cancelTimer(timer);
              answered = true;
            })
        .endHandler(
            end -> {
              vertx.cancelTimer(timer);
              if (answered) {
                return;
              }
              if (bytes.length() == 0) {
                answer(Reply.problem(400, "a message is expected in the body", 0));
              } else {
                whole.handle(bytes.getBytes());
              }
            });
  }

  private void more(Buffer some) {
    if (answered) {
      return;
    }
    if (bytes.length() + some.length() > BYTES_MAX) {
      answer(tooLarge());
    } else {
      bytes.appendBuffer(some);
    }
  }

  private static Reply refusal(HttpServerRequest request) {
    final String encoding = request.getHeader("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Reply.problem(
          415, "a compressed body is not taken in; send it without Content-Encoding", 0);
    }
    final String type = request.getHeader("content-type");
    if (type != null && !isTakenIn(type)) {
      return Reply.problem(415, "a message is sent as application/xml", 0);
    }
    final String length = request.getHeader("content-length");
    return length != null && isTooLong(length) ? tooLarge() : null;
  }

  private static boolean isTakenIn(String contentType) {
    final int parameters = contentType.indexOf(';');
    final String type =
        (parameters < 0 ? contentType : contentType.substring(0, parameters))
            .strip()
            .toLowerCase(Locale.ROOT);
    return TYPES.contains(type) || type.endsWith("+xml");
  }

  private static boolean isTooLong(String length) {
    try {
      return Long.parseLong(length) > BYTES_MAX;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private static Reply tooLarge() {
    return Reply.problem(413, "a message has at most " + BYTES_MAX / (1024 * 1024) + " MiB", 0);
  }

  /** The rest of the body is nobody's: without a close it would be read to its end. */
  private void answer(Reply reply) {
    if (answered) {
      return;
    }
    answered = true;
    final HttpServerRequest request = routing.request();
    final boolean whole = request.isEnded();
    if (!whole && request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("connection", "close");
    }
    reply
        .send(routing)
        .onComplete(
            sent -> {
              if (!whole && request.version() == HttpVersion.HTTP_2) {
                request.response().reset();
              } else if (!whole) {
                vertx.setTimer(LINGER_MS, ignored -> request.connection().close());
              }
            });
  }
}
