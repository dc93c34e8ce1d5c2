package org.civicswitch.ops.console;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.OneTimeLogins;
import org.civicswitch.ops.console.accounts.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In and out. */
final class SignInRoutes {
  /** Password hashes at one time: each takes 19 MiB and tens of milliseconds of a core. */
  static final int HASHES_AT_ONCE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);

  private final ConsoleOptions options;
  private final Frame frame;
  private final Pages pages;
  private final Door door;
  private final SignIn signIn;
  private final WorkerExecutor worker;
  private final String openId;
  private volatile OneTimeLogins logins;

  /**
   * @param openId the provider by whose word one may sign in too, or empty
   */
  SignInRoutes(
      final Vertx vertx,
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Door door,
      final String openId) {
    this.openId = openId;
    this.options = options;
    this.frame = frame;
    this.pages = pages;
    this.door = door;
    this.signIn = new SignIn(options.accounts(), options.clockMs());
    this.worker = vertx.createSharedWorkerExecutor("console-sign-in", HASHES_AT_ONCE);
  }

  void mount(final Router router) {
    final BodyHandler form = BodyHandler.create(false).setBodyLimit(Frame.BODY_BYTES_MAX);
    router.get("/sign-in").handler(this::page);
    router.post("/sign-in").handler(form).handler(this::enter);
    router.post("/sign-out").handler(form).handler(this::leave);
  }

  /** Development: logins that need no password, once each. */
  void accept(final OneTimeLogins oneTime) {
    logins = oneTime;
  }

  private void page(final RoutingContext request) {
    final String next = next(request.queryParams().get("next"));
    final String once = String.valueOf(request.queryParams().get("once"));
    final Optional<String> whose = logins == null ? Optional.empty() : logins.look(once);
    if (whose.isPresent()) {
      // Following an address uses nothing up: browsers and others look ahead.
      show(request, 200, next, "", whose.get(), once);
    } else if (Door.person(request) != null) {
      Frame.redirect(request, next);
    } else {
      final boolean over = logins != null && request.queryParams().contains("once");
      show(request, 200, next, over ? "This login has been used, or is of an earlier start." : "");
    }
  }

  private void show(
      final RoutingContext request, final int status, final String next, final String answer) {
    show(request, status, next, answer, "", "");
  }

  private void show(
      final RoutingContext request,
      final int status,
      final String next,
      final String answer,
      final String account,
      final String once) {
    final OneTimeLogins development = logins;
    Answers.html(
        request,
        status,
        pages.signInPage(
            frame.chrome(request, "Sign in", "", "", pages.asOf()),
            new Views.SignIn(
                frame.token(request),
                next,
                answer,
                account,
                once,
                development == null ? "" : development.directory().toString(),
                openId)));
  }

  private void enter(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    final String next = next(request.request().getFormAttribute("next"));
    final String once = request.request().getFormAttribute("once");
    if (once != null) {
      final Optional<Account> account = useOnce(once);
      if (account.isPresent()) {
        enterAs(request, account.get(), next);
      } else {
        show(request, 403, next, "This login has been used, or is of an earlier start.");
      }
      return;
    }
    final String name = field(request, "name");
    final String password = field(request, "password");
    final String code = field(request, "code");
    worker
        .executeBlocking(() -> signIn.attempt(name, password, code), false)
        .onFailure(request::fail)
        .onSuccess(
            attempt -> {
              if (attempt.account() != null) {
                enterAs(request, attempt.account(), next);
              } else if (attempt.waitMs() > 0) {
                final long seconds = attempt.waitMs() / 1000 + 1;
                request.response().putHeader("Retry-After", Long.toString(seconds));
                show(
                    request,
                    429,
                    next,
                    "Too many attempts went wrong. Try again in " + Utc.duration(seconds) + ".");
              } else {
                LOG.info("a sign-in failed");
                show(
                    request,
                    403,
                    next,
                    "Name, password and code do not belong together, or the code was used before.");
              }
            });
  }

  private Optional<Account> useOnce(final String once) {
    try {
      final Optional<String> name = logins == null ? Optional.empty() : logins.use(once);
      return name.isEmpty()
          ? Optional.empty()
          : options.accounts().find(name.get()).filter(account -> !account.disabled());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void enterAs(final RoutingContext request, final Account account, final String next) {
    door.open(request, account);
    LOG.info("{} signed in", account.name());
    Frame.redirect(request, next);
  }

  private void leave(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    final Account person = Door.person(request);
    if (person != null) {
      LOG.info("{} signed out", person.name());
    }
    door.leave(request);
    Frame.redirect(request, "/sign-in");
  }

  private static String field(final RoutingContext request, final String name) {
    final String value = request.request().getFormAttribute(name);
    return value == null ? "" : value;
  }

  /** A page of this console and nothing else. */
  static String next(final String asked) {
    return asked == null
            || !asked.matches("/[ -~&&[^\\\\]]{0,500}")
            || asked.startsWith("//")
            || asked.startsWith("/sign-")
        ? "/"
        : asked;
  }

  void close() {
    worker.close();
  }
}
