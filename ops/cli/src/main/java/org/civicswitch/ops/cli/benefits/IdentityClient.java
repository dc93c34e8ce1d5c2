package org.civicswitch.ops.cli.benefits;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.civicswitch.gateway.kit.identity.DevelopmentIdentityRoutes;
import org.civicswitch.gateway.kit.identity.IdentityVerifier;
import org.civicswitch.gateway.kit.identity.RemoteIssuerKeys;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.demo.DevelopmentTls;
import org.civicswitch.ops.cli.world.SeededWorld;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The identity provider of a running development switch, over HTTPS. */
final class IdentityClient {
  /** How long after an authentication a standing verdict counts. */
  private static final Duration STANDING = Duration.ofDays(365);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String url;
  private final SSLContext tls;
  private final HttpClient http;

  IdentityClient(final String url, final DevelopmentCa authority) throws IOException {
    this.url = url;
    tls = DevelopmentTls.context(authority, authority.client("benefits-office"));
    http = HttpClient.newBuilder().sslContext(tls).build();
  }

  /** Verifies what this provider signed for the office, with the keys that it publishes. */
  IdentityVerifier verifier() throws IOException {
    final JsonNode discovery =
        JsonMapper.shared()
            .readTree(send(HttpRequest.newBuilder(at("/.well-known/openid-configuration"))));
    return new IdentityVerifier(
        discovery.get("issuer").asString(),
        SeededWorld.DEVELOPMENT_ISSUER,
        SeededWorld.OFFICE_AUDIENCE,
        new RemoteIssuerKeys(at("/jwks"), tls),
        STANDING,
        Clock.systemUTC());
  }

  /** An ID token about a person who has logged in for exactly this. */
  String token(final String person, final String nonce, final int assurance) throws IOException {
    final String form =
        "grant_type="
            + encoded(DevelopmentIdentityRoutes.GRANT)
            + "&client_id="
            + encoded(SeededWorld.OFFICE_AUDIENCE)
            + "&login_hint="
            + encoded(person)
            + "&acr_level="
            + assurance
            + "&nonce="
            + encoded(nonce);
    final String answer =
        send(
            HttpRequest.newBuilder(at("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    return JsonMapper.shared().readTree(answer).get("id_token").asString();
  }

  /** A signed statement about these people, 1 to 500. */
  String statement(final List<String> people, final int assurance) throws IOException {
    final String asked =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "client_id",
                    SeededWorld.OFFICE_AUDIENCE,
                    "acr_level",
                    assurance,
                    "people",
                    people));
    return send(
        HttpRequest.newBuilder(at("/statement"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(asked)));
  }

  private URI at(final String path) {
    return URI.create(url + path);
  }

  private static String encoded(final String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String send(final HttpRequest.Builder request) throws IOException {
    try {
      final HttpResponse<String> answer =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "the identity provider answered " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
