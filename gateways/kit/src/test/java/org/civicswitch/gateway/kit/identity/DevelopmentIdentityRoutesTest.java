package org.civicswitch.gateway.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentIdentityRoutesTest {
  @TempDir Path directory;

  @Test
  void issuesTokensThatItsOwnKeysVerify() throws Exception {
    final Vertx vertx = Vertx.vertx();
    try {
      final DevelopmentIdentityProvider provider =
          DevelopmentIdentityProvider.open(
              directory.resolve("dev"), "https://idp.example", InstantSource.system());
      final HttpServer server =
          await(
              vertx
                  .createHttpServer()
                  .requestHandler(DevelopmentIdentityRoutes.create(vertx, provider))
                  .listen(0, "127.0.0.1"));
      final HttpClient http = vertx.createHttpClient();
      final int port = server.actualPort();
      final JsonObject discovery =
          call(http, port, HttpMethod.GET, "/.well-known/openid-configuration", "");
      assertThat(discovery.getString("issuer")).isEqualTo("https://idp.example");
      assertThat(discovery.getString("jwks_uri")).endsWith("/jwks");

      final JsonObject keys = call(http, port, HttpMethod.GET, "/jwks", "");
      assertThat(keys.encode()).doesNotContain("\"d\"");
      final JWKSet set = JWKSet.parse(keys.encode());

      final String form =
          "grant_type=urn:civicswitch:development&client_id=us&acr_level=4&nonce=n&login_hint=";
      final JsonObject answer = call(http, port, HttpMethod.POST, "/token", form + "NID:1");
      final VerifiedIdentity identity =
          new IdentityVerifier(
                  "https://idp.example",
                  1,
                  "us",
                  refresh -> set,
                  Duration.ofDays(1),
                  InstantSource.system())
              .verify(answer.getString("id_token"), "n");
      assertThat(identity.assurance()).isEqualTo(4);

      assertThat(call(http, port, HttpMethod.POST, "/token", form + "nobody").getString("error"))
          .isEqualTo("invalid_grant");
      final IdentityVerifier agency =
          new IdentityVerifier(
              "https://idp.example",
              1,
              "agency",
              refresh -> set,
              Duration.ofDays(1),
              InstantSource.system());
      final String statement =
          send(
                  http,
                  port,
                  HttpMethod.POST,
                  "/statement",
                  "{\"client_id\":\"agency\",\"acr_level\":2,\"people\":[\"NID:1\",\"NID:2\"]}")
              .toString();
      assertThat(new EnrolmentStatementVerifier(agency).verify(statement))
          .extracting(EnrolledPerson::person)
          .containsExactly("NID:1", "NID:2");
      for (final String wrong :
          new String[] {
            "", "[]", "{}", "{\"client_id\":\"agency\",\"acr_level\":5,\"people\":[\"NID:1\"]}"
          }) {
        assertThat(call(http, port, HttpMethod.POST, "/statement", wrong).getString("error"))
            .isEqualTo("invalid_request");
      }

      assertThat(call(http, port, HttpMethod.POST, "/token", "a=b").getString("error"))
          .isEqualTo("unsupported_grant_type");
    } finally {
      await(vertx.close());
    }
  }

  private static JsonObject call(
      HttpClient http, int port, HttpMethod method, String path, String form) throws Exception {
    return send(http, port, method, path, form).toJsonObject();
  }

  private static Buffer send(HttpClient http, int port, HttpMethod method, String path, String form)
      throws Exception {
    return await(
        http.request(method, port, "localhost", path)
            .compose(
                request ->
                    request
                        .putHeader("content-type", "application/x-www-form-urlencoded")
                        .send(form)
                        .compose(response -> response.body())));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
