package org.civicswitch.ops.console;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.openid.OpenIdProvider;
import org.civicswitch.ops.console.openid.OpenIdRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In by the word of an OpenID Connect provider: to the provider, and back from it. */
final class OpenIdRoutes {
  /** Attempts that wait for the provider at one time; further ones are sent away. */
  static final int WAITING_MAX = 16;

  private static final int THREADS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdRoutes.class);

  private final ConsoleOptions options;
  private final Frame frame;
  private final Pages pages;
  private final Door door;
  private final OpenIdProvider provider;
  private final WorkerExecutor worker;
  private final AtomicInteger waiting = new AtomicInteger();
  private final String cookie;

  OpenIdRoutes(
      final Vertx vertx,
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Door door,
      final OpenIdProvider provider) {
    this.options = options;
    this.frame = frame;
    this.pages = pages;
    this.door = door;
    this.provider = provider;
    this.worker = vertx.createSharedWorkerExecutor("console-openid", THREADS);
    // The prefix has the browser refuse the name to anybody else, other hosts of the domain
    // included: who could set it would have a person work under another's account.
    this.cookie = options.tls() ? "__Host-openid" : "openid";
  }

  void mount(final Router router) {
    router.get("/sign-in/openid").handler(this::begin);
    router.get("/sign-in/openid/return").handler(this::finish);
  }

  private void begin(final RoutingContext request) {
    final String next = SignInRoutes.next(request.queryParams().get("next"));
    run(
        request,
        () -> provider.begin(next),
        begun -> {
          // Lax: the provider's redirect comes from another site, and must bring it.
          request
              .response()
              .addCookie(attempt(begun.attempt()).setMaxAge(OpenIdProvider.ATTEMPT_MS_MAX / 1000));
          Frame.redirect(request, begun.to().toString());
        });
  }

  private Cookie attempt(final String value) {
    return Cookie.cookie(cookie, value)
        .setHttpOnly(true)
        .setPath("/")
        .setSecure(options.tls())
        .setSameSite(CookieSameSite.LAX);
  }

  private void finish(final RoutingContext request) {
    final Cookie brought = request.request().getCookie(cookie);
    final String attempt = brought == null ? null : brought.getValue();
    final String query = request.request().query();
    run(request, () -> provider.finish(attempt, query), known -> enter(request, known));
  }

  private void enter(final RoutingContext request, final OpenIdProvider.Known known) {
    final Optional<Account> account;
    try {
      account = options.accounts().findByOpenId(known.issuer(), known.subject());
    } catch (final IOException | IllegalArgumentException e) {
      request.fail(e);
      return;
    }
    request.response().addCookie(attempt("").setMaxAge(0));
    if (account.isEmpty()) {
      LOG.info("somebody whom the provider knows and no account is linked to");
      frame.problem(
          request,
          403,
          "No account is linked to you",
          "The provider knows you as \""
              + known.subject()
              + "\". Ask whoever runs this switch for: ./civicswitch console account link NAME"
              + " --openid-issuer "
              + quoted(known.issuer())
              + " --openid-subject "
              + quoted(known.subject()));
      return;
    }
    door.open(request, account.get());
    LOG.info("{} signed in by OpenID Connect", account.get().name());
    // Not a redirect: behind one from another site the browser would not bring the session.
    request.response().putHeader("Refresh", "0; url=" + known.next());
    Answers.html(
        request,
        200,
        pages.enteredPage(
            frame.chrome(request, "Signed in", "", "", pages.asOf()),
            account.get().name(),
            known.next()));
  }

  /** For a shell: the provider chose these letters. */
  private static String quoted(final String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Away from the event loop; what the provider refuses is told to who asked. */
  private <T> void run(
      final RoutingContext request, final Callable<T> work, final Consumer<T> then) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      request.response().putHeader("Retry-After", "5");
      frame.problem(request, 503, "Not now", "Too many wait for the provider. Try again.");
      return;
    }
    worker
        .executeBlocking(work, false)
        .onComplete(done -> waiting.decrementAndGet())
        .onSuccess(then::accept)
        .onFailure(
            failure -> {
              if (failure instanceof OpenIdRefused) {
                LOG.info("a sign-in by OpenID Connect failed: {}", failure.getMessage());
                frame.problem(request, 403, "Not signed in", failure.getMessage());
              } else {
                request.fail(failure);
              }
            });
  }

  void close() {
    worker.close();
  }
}
