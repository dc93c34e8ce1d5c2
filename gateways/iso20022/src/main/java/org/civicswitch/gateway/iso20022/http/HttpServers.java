package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One port, served by as many event loops as there are processors: what is done for a message, TLS
 * above all, runs on them side by side.
 */
final class HttpServers implements AutoCloseable {
  private static final long START_SECONDS_MAX = 60;
  private static final long STOP_SECONDS_MAX = 10;

  /** A free port may be taken by somebody else before it is listened on. */
  private static final int FREE_PORTS_TRIED = 5;

  private final Vertx vertx;
  private final List<HttpServer> servers = Collections.synchronizedList(new ArrayList<>());
  private String deployment;

  private HttpServers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Listens; returns once all of them do. Port 0 is any free one. */
  static HttpServers listen(
      Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler)
      throws IOException {
    // Servers share a port only if they are told which.
    for (int left = options.getPort() == 0 ? FREE_PORTS_TRIED : 1; true; left--) {
      final HttpServerOptions at =
          new HttpServerOptions(options)
              .setPort(options.getPort() == 0 ? freePort(options.getHost()) : options.getPort());
      try {
        return new HttpServers(vertx).listen(at, handler);
      } catch (IOException e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  private static int freePort(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    }
  }

  private HttpServers listen(HttpServerOptions options, Handler<HttpServerRequest> handler)
      throws IOException {
    deployment =
        await(
            "start",
            START_SECONDS_MAX,
            vertx.deployVerticle(
                () -> new Server(options, handler),
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())));
    return this;
  }

  /** On an event loop of its own. */
  private final class Server extends VerticleBase {
    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> handler;

    private Server(HttpServerOptions options, Handler<HttpServerRequest> handler) {
      this.options = options;
      this.handler = handler;
    }

    @Override
    public Future<?> start() {
      final HttpServer server = vertx.createHttpServer(options).requestHandler(handler);
      servers.add(server);
      return server.listen();
    }
  }

  int port() {
    return servers.get(0).actualPort();
  }

  /** Takes no more requests and lets answers go out. */
  @Override
  public void close() throws IOException {
    final List<Future<Void>> closed =
        List.copyOf(servers).stream()
            .map(server -> server.shutdown(STOP_SECONDS_MAX, TimeUnit.SECONDS))
            .toList();
    await(
        "stop",
        2 * STOP_SECONDS_MAX,
        Future.all(closed).eventually(() -> vertx.undeploy(deployment)));
  }

  private static <T> T await(String what, long seconds, Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (Exception e) {
      throw new IOException("the gateway did not " + what + " to listen", e);
    }
  }
}
