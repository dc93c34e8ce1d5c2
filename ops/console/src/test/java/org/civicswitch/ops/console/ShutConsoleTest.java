package org.civicswitch.ops.console;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
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

/** Beyond development nothing is shown to who has not signed in. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
final class ShutConsoleTest {
  @TempDir private Path data;
  private final SyntheticFeed feed = new SyntheticFeed();
  private Accounts accounts;
  private HttpClient http;
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() throws Exception {
    new SmallCountry(new Events(feed), 42).found(1_000_000);
    accounts = Accounts.open(data.resolve("console"));
    final Credential certificate = DevelopmentCa.open(data.resolve("ca")).server();
    server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .tls(certificate.certificate(), certificate.privateKey())
                .accounts(accounts)
                .build());
    final java.security.KeyStore trusted =
        java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate.x509());
    final TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    final SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    http = HttpClient.newBuilder().sslContext(tls).build();
    visitor = new Visitor(http, server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void signIn(final Visitor who, final Account account) throws Exception {
    final Accounts.Credentials made = accounts.add(account);
    final HttpResponse<String> in =
        who.submit(
            "/sign-in",
            "/sign-in",
            "name",
            account.name(),
            "password",
            made.password(),
            "code",
            TestCodes.now(made));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
  }

  @Test
  void pagesSendToTheSignInAndProgramsAreTold() throws Exception {
    for (final String path : List.of("/payments?uetr=1", "/benefits", "/nothing", "/envelopes/x")) {
      final HttpResponse<String> answer = visitor.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location").orElse(""))
          .startsWith("/sign-in?next=%2F");
    }
    assertThat(visitor.get("/").headers().firstValue("Location")).contains("/sign-in");
    for (final String path : List.of("/api/proof", "/api/nothing", "/events?view=home")) {
      final HttpResponse<String> answer = visitor.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(401);
    }
    assertThat(visitor.post("/traffic", "run", "start").statusCode()).isEqualTo(401);
    assertThat(visitor.get("/assets/console.css").statusCode()).isEqualTo(200);
    assertThat(visitor.page("/where-is-the-money")).contains("Where is the money?");
    assertThat(visitor.page("/api/where-is-the-money")).contains("\"programmes\":[");
    assertThat(visitor.get("/?as_of=5").statusCode()).isEqualTo(303);
    assertThat(visitor.get("/api/positions?as_of=5").statusCode()).isEqualTo(401);
    assertThat(visitor.page("/sign-in"))
        .contains("authenticator")
        .doesNotContain("href=\"/payments\"", "As of", "operator-");
    for (final String path : List.of("/livez", "/metrics", "/version")) {
      assertThat(
              http.send(
                      HttpRequest.newBuilder(URI.create(server.opsUrl() + path)).build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void whoHasSignedInSeesEverythingUnderACookieThatOnlyThisHostGets() throws Exception {
    signIn(visitor, Account.named("ines", EnumSet.of(Role.VIEWER), Scope.ALL, 0));
    assertThat(visitor.cookies).containsKey("__Host-session");
    for (final String path : List.of("/", "/payments", "/benefits", "/api/proof")) {
      assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(visitor.submit("/", "/sign-out").statusCode()).isEqualTo(303);
    assertThat(visitor.get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void whoSeesOneParticipantIsShownNothingAboutAll() throws Exception {
    signIn(visitor, Account.named("bank", EnumSet.of(Role.SUPPORT), Scope.participant(1), 0));
    for (final String path :
        List.of("/benefits", "/participants", "/api/positions", "/events?view=payments")) {
      final HttpResponse<String> answer = visitor.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).contains("participant:1").doesNotContain("Nakala Bank");
    }
    assertThat(visitor.get("/").headers().firstValue("Location")).contains("/payments");
    assertThat(visitor.page("/payments")).doesNotContain("/events?view", "href=\"/benefits\"");
    assertThat(visitor.page("/liquidity").lines().filter(line -> line.contains("data-liquidity=")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("data-liquidity=\"NAKLKENX-"));
  }

  @Test
  void anOpenPageGoesStillWhenItsAccountIsDisabled() throws Exception {
    signIn(visitor, Account.named("ines", EnumSet.of(Role.VIEWER), Scope.ALL, 0));
    final HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/events?view=home"))
                .header("Cookie", "__Host-session=" + visitor.cookies.get("__Host-session"))
                .build(),
            ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (BufferedReader stream =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      accounts.disable("ines");
      assertThat(stream.lines().anyMatch("data: signed out"::equals)).isTrue();
      assertThat(stream.readLine()).as("the end").isBlank();
    }
    assertThat(visitor.get("/").statusCode()).isEqualTo(303);
  }
}
