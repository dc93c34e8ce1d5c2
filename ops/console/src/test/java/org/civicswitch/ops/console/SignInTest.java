package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;
import org.civicswitch.ops.console.accounts.TestCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to a console in development, where everything can be read without. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
final class SignInTest {
  @TempDir private Path data;
  private final SyntheticFeed feed = new SyntheticFeed();
  private final AtomicBoolean traffic = new AtomicBoolean();
  private Accounts accounts;
  private Accounts.Credentials ines;
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() throws Exception {
    final SmallCountry country = new SmallCountry(new Events(feed), 42);
    country.found(1_000_000);
    accounts = Accounts.open(data.resolve("console"));
    ines = accounts.add(Account.named("ines", EnumSet.of(Role.SETTLEMENT), Scope.ALL, 1));
    accounts.addMissing(
        List.of(Account.named("operator-3", EnumSet.of(Role.APPROVER), Scope.ALL, 3)));
    server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .dev(true)
                .traffic(new SwitchTraffic(traffic))
                .accounts(accounts)
                .oneTimeLogins(data.resolve("logins"), List.of("operator-3"))
                .build());
    visitor = visitor();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Visitor visitor() {
    return new Visitor(HttpClient.newHttpClient(), server.url());
  }

  private HttpResponse<String> signIn(final Visitor who, final String... more) throws Exception {
    final String[] fields = {
      "name", "ines", "password", ines.password(), "code", TestCodes.now(ines)
    };
    final String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
    System.arraycopy(more, 0, all, fields.length, more.length);
    return who.submit("/sign-in", "/sign-in", all);
  }

  @Test
  void everythingCanBeReadWithoutSigningIn() throws Exception {
    for (final String path :
        List.of("/", "/payments", "/benefits", "/api/proof", "/api/positions", "/api/series")) {
      assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(visitor.page("/")).contains("href=\"/sign-in\"").doesNotContain("Sign out");
  }

  @Test
  void inUnderANewSessionAndOutAgain() throws Exception {
    visitor.cookies.put("session", "0".repeat(64));
    final HttpResponse<String> in = signIn(visitor, "next", "/benefits?min_sequence=1");
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/benefits?min_sequence=1");
    final String cookie =
        in.headers().allValues("Set-Cookie").stream()
            .filter(c -> c.startsWith("session="))
            .reduce((first, last) -> last)
            .orElseThrow();
    assertThat(cookie).contains("HTTPOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");
    final String session = visitor.cookies.get("session");
    assertThat(session).matches("[0-9a-f]{64}").isNotEqualTo("0".repeat(64));
    assertThat(visitor.page("/")).contains("ines", "Sign out", "title=\"settlement\"");
    assertThat(visitor.get("/sign-in").statusCode()).as("already in").isEqualTo(303);

    assertThat(visitor.submit("/", "/sign-out").statusCode()).isEqualTo(303);
    assertThat(visitor.cookies).doesNotContainKey("session");
    visitor.cookies.put("session", session);
    assertThat(visitor.page("/")).as("the session is over").doesNotContain("Sign out");
  }

  @Test
  void formsAreTiedToTheSession() throws Exception {
    final String before = visitor.page("/");
    signIn(visitor);
    final String token = before.replaceAll("(?s).*name=\"csrf\" value=\"([0-9a-f]{64})\".*", "$1");
    assertThat(visitor.post("/traffic", "run", "start", "csrf", token).statusCode())
        .as("a token from before the sign-in")
        .isEqualTo(403);
    assertThat(visitor.post("/sign-out", "csrf", token).statusCode()).isEqualTo(403);
    assertThat(visitor.submit("/", "/traffic", "run", "start").statusCode()).isEqualTo(303);
    assertThat(traffic).isTrue();
    assertThat(visitor.post("/sign-in", "name", "ines").statusCode()).isEqualTo(403);
  }

  @Test
  void whateverIsWrongTheAnswerIsTheSameAndTooManyHaveToWait() throws Exception {
    final HttpResponse<String> wrong =
        visitor.submit("/sign-in", "/sign-in", "name", "ines", "password", "x", "code", "1");
    final HttpResponse<String> nobody =
        visitor.submit("/sign-in", "/sign-in", "name", "nobody", "password", "x", "code", "1");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(nobody.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).isEqualTo(nobody.body()).contains("do not belong together");
    HttpResponse<String> last = wrong;
    for (int i = 0; i < 5; i++) {
      last = visitor.submit("/sign-in", "/sign-in", "name", "nobody", "password", "x", "code", "1");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    assertThat(last.body()).contains("Too many attempts went wrong");
  }

  @Test
  void aOneTimeLoginIsLookedAtFreelyAndUsedOnce() throws Exception {
    final Path file = data.resolve("logins/operator-3");
    final String address = Files.readString(file).strip();
    assertThat(address).startsWith(server.url() + "/sign-in?once=");
    final String path = address.substring(server.url().length());
    final String once = path.substring(path.indexOf('=') + 1);
    assertThat(visitor.page(path)).contains("signs in as <strong>operator-3</strong>");
    assertThat(visitor.page(path)).contains("operator-3");
    assertThat(visitor.submit(path, "/sign-in", "once", once).statusCode()).isEqualTo(303);
    assertThat(visitor.page("/")).contains("operator-3", "Sign out");
    final Visitor other = visitor();
    assertThat(other.page(path)).contains("has been used");
    assertThat(other.submit("/sign-in", "/sign-in", "once", once).statusCode()).isEqualTo(403);
    assertThat(Files.readString(file)).doesNotContain(once);
    server.close();
    assertThat(file).doesNotExist();
  }

  @Test
  void nextIsAPageOfOursOnly() {
    assertThat(SignInRoutes.next("/approvals?x=1")).isEqualTo("/approvals?x=1");
    for (final String elsewhere :
        new String[] {
          null,
          "",
          "//evil.example",
          "/\\evil.example",
          "https://evil.example",
          "/a\r\nX: y",
          "/sign-in?next=/",
          "/" + "x".repeat(501)
        }) {
      assertThat(SignInRoutes.next(elsewhere)).isEqualTo("/");
    }
  }

  @Test
  void beyondDevelopmentThereAreAccounts() {
    final ConsoleOptions.Builder options =
        ConsoleOptions.builder().tls(data.resolve("a"), data.resolve("b"));
    assertThatThrownBy(options::build).hasMessageContaining("needs accounts");
    assertThatThrownBy(options.accounts(accounts).oneTimeLogins(data, List.of("x"))::build)
        .hasMessageContaining("one-time logins are for development");
  }
}
