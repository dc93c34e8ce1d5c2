package org.civicswitch.exchange;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.cert.Certificate;
import java.util.concurrent.CompletionException;
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
 * is answered exactly as one about a beneficiary.
 */
public final class ExchangeBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeBridge.class);
  private static final String PATH =
      "/r1/:instance/:memberClass/:memberCode/:subsystem/life-events";

  private final Vertx vertx;
  private final SwitchGateway gateway;
  private final Registries registries;
  private final LifeEventCommands commands;
  private final MessageLog log;
  private HttpServer server;

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
   * Starts the server.
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
    return bridge.listen(options).map(bridge).onFailure(failure -> bridge.close());
  }

  private Future<Void> listen(final HttpServerOptions options) {
    final Router router = Router.router(vertx);
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(LifeEventNotice.BODY_BYTES_MAX))
        .handler(this::notice);
    router
        .route(PATH)
        .handler(
            context ->
                answer(
                    context,
                    new NoticeRefused(405, "Client.MethodNotAllowed", "only POST is known here")));
    router
        .route()
        .handler(
            context ->
                answer(
                    context,
                    new NoticeRefused(404, "Server.ServerProxy.UnknownService", "no such service")))
        .failureHandler(this::failed);
    router.route().failureHandler(this::failed);
    server = vertx.createHttpServer(options).requestHandler(router);
    return server.listen().mapEmpty();
  }

  /** The port the server listens on. */
  public int port() {
    return server.actualPort();
  }

  private void failed(final RoutingContext context) {
    if (context.statusCode() == 413) {
      answer(
          context,
          new NoticeRefused(
              413,
              "Client.RequestTooLarge",
              "a notice has at most " + LifeEventNotice.BODY_BYTES_MAX + " bytes"));
      return;
    }
    LOG.error("notice not handled", context.failure());
    answer(
        context,
        new NoticeRefused(500, "Server.ServerProxy.InternalError", "an internal error occurred"));
  }

  private void notice(final RoutingContext context) {
    try {
      final XRoadHeaders headers = XRoadHeaders.read(context.request().headers());
      context.response().putHeader(XRoadHeaders.CLIENT, headers.client());
      context.response().putHeader(XRoadHeaders.ID, headers.id());
      context
          .response()
          .putHeader(XRoadHeaders.REQUEST_ID, Id128.of(java.util.UUID.randomUUID()).toString());
      context.response().putHeader(XRoadHeaders.SERVICE, context.request().path().substring(4));
      final Registries.Registry registry = caller(context);
      final byte[] body = body(context);
      final LifeEventNotice notice = LifeEventNotice.parse(body);
      final UnsafeBuffer command = commands.encode(notice, registry, body);
      log.append(
          System.currentTimeMillis(),
          MessageLog.Direction.IN,
          registry.participant(),
          Id128.NONE,
          "x-road/life-event",
          body);
      gateway
          .submit(command, 0, command.capacity(), SwitchGateway.on(vertx.getOrCreateContext()))
          .handle(
              (outcome, failure) -> {
                outcome(context, outcome, failure);
                return null;
              })
          .exceptionally(
              defect -> {
                context.fail(defect);
                return null;
              });
    } catch (final NoticeRefused e) {
      answer(context, e);
    } catch (final KeyRefused e) {
      LOG.error("no key to protect a notice: {}", e.getMessage());
      answer(
          context, new NoticeRefused(503, "Server.ServerProxy.ServiceFailed", "try again later"));
    }
  }

  private Registries.Registry caller(final RoutingContext context) throws NoticeRefused {
    try {
      final Certificate certificate =
          context.request().connection().sslSession().getPeerCertificates()[0];
      final Registries.Registry registry = registries.of(Fingerprints.of(certificate));
      if (registry != null) {
        return registry;
      }
    } catch (final SSLPeerUnverifiedException e) {
      LOG.debug("no client certificate", e);
    }
    throw new NoticeRefused(
        403,
        "Server.ServerProxy.AccessDenied",
        "this certificate is not a registry's that may send life events");
  }

  private static byte[] body(final RoutingContext context) throws NoticeRefused {
    if (context.body().buffer() == null) {
      throw new NoticeRefused(400, "Client.InvalidRequest", "the body is empty");
    }
    return context.body().buffer().getBytes();
  }

  private void outcome(
      final RoutingContext context, final OutcomeCopy outcome, final Throwable failure) {
    if (failure != null) {
      final Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      final boolean busy =
          cause instanceof SubmissionFailure f && f.kind() == SubmissionFailure.Kind.BUSY;
      context.response().putHeader("Retry-After", "2");
      answer(
          context,
          new NoticeRefused(
              busy ? 429 : 503,
              "Server.ServerProxy.ServiceFailed",
              "the switch could not take the notice now; send it again unchanged"));
      return;
    }
    switch (outcome.code()) {
      case OK, SUBJECT_UNKNOWN ->
          context
              .response()
              .setStatusCode(202)
              .putHeader("Content-Type", "application/json")
              .end(
                  new JsonObject()
                      .put("status", "received")
                      .put("repeated", outcome.replayed())
                      .encode());
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
      case LIFE_EVENT_UNKNOWN ->
          answer(
              context,
              new NoticeRefused(
                  422, "Client.InvalidRequest", "reverses names no event that is in force"));
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
                .put("detail", Id128.of(java.util.UUID.randomUUID()).toString())
                .encode());
  }

  @Override
  public void close() {
    if (server != null) {
      server.close().toCompletionStage().toCompletableFuture().join();
    }
    registries.close();
    gateway.close();
  }
}
