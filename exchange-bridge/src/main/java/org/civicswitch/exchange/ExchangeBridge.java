package org.civicswitch.exchange;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.UncheckedIOException;
import java.security.cert.Certificate;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.SubmissionFailure;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.tls.Fingerprints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS server for registries. {@code POST
 * /r1/{instance}/{class}/{member}/{subsystem}/life-events} with a notice answers once the switch
 * holds it durably.
 *
 * <p>A registry must not learn who receives benefits: a notice about a person unknown to the switch
 * is answered exactly as one about a beneficiary. For the same reason a notice that takes back what
 * is not in force is received like any other: for somebody unknown the switch could not tell.
 */
public final class ExchangeBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeBridge.class);
  private static final String REGISTRY = "registry";
  private static final String PATH =
      "/r1/:instance/:memberClass/:memberCode/:subsystem/life-events";

  private final Vertx vertx;
  private final SwitchGateway gateway;
  private final Registries registries;
  private final LifeEventCommands commands;
  private final MessageLog log;
  private volatile HttpServer server;

  private ExchangeBridge(
      final Vertx vertx,
      final SwitchConnection connection,
      final Tokens tokens,
      final MessageLog log) {
    this.vertx = vertx;
    this.gateway =
        new SwitchGateway(connection.newClient(), "exchange", SwitchGateway.Limits.DEFAULT);
    this.registries = new Registries(connection);
    this.commands = new LifeEventCommands(tokens);
    this.log = log;
  }

  /**
   * Starts the server, once the registries' grants are read from the feed.
   *
   * @param options host, port and mutual TLS; see {@code MutualTls.server}
   * @param log where every notice is kept, encrypted
   */
  public static Future<ExchangeBridge> start(
      final Vertx vertx,
      final HttpServerOptions options,
      final SwitchConnection connection,
      final Tokens tokens,
      final MessageLog log) {
    final ExchangeBridge bridge = new ExchangeBridge(vertx, connection, tokens, log);
    return Future.fromCompletionStage(bridge.registries.caughtUp(), vertx.getOrCreateContext())
        .compose(read -> bridge.listen(options))
        .map(bridge)
        .recover(failure -> bridge.release().transform(done -> Future.failedFuture(failure)));
  }

  private Future<Void> listen(final HttpServerOptions options) {
    final Router router = Router.router(vertx);
    // Who calls is known before anything the caller sent is looked at.
    router.route().handler(this::admit).failureHandler(this::failed);
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(LifeEventNotice.BODY_BYTES_MAX))
        .handler(this::notice);
    router
        .route(PATH)
        .handler(
            context -> {
              context.response().putHeader("Allow", "POST");
              answer(
                  context,
                  new NoticeRefused(405, "Client.MethodNotAllowed", "only POST is known here"));
            });
    router
        .route()
        .handler(
            context ->
                answer(
                    context,
                    new NoticeRefused(
                        404, "Server.ServerProxy.UnknownService", "no such service")));
    final HttpServer created = vertx.createHttpServer(options).requestHandler(router);
    return created.listen().onSuccess(listening -> server = listening).mapEmpty();
  }

  /** The port the server listens on. */
  public int port() {
    return server.actualPort();
  }

  private void failed(final RoutingContext context) {
    switch (context.statusCode()) {
      case 413 ->
          answer(
              context,
              new NoticeRefused(
                  413,
                  "Client.RequestTooLarge",
                  "a notice has at most " + LifeEventNotice.BODY_BYTES_MAX + " bytes"));
      case 400 ->
          answer(context, new NoticeRefused(400, "Client.InvalidRequest", "not a valid request"));
      default -> {
        LOG.error("notice not handled", context.failure());
        answer(
            context,
            new NoticeRefused(
                500, "Server.ServerProxy.InternalError", "an internal error occurred"));
      }
    }
  }

  private void admit(final RoutingContext context) {
    XRoadHeaders.echo(context.request().headers(), context.response().headers());
    final Registries.Registry registry = caller(context);
    if (registry == null) {
      answer(
          context,
          new NoticeRefused(
              403,
              "Server.ServerProxy.AccessDenied",
              "this certificate is not a registry's that may send life events"));
      return;
    }
    context.put(REGISTRY, registry);
    context.next();
  }

  /** Null for a certificate that is no registry's. */
  private Registries.Registry caller(final RoutingContext context) {
    try {
      final Certificate certificate =
          context.request().connection().sslSession().getPeerCertificates()[0];
      return registries.of(Fingerprints.of(certificate));
    } catch (final SSLPeerUnverifiedException e) {
      LOG.debug("no client certificate", e);
      return null;
    }
  }

  private void notice(final RoutingContext context) {
    final Registries.Registry registry = context.get(REGISTRY);
    try {
      final XRoadHeaders headers = XRoadHeaders.read(context.request().headers());
      context
          .response()
          .putHeader(XRoadHeaders.ID, headers.id())
          .putHeader(XRoadHeaders.REQUEST_ID, UUID.randomUUID().toString())
          .putHeader(XRoadHeaders.SERVICE, context.request().path().substring(4));
      final byte[] body = body(context);
      take(context, registry, commands.encode(LifeEventNotice.parse(body), registry, body), body);
    } catch (final NoticeRefused e) {
      answer(context, e);
    }
  }

  /**
   * Logs the notice, then offers the command, off the event loop: the log may wait for the disk.
   * One connection's notices keep their order; those of all connections are offered in the order of
   * the log.
   */
  private void take(
      final RoutingContext context,
      final Registries.Registry registry,
      final UnsafeBuffer command,
      final byte[] body) {
    final Context loop = vertx.getOrCreateContext();
    loop.executeBlocking(() -> logAndSubmit(registry, command, body, loop), true)
        .compose(submitted -> Future.fromCompletionStage(submitted, loop))
        .<Void>map(
            outcome -> {
              outcome(context, registry, outcome);
              return null;
            })
        .onFailure(failure -> notTaken(context, failure));
  }

  private CompletableFuture<OutcomeCopy> logAndSubmit(
      final Registries.Registry registry,
      final UnsafeBuffer command,
      final byte[] body,
      final Context loop)
      throws KeyRefused {
    // Connections have their own queues of blocking work: without the lock two could swap here.
    synchronized (log) {
      log.append(
          System.currentTimeMillis(),
          MessageLog.Direction.IN,
          registry.participant(),
          Id128.NONE,
          "x-road/life-event",
          body);
      return gateway.submit(command, 0, command.capacity(), SwitchGateway.on(loop));
    }
  }

  private static void notTaken(final RoutingContext context, final Throwable failure) {
    final String why;
    if (failure instanceof SubmissionFailure) {
      why = "the switch could not take the notice now; send it again unchanged";
    } else if (failure instanceof KeyRefused || failure instanceof UncheckedIOException) {
      LOG.error("a notice cannot be kept: {}", failure.getMessage());
      why = "try again later";
    } else {
      context.fail(failure);
      return;
    }
    context.response().putHeader("Retry-After", "2");
    answer(context, new NoticeRefused(503, "Server.ServerProxy.ServiceFailed", why));
  }

  private static byte[] body(final RoutingContext context) throws NoticeRefused {
    if (context.body().buffer() == null) {
      throw new NoticeRefused(400, "Client.InvalidRequest", "the body is empty");
    }
    return context.body().buffer().getBytes();
  }

  private static void outcome(
      final RoutingContext context, final Registries.Registry registry, final OutcomeCopy outcome) {
    switch (outcome.code()) {
      case OK, SUBJECT_UNKNOWN -> received(context, outcome);
      case LIFE_EVENT_UNKNOWN, LIFE_EVENT_EXISTS -> {
        // Only notices about people the switch knows come to this: another answer would say so.
        LOG.warn("a notice of participant {}: {}", registry.participant(), outcome.code());
        received(context, outcome);
      }
      case DUPLICATE ->
          answer(
              context,
              new NoticeRefused(
                  409,
                  "Client.DuplicateEvent",
                  "this event_id was sent before with another " + outcome.differs()));
      case STALE, CREATED_IN_FUTURE ->
          answer(
              context,
              new NoticeRefused(
                  422,
                  "Client.InvalidRequest",
                  outcome.code() == Code.STALE
                      ? "created_at is too long ago: make a new notice of the same event"
                      : "created_at lies in the future"));
      case CONNECTION_NOT_GRANTED, CONNECTION_UNKNOWN, PARTICIPANT_NOT_ACTIVE ->
          answer(
              context,
              new NoticeRefused(
                  403, "Server.ServerProxy.AccessDenied", "not allowed: " + outcome.code()));
      case CAPACITY, THROTTLED -> {
        context.response().putHeader("Retry-After", "5");
        answer(
            context,
            new NoticeRefused(
                503, "Server.ServerProxy.ServiceFailed", "the switch is full; send it again"));
      }
      default ->
          answer(
              context,
              new NoticeRefused(422, "Client.InvalidRequest", "refused: " + outcome.code()));
    }
  }

  private static void received(final RoutingContext context, final OutcomeCopy outcome) {
    context
        .response()
        .setStatusCode(202)
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                .put("status", "received")
                .put("repeated", outcome.replayed())
                .encode());
  }

  private static void answer(final RoutingContext context, final NoticeRefused refused) {
    if (context.response().ended()) {
      return;
    }
    context
        .response()
        .setStatusCode(refused.status())
        .putHeader("Content-Type", "application/json")
        .putHeader(XRoadHeaders.ERROR, refused.type())
        .end(
            new JsonObject()
                .put("type", refused.type())
                .put("message", refused.getMessage())
                .put("detail", UUID.randomUUID().toString())
                .encode());
  }

  /** Closing joins threads, which the event loop must not wait for. */
  private Future<Void> release() {
    return vertx.executeBlocking(
        () -> {
          close();
          return null;
        });
  }

  /** Stops the server, then what it works with; not on an event loop. */
  @Override
  public void close() {
    if (server != null) {
      server.close().toCompletionStage().toCompletableFuture().join();
    }
    registries.close();
    gateway.close();
  }
}
