package org.civicswitch.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.MutualTls;

/** A bank's side of the wire: requests over mutual TLS on connections that stay open. */
final class BankClient implements AutoCloseable {
  private static final String MESSAGES = "/iso20022/messages";
  private static final int WAIT_SECONDS = 20;

  /** As many payments as may be under way, and the one request that waits for messages. */
  private static final int CONNECTIONS = RoundTrips.IN_FLIGHT + 8;

  private final HttpClient client;
  private final int port;
  private final String participant;

  /**
   * @param authority PEM of the server's authority
   * @param participant its BIC
   */
  BankClient(
      final Vertx vertx,
      final Credential credential,
      final Path authority,
      final int port,
      final String participant) {
    this.client =
        vertx.createHttpClient(
            MutualTls.client(credential, authority),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    this.port = port;
    this.participant = participant;
  }

  /** What came back. */
  record Reply(int status, Buffer body) {}

  String participant() {
    return participant;
  }

  /** Sends a message and waits for the final word on it. */
  Future<Reply> pay(final Buffer message) {
    return call(HttpMethod.POST, MESSAGES, message, true);
  }

  /** Sends a message. */
  Future<Reply> answer(final Buffer message) {
    return call(HttpMethod.POST, MESSAGES, message, false);
  }

  /** Takes what waits, or waits for something to come. */
  Future<Reply> receive(final int limit) {
    final String path =
        MESSAGES + "?participant=" + participant + "&wait=" + WAIT_SECONDS + "&limit=" + limit;
    return call(HttpMethod.GET, path, null, false);
  }

  Future<Reply> acknowledge(final String first, final String last) {
    final String path = MESSAGES + "/" + first + "-" + last + "?participant=" + participant;
    return call(HttpMethod.DELETE, path, null, false);
  }

  private Future<Reply> call(
      final HttpMethod method, final String path, final Buffer body, final boolean wait) {
    return client
        .request(method, port, "localhost", path)
        .compose(
            request -> {
              if (body == null) {
                return request.send().compose(BankClient::reply);
              }
              request.putHeader("content-type", "application/xml");
              if (wait) {
                request.putHeader("prefer", "wait=" + WAIT_SECONDS);
              }
              return request.send(body).compose(BankClient::reply);
            });
  }

  private static Future<Reply> reply(final HttpClientResponse response) {
    return response.body().map(bytes -> new Reply(response.statusCode(), bytes));
  }

  @Override
  public void close() {
    client.close();
  }
}
