package org.civicswitch.ops.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.MutualTls;

/**
 * A participant's way to the ISO 20022 gateway: HTTPS with its own certificate, connections kept
 * open. Safe for any thread; nothing here blocks.
 */
public final class GatewayConnection implements AutoCloseable {
  /** The most messages that the gateway gives at once. */
  public static final int LIMIT_MAX = 100;

  private static final int POOL = 8;

  /** Two handshakes of a JVM that has just started take seconds on a machine that is busy. */
  private static final int CONNECT_MS_MAX = 30_000;

  private static final int ANSWER_SECONDS_MAX = 30;

  private final HttpClient client;
  private final String host;
  private final int port;
  private final String path;

  /**
   * @param gateway as in {@code endpoints.json}; with or without {@code /iso20022} at its end
   * @param serverAuthority PEM of the authority that the gateway's certificate is of
   */
  public GatewayConnection(
      final Vertx vertx,
      final URI gateway,
      final Credential credential,
      final Path serverAuthority) {
    if (!"https".equals(gateway.getScheme()) || gateway.getHost() == null) {
      throw new IllegalArgumentException("not an https URL: " + gateway);
    }
    host = gateway.getHost();
    port = gateway.getPort() < 0 ? 443 : gateway.getPort();
    final String given = gateway.getPath() == null ? "" : gateway.getPath().replaceFirst("/+$", "");
    path = given.endsWith("/iso20022") ? given : given + "/iso20022";
    client =
        vertx.createHttpClient(
            MutualTls.client(credential, serverAuthority)
                .setKeepAlive(true)
                .setTcpNoDelay(true)
                .setConnectTimeout(CONNECT_MS_MAX),
            new PoolOptions().setHttp1MaxSize(POOL));
  }

  /**
   * What the gateway answered.
   *
   * @param status of HTTP
   * @param body may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Reply(int status, byte[] body) {
    /** Worth sending again unchanged: the gateway had no room or no answer in time. */
    boolean isPassing() {
      return status == 429 || status >= 500;
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Sends one message.
   *
   * @param waitSeconds how long to wait for the final word, 0 for not at all
   */
  public Future<Reply> post(final byte[] message, final int waitSeconds) {
    final RequestOptions options =
        request(HttpMethod.POST, "/messages", waitSeconds)
            .putHeader("content-type", "application/xml");
    if (waitSeconds > 0) {
      options.putHeader("prefer", "wait=" + waitSeconds);
    }
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(message)).compose(GatewayConnection::reply));
  }

  /** Leases what waits; waits for something to come. */
  Future<Reply> get(final int waitSeconds, final int limit) {
    return send(HttpMethod.GET, "/messages?wait=" + waitSeconds + "&limit=" + limit, waitSeconds);
  }

  /** Acknowledges messages by their ids. */
  Future<Reply> acknowledge(final Collection<Long> ids) {
    return send(
        HttpMethod.DELETE,
        "/messages/" + ids.stream().map(String::valueOf).collect(Collectors.joining(",")),
        0);
  }

  /** Asks what became of a payment: a pacs.002. */
  public Future<Reply> payment(final String uetr) {
    return send(HttpMethod.GET, "/payments/" + uetr, 0);
  }

  private Future<Reply> send(final HttpMethod method, final String target, final int waitSeconds) {
    return client
        .request(request(method, target, waitSeconds))
        .compose(request -> request.send().compose(GatewayConnection::reply));
  }

  private RequestOptions request(
      final HttpMethod method, final String target, final int waitSeconds) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(host)
        .setPort(port)
        .setSsl(true)
        .setURI(path + target)
        .setConnectTimeout(CONNECT_MS_MAX)
        .setIdleTimeout(TimeUnit.SECONDS.toMillis(waitSeconds + ANSWER_SECONDS_MAX));
  }

  /**
   * Composed on what {@code send} gives, inside the request's own callback: composed further out,
   * on another thread, the body may be over before anybody reads it.
   */
  private static Future<Reply> reply(final HttpClientResponse response) {
    return response.body().map(body -> new Reply(response.statusCode(), body.getBytes()));
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    client.close();
  }
}
