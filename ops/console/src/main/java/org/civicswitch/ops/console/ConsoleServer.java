package org.civicswitch.ops.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.ops.console.accounts.OneTimeLogins;
import org.civicswitch.ops.console.accounts.Sessions;
import org.civicswitch.ops.console.openid.OpenIdProvider;

/**
 * The console: follows the feed, shows it live, and answers health and metrics on a second
 * listener. Safe for use by many threads; {@link #close} may be called more than once.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final long WAIT_SECONDS = 20;
  private static final long STAGE_TICK_MS = 1_000;

  private final Vertx vertx;
  private final boolean ownVertx;
  private final ConsoleOptions options;
  private final Board board;
  private final FeedTail tail;
  private final StageWindows stages;
  private final Pages pages;
  private final Door door;
  private final LiveStream live;
  private final Metrics metrics;
  private final StateHashes hashes;
  private final Pasts pasts;
  private final Context loop;
  private HttpServer http;
  private HttpServer ops;
  private SignInRoutes signIn;
  private OpenIdRoutes openId;
  private BackgroundWork work;
  private BackgroundWork storeWork;
  private OneTimeLogins logins;
  private long stageTimer;
  private volatile boolean stopping;
  private boolean closed;

  private ConsoleServer(
      final Vertx vertx,
      final boolean ownVertx,
      final SwitchConnection connection,
      final ConsoleOptions options) {
    this.vertx = vertx;
    this.ownVertx = ownVertx;
    this.options = options;
    this.board = new Board(options.paymentsKept(), options.clockMs());
    this.tail = new FeedTail(connection, board, options.feedFrom());
    this.stages = new StageWindows(options.stages());
    this.pages = new Pages(board, stages, options.treasury() != null, options.clockMs());
    this.door =
        new Door(
            options,
            options.accounts() == null
                ? null
                : new Sessions(options.accounts(), options.sessionIdle(), options.clockMs()));
    this.live = new LiveStream(vertx, pages, door);
    this.metrics = new Metrics(board, stages, options.clockMs());
    this.hashes = new StateHashes(options.replay(), options.clockMs());
    this.pasts = new Pasts(connection, options.feedFrom(), board, hashes);
    this.loop = vertx.getOrCreateContext();
  }

  /**
   * Starts on a Vert.x of its own; returns once both listeners are open.
   *
   * @throws IllegalStateException if a port cannot be opened
   */
  public static ConsoleServer start(
      final SwitchConnection connection, final ConsoleOptions options) {
    return start(Vertx.vertx(), true, connection, options);
  }

  /**
   * Starts on this Vert.x, which stays open afterwards. Not to be called on an event loop.
   *
   * @throws IllegalStateException if a port cannot be opened
   */
  public static ConsoleServer start(
      final Vertx vertx, final SwitchConnection connection, final ConsoleOptions options) {
    return start(vertx, false, connection, options);
  }

  private static ConsoleServer start(
      final Vertx vertx,
      final boolean ownVertx,
      final SwitchConnection connection,
      final ConsoleOptions options) {
    final ConsoleServer server = new ConsoleServer(vertx, ownVertx, connection, options);
    try {
      await(server.open());
      server.writeLogins();
    } catch (final RuntimeException e) {
      server.close();
      throw e;
    }
    server.tail.start();
    return server;
  }

  /** Where the page is. */
  public int httpPort() {
    return http.actualPort();
  }

  /** Where health and metrics are. */
  public int opsPort() {
    return ops.actualPort();
  }

  /** {@code http://127.0.0.1:8080}, without a slash at the end. */
  public String url() {
    return (options.tls() ? "https://" : "http://") + options.httpHost() + ":" + httpPort();
  }

  public String opsUrl() {
    return "http://" + options.opsHost() + ":" + opsPort();
  }

  /** Meters added here are part of {@code /metrics}; labels must be bounded and without persons. */
  public MeterRegistry meters() {
    return metrics.registry();
  }

  /** The last feed sequence that the pages show. */
  public long feedSequence() {
    return pages.asOf().feedSequence();
  }

  /** Readiness answers 503 from now on; pages stay open. The first step of an orderly stop. */
  public void stopping() {
    stopping = true;
  }

  private Future<Void> open() {
    final Promise<Void> opened = Promise.promise();
    loop.runOnContext(
        v ->
            Future.all(openPages(), openOps())
                .<Void>mapEmpty()
                .onSuccess(
                    done -> {
                      live.start();
                      stageTimer = vertx.setPeriodic(STAGE_TICK_MS, t -> stages.tick());
                    })
                .onComplete(opened));
    return opened.future();
  }

  private void writeLogins() {
    final ConsoleOptions.OneTime wanted = options.oneTimeLogins();
    if (wanted == null) {
      return;
    }
    try {
      logins = new OneTimeLogins(wanted.directory(), wanted.accounts(), url() + "/sign-in?once=");
    } catch (final IOException e) {
      throw new IllegalStateException("one-time logins cannot be written: " + e.getMessage(), e);
    }
    signIn.accept(logins);
  }

  private void openId(final Frame frame, final Router router) {
    if (options.openId() != null) {
      openId =
          new OpenIdRoutes(
              vertx,
              options,
              frame,
              pages,
              door,
              new OpenIdProvider(
                  options.openId(), this::url, options.sessionIdle(), options.clockMs()));
      openId.mount(router);
    }
  }

  private Future<HttpServer> openPages() {
    final Router router = Router.router(vertx);
    final Assets assets = new Assets();
    final Frame frame = new Frame(options, board, pages, assets, door);
    final Moments moments =
        new Moments(vertx, new MinSequence(vertx, board), frame, pasts, options.clockMs());
    router.route().handler(new RequestGuard(options));
    router.route().handler(door);
    router.get("/events").handler(live::open);
    new PublicRoutes(options, board, assets).mount(router);
    new ApiRoutes(pages).mount(router, moments);
    new PageRoutes(options, frame, pages, assets).mount(router, moments);
    if (door.hasSignIn()) {
      openId(frame, router);
      signIn =
          new SignInRoutes(
              vertx,
              options,
              frame,
              pages,
              door,
              options.openId() == null ? "" : options.openId().issuer().getAuthority());
      signIn.mount(router);
    }
    new LiquidityRoutes(frame, pages).mount(router, moments);
    storeWork = new BackgroundWork(vertx, "console-store", frame);
    new PaymentRoutes(
            options,
            frame,
            pages,
            board,
            storeWork,
            options.reporting() == null ? null : new StoredPayments(options.reporting(), board))
        .mount(router, moments);
    new WhatIfRoutes(options, frame, pages, board, storeWork).mount(router);
    if (options.treasury() != null) {
      work = new BackgroundWork(vertx, "console-desk", frame);
      new ApprovalRoutes(options, frame, pages, door, work).mount(router);
      new ChangeRoutes(options, frame, pages, door, work).mount(router);
      new SettlementRoutes(options, frame, pages, board).mount(router);
      fundsRoutes(frame).mount(router);
      new SignOffRoutes(options, frame, pages, board, door, work).mount(router);
    }
    frame.mount(router);
    metrics.streams(live::clients);
    final HttpServerOptions server =
        new HttpServerOptions()
            .setHost(options.httpHost())
            .setMaxFormAttributeSize(SignOffRoutes.FIELD_BYTES_MAX)
            .setMaxFormBufferedBytes(SignOffRoutes.FIELD_BYTES_MAX);
    if (options.tls()) {
      server
          .setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(options.certificate().toString())
                  .setKeyPath(options.key().toString()));
    }
    http = vertx.createHttpServer(server.setPort(options.httpPort())).requestHandler(router);
    return http.listen();
  }

  private FundsRoutes fundsRoutes(final Frame frame) {
    try {
      return new FundsRoutes(options, frame, pages, board, door, work);
    } catch (final IOException e) {
      throw new IllegalStateException("statements cannot be sent here: " + e.getMessage(), e);
    }
  }

  private Future<HttpServer> openOps() {
    final Router router = Router.router(vertx);
    new OpsRoutes(options, tail, metrics, () -> stopping).mount(router);
    ops =
        vertx
            .createHttpServer(
                new HttpServerOptions().setHost(options.opsHost()).setPort(options.opsPort()))
            .requestHandler(router);
    return ops.listen();
  }

  /** Not ready, streams closed, feed let go, listeners closed: in this order. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopping = true;
    final Promise<Void> quiet = Promise.promise();
    loop.runOnContext(
        v -> {
          vertx.cancelTimer(stageTimer);
          live.close();
          quiet.complete();
        });
    try {
      await(quiet.future());
      tail.close();
      pasts.close();
      hashes.close();
      await(http == null ? Future.succeededFuture() : http.close());
      await(ops == null ? Future.succeededFuture() : ops.close());
      closeSignIn();
    } finally {
      if (ownVertx) {
        await(vertx.close());
      }
    }
  }

  private void closeSignIn() {
    if (storeWork != null) {
      storeWork.close();
    }
    if (work != null) {
      work.close();
    }
    if (openId != null) {
      openId.close();
    }
    if (signIn != null) {
      signIn.close();
    }
    if (logins != null) {
      try {
        logins.close();
      } catch (final IOException e) {
        throw new IllegalStateException("one-time logins remain: " + e.getMessage(), e);
      }
    }
  }

  private static <T> void await(final Future<T> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (final ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the console's listeners: " + e.getMessage(), e);
    }
  }
}
