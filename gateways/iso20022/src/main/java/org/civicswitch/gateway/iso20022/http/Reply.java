package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * What goes back over HTTP.
 *
 * @param contentType null when there is no body
 * @param location null for none
 * @param retryAfterSeconds 0 for none
 */
record Reply(int status, String contentType, String body, String location, int retryAfterSeconds) {
  private static final String XML = "application/xml";
  private static final String PROBLEM = "application/problem+json";

  static Reply xml(int status, String body) {
    return new Reply(status, XML, body, null, 0);
  }

  static Reply empty(int status) {
    return new Reply(status, null, null, null, 0);
  }

  static Reply json(int status, String body) {
    return new Reply(status, "application/json", body, null, 0);
  }

  Reply at(String newLocation) {
    return new Reply(status, contentType, body, newLocation, retryAfterSeconds);
  }

  /** RFC 9457. */
  static Reply problem(int status, String detail, int retryAfterSeconds) {
    final String body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title(status))
            .put("status", status)
            .put("detail", detail)
            .encode();
    return new Reply(status, PROBLEM, body, null, retryAfterSeconds);
  }

  /** Answers with this, unless it has been answered or nobody is there any more. */
  Future<Void> send(RoutingContext routing) {
    final HttpServerResponse response = routing.response();
    if (response.closed() || response.ended()) {
      return Future.failedFuture("nobody waits for the answer");
    }
    response.setStatusCode(status);
    if (location != null) {
      response.putHeader("location", location);
    }
    if (retryAfterSeconds > 0) {
      response.putHeader("retry-after", Integer.toString(retryAfterSeconds));
    }
    return contentType == null
        ? response.end()
        : response.putHeader("content-type", contentType).end(body);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Unknown connection";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 408 -> "Request timeout";
      case 413 -> "Too large";
      case 415 -> "Unsupported media type";
      case 429 -> "Too many requests";
      case 503 -> "Busy";
      case 504 -> "No answer in time";
      default -> "Error";
    };
  }
}
