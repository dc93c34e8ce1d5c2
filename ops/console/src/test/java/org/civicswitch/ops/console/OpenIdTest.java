package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;
import org.civicswitch.ops.console.openid.DevelopmentOpenId;
import org.civicswitch.ops.console.openid.OpenIdSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In by a provider's word: who gets in, and who does not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
final class OpenIdTest {
  @TempDir private Path data;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong laterMs = new AtomicLong();
  private DevelopmentOpenId provider;
  private Accounts accounts;
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() throws Exception {
    OwnerOnlyFiles.directory(data.resolve("dev"));
    provider =
        await(
            DevelopmentOpenId.start(
                vertx,
                List.of("ines", "omar"),
                data.resolve("dev/openid-password"),
                System::currentTimeMillis));
    accounts = Accounts.open(data.resolve("console"));
    accounts.addMissing(List.of(Account.named("ines", EnumSet.of(Role.SETTLEMENT), Scope.ALL, 1)));
    accounts.link("ines", provider.issuer().toString(), "ines");
    open(provider.settings());
  }

  private void open(final OpenIdSettings settings) {
    final SyntheticFeed feed = new SyntheticFeed();
    new SmallCountry(new Events(feed), 42).found(1_000_000);
    server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .dev(true)
                .accounts(accounts)
                .openId(settings)
                .clockMs(() -> System.currentTimeMillis() + laterMs.get())
                .build());
    visitor = new Visitor(HttpClient.newHttpClient(), server.url());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    await(provider.close());
    await(vertx.close());
  }

  private static <T> T await(final io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** The path that the provider sends the browser back to. */
  private String through(final String name, final String next) throws Exception {
    final HttpResponse<String> begun = visitor.get("/sign-in/openid?next=" + next);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
    final String to = begun.headers().firstValue("Location").orElseThrow();
    final Visitor atProvider =
        new Visitor(HttpClient.newHttpClient(), provider.issuer().toString());
    final List<String> fields = new ArrayList<>();
    for (final String pair : URI.create(to).getRawQuery().split("&", -1)) {
      final int equals = pair.indexOf('=');
      fields.add(pair.substring(0, equals));
      fields.add(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    assertThat(atProvider.page(URI.create(to).getRawPath() + "?" + URI.create(to).getRawQuery()))
        .contains("<option>ines</option>");
    final HttpResponse<String> wrong =
        atProvider.post("/authorize", with(fields, "name", name, "password", "guessed"));
    assertThat(wrong.statusCode()).isEqualTo(403);
    final String password = Files.readString(data.resolve("dev/openid-password")).strip();
    final HttpResponse<String> back =
        atProvider.post("/authorize", with(fields, "name", name, "password", password));
    assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
    final String location = back.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(server.url());
    return location.substring(server.url().length());
  }

  private static String[] with(final List<String> fields, final String... more) {
    final List<String> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  @Test
  void whoIsLinkedGetsInOnceAndToThePageThatWasWanted() throws Exception {
    assertThat(visitor.page("/sign-in"))
        .contains("Sign in with " + provider.issuer().getAuthority());
    final String back = through("ines", "/benefits");
    final String attempt = visitor.cookies.get("openid");
    final HttpResponse<String> in = visitor.get(back);
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    assertThat(in.headers().firstValue("Refresh")).contains("0; url=/benefits");
    assertThat(visitor.page("/")).contains("ines").contains("Sign out");
    visitor.cookies.put("openid", attempt);
    assertThat(visitor.get(back).statusCode()).as("the same answer again").isEqualTo(403);
    visitor.cookies.put("openid", attempt.substring(1));
    assertThat(visitor.get(back).statusCode()).as("sealed by nobody").isEqualTo(403);
  }

  @Test
  void whoIsNotLinkedIsToldWhatToAskFor() throws Exception {
    final HttpResponse<String> out = visitor.get(through("omar", "/"));
    assertThat(out.statusCode()).isEqualTo(403);
    assertThat(out.body())
        .contains("--openid-subject 'omar'")
        .contains("console account link NAME");
    assertThat(visitor.cookies).doesNotContainKey("session");
  }

  @Test
  void whoIsDisabledOrUnlinkedStaysOut() throws Exception {
    accounts.disable("ines");
    assertThat(visitor.get(through("ines", "/")).statusCode()).isEqualTo(403);
    accounts.reset("ines");
    assertThat(visitor.get(through("ines", "/")).statusCode()).as("reset").isEqualTo(403);
    accounts.link("ines", provider.issuer().toString(), "ines");
    accounts.unlink("ines");
    assertThat(visitor.get(through("ines", "/")).statusCode()).as("unlinked").isEqualTo(403);
  }

  @Test
  void linkingEndsSessionsAndASubjectBelongsToOne() throws Exception {
    visitor.get(through("ines", "/"));
    assertThat(visitor.page("/")).contains("Sign out");
    accounts.link("ines", provider.issuer().toString(), "ines-2");
    assertThat(visitor.page("/")).doesNotContain("Sign out");
    accounts.addMissing(List.of(Account.named("omar", EnumSet.of(Role.VIEWER), Scope.ALL, 0)));
    assertThatThrownBy(() -> accounts.link("omar", provider.issuer().toString(), "ines-2"))
        .hasMessageContaining("linked to ines already");
  }

  @Test
  void anAnswerCountsOnlyInTheBrowserThatAskedAndNotForLong() throws Exception {
    final String stolen = through("ines", "/");
    final Visitor other = new Visitor(HttpClient.newHttpClient(), server.url());
    assertThat(other.get(stolen).body()).contains("not begun in this browser");
    final String late = through("ines", "/");
    laterMs.set(601_000);
    assertThat(visitor.get(late).statusCode()).isEqualTo(403);
    assertThat(visitor.get("/sign-in/openid/return").body()).contains("Begin again");
    assertThat(visitor.get("/sign-in/openid/return?error=access_denied&state=x").statusCode())
        .isEqualTo(403);
  }

  @Test
  void aStrongerSignInIsNeededWhereItIsAskedFor() throws Exception {
    server.close();
    open(new OpenIdSettings(provider.issuer(), DevelopmentOpenId.CLIENT, "", "urn:strong", null));
    assertThat(visitor.get(through("ines", "/")).body()).contains("urn:strong");
  }

  /** Its configuration points to another's tokens. */
  @Test
  void anotherProvidersWordDoesNotCount() throws Exception {
    final HttpServer false1 =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .response()
                            .putHeader("Content-Type", "application/json")
                            .end(
                                new JsonObject()
                                    .put("issuer", "http://" + request.authority())
                                    .put("authorization_endpoint", provider.issuer() + "/authorize")
                                    .put("token_endpoint", provider.issuer() + "/token")
                                    .put("jwks_uri", provider.issuer() + "/keys")
                                    .put("subject_types_supported", List.of("public"))
                                    .put("response_types_supported", List.of("code"))
                                    .put("id_token_signing_alg_values_supported", List.of("ES256"))
                                    .encode()))
                .listen(0, "127.0.0.1"));
    server.close();
    open(
        new OpenIdSettings(
            URI.create("http://127.0.0.1:" + false1.actualPort()),
            DevelopmentOpenId.CLIENT,
            "",
            "",
            null));
    assertThat(visitor.get(through("ines", "/")).body()).contains("does not count");
    await(false1.close());
  }

  @Test
  void aProviderThatIsAwayIsNamed() throws Exception {
    await(provider.close());
    final HttpResponse<String> answer = visitor.get("/sign-in/openid");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("cannot be reached").contains("sign in by password");
  }

  @Test
  void unsafeAddressesAreRefused() {
    assertThatThrownBy(
            () -> new OpenIdSettings(URI.create("http://login.example"), "c", "", "", null))
        .hasMessageContaining("https");
    assertThatThrownBy(
            () ->
                new OpenIdSettings(
                    URI.create("https://login.example"),
                    "c",
                    "",
                    "",
                    URI.create("https://console.example/")))
        .hasMessageContaining("slash");
  }
}
