package org.civicswitch.ops.console;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;
import org.civicswitch.ops.console.accounts.Sessions;

/**
 * Who asks, and whether they may. In development everything can be read by anybody; beyond it
 * nothing but the sign-in page and what that loads.
 */
final class Door implements Handler<RoutingContext> {
  private static final String PERSON = "person";

  private final Sessions sessions;
  private final boolean shut;
  private final String cookie;
  private final boolean tls;

  /**
   * @param sessions null where nobody can sign in
   */
  Door(final ConsoleOptions options, final Sessions sessions) {
    this.sessions = sessions;
    this.shut = !options.dev();
    this.tls = options.tls();
    // The prefix has the browser refuse the name to anybody else, other hosts of the domain
    // included.
    this.cookie = tls ? "__Host-session" : "session";
  }

  boolean hasSignIn() {
    return sessions != null;
  }

  @Override
  public void handle(final RoutingContext request) {
    final String path = request.request().path();
    final Account person = find(request, !path.equals("/events"));
    if (person != null) {
      request.put(PERSON, person);
    }
    if (shut && !isOpen(path)) {
      if (person == null) {
        ask(request);
        return;
      }
      if (!mayRead(person, path)) {
        if (path.equals("/")) {
          Frame.redirect(request, "/payments");
          return;
        }
        refuse(request, "Your account sees only " + person.scope() + ", and this is about all.");
        return;
      }
    }
    request.next();
  }

  /** Null when nobody has signed in. */
  static Account person(final RoutingContext request) {
    return request.get(PERSON);
  }

  /** The participant whose affairs alone this person sees; 0: everybody's, -1: nobody's. */
  static long only(final RoutingContext request) {
    final Account person = person(request);
    if (person == null || person.scope().kind() == Scope.Kind.ALL) {
      return 0;
    }
    return person.scope().kind() == Scope.Kind.PARTICIPANT ? person.scope().number() : -1;
  }

  /** Nothing but a sign-in is shown to this one. */
  boolean isShutFor(final RoutingContext request) {
    return shut && person(request) == null;
  }

  /** Lets those pass who have one of these roles, and not for a part only. */
  Handler<RoutingContext> only(final Role... roles) {
    return request -> {
      final Account person = person(request);
      if (person == null) {
        ask(request);
      } else if (Arrays.stream(roles).noneMatch(person::may)) {
        refuse(
            request,
            "This is for "
                + Arrays.stream(roles).map(Role::word).collect(Collectors.joining(" or "))
                + "; your account is for "
                + person.roleWords()
                + ".");
      } else if (person.scope().kind() != Scope.Kind.ALL) {
        refuse(request, "Your account is for " + person.scope() + ", and this is about all.");
      } else {
        request.next();
      }
    };
  }

  /** The same where a sign-in is needed to read; in development anybody reads. */
  Handler<RoutingContext> reads(final Role... roles) {
    return shut ? only(roles) : RoutingContext::next;
  }

  /** Whether what this request was shown may still be shown later. */
  BooleanSupplier staysOpen(final RoutingContext request) {
    if (!shut) {
      return () -> true;
    }
    final String id = id(request);
    return () -> find(id, false) != null;
  }

  /** The secret text of the browser's session, or null: what its forms are tied to. */
  String session(final RoutingContext request) {
    return person(request) == null ? null : id(request);
  }

  /** Signs in: under a new id, whatever the browser brought. */
  void open(final RoutingContext request, final Account account) {
    leave(request);
    request
        .response()
        .addCookie(
            Cookie.cookie(cookie, sessions.open(account))
                .setHttpOnly(true)
                .setPath("/")
                .setSecure(tls)
                .setSameSite(CookieSameSite.STRICT));
  }

  void leave(final RoutingContext request) {
    final String id = id(request);
    if (id != null && sessions != null) {
      sessions.close(id);
      request
          .response()
          .addCookie(
              Cookie.cookie(cookie, "")
                  .setHttpOnly(true)
                  .setPath("/")
                  .setSecure(tls)
                  .setSameSite(CookieSameSite.STRICT)
                  .setMaxAge(0));
    }
  }

  private Account find(final RoutingContext request, final boolean asked) {
    return find(id(request), asked);
  }

  private Account find(final String id, final boolean asked) {
    try {
      return id == null || sessions == null ? null : sessions.account(id, asked).orElse(null);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String id(final RoutingContext request) {
    final Cookie known = request.request().getCookie(cookie);
    return known == null ? null : known.getValue();
  }

  private static boolean isOpen(final String path) {
    return path.startsWith("/assets/")
        || path.equals("/sign-in")
        || path.startsWith("/sign-in/openid")
        || PublicRoutes.isPublic(path);
  }

  /** What is about one participant or programme alone has to say so here. */
  private static boolean mayRead(final Account person, final String path) {
    return person.scope().kind() == Scope.Kind.ALL
        || path.equals("/sign-out")
        || path.equals("/liquidity")
        || path.startsWith("/payments")
        || path.startsWith("/api/payments/");
  }

  private static boolean isForPrograms(final String path) {
    return path.startsWith("/api/") || path.equals("/events");
  }

  private static void ask(final RoutingContext request) {
    final String path = request.request().path();
    if (isForPrograms(path) || !request.request().method().equals(HttpMethod.GET)) {
      request.response().putHeader("WWW-Authenticate", "Cookie realm=\"Civic Switch console\"");
      Answers.problem(request, 401, "Sign in first", "Sign in at /sign-in and try again.");
      return;
    }
    final String wanted = request.request().uri();
    request
        .response()
        .setStatusCode(303)
        .putHeader("Cache-Control", "no-store")
        .putHeader(
            "Location",
            path.equals("/")
                ? "/sign-in"
                : "/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8))
        .end();
  }

  private static void refuse(final RoutingContext request, final String why) {
    request.put(Frame.WHY, why);
    request.fail(403);
  }
}
