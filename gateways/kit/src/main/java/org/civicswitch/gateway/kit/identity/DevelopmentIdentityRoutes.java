package org.civicswitch.gateway.kit.identity;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.gateway.kit.keys.PersonId;

/**
 * The development identity provider over HTTP: discovery, keys and tokens as OpenID Connect
 * describes them. Instead of a login page, the token endpoint takes the identifier of any person
 * and how well they are to have been authenticated: it believes whoever asks.
 *
 * <pre>
 * GET  /.well-known/openid-configuration
 * GET  /jwks
 * POST /token      grant_type=urn:civicswitch:development, client_id, login_hint, acr_level, nonce
 * POST /statement  {"client_id": "...", "acr_level": 2, "people": ["NID:1", ...]}, 1 to 500 people
 * </pre>
 *
 * <p>A statement is answered as text; see {@link EnrolmentStatementVerifier}.
 */
public final class DevelopmentIdentityRoutes {
  /** The one way to a token here. No real provider offers it. */
  public static final String GRANT = "urn:civicswitch:development";

  private static final int MAX_BODY_BYTES = 8 * 1024;

  /** 500 people with the longest identifiers. */
  private static final int MAX_STATEMENT_BYTES = 256 * 1024;

  private final DevelopmentIdentityProvider provider;

  private DevelopmentIdentityRoutes(DevelopmentIdentityProvider provider) {
    this.provider = provider;
  }

  public static Router create(Vertx vertx, DevelopmentIdentityProvider provider) {
    final DevelopmentIdentityRoutes routes = new DevelopmentIdentityRoutes(provider);
    final Router router = Router.router(vertx);
    router.get("/.well-known/openid-configuration").handler(routes::discovery);
    router
        .get("/jwks")
        .handler(
            context ->
                json(context, 200, new JsonObject(provider.publicKeys().toJSONObject(true))));
    router
        .post("/token")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(routes::token);
    router
        .post("/statement")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_STATEMENT_BYTES))
        .handler(routes::statement);
    return router;
  }

  private void discovery(RoutingContext context) {
    final String issuer = provider.issuer();
    json(
        context,
        200,
        new JsonObject()
            .put("issuer", issuer)
            .put("jwks_uri", issuer + "/jwks")
            .put("token_endpoint", issuer + "/token")
            .put("grant_types_supported", JsonArray.of(GRANT))
            .put("response_types_supported", JsonArray.of("id_token"))
            .put("subject_types_supported", JsonArray.of("pairwise"))
            .put("id_token_signing_alg_values_supported", JsonArray.of("ES256"))
            .put(
                "acr_values_supported",
                JsonArray.of(
                    AssuranceLadder.acrOf(1),
                    AssuranceLadder.acrOf(2),
                    AssuranceLadder.acrOf(3),
                    AssuranceLadder.acrOf(4)))
            .put(
                "claims_supported",
                JsonArray.of("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr")));
  }

  private void token(RoutingContext context) {
    final HttpServerRequest request = context.request();
    final String person = request.getFormAttribute("login_hint");
    final String client = request.getFormAttribute("client_id");
    final String level = request.getFormAttribute("acr_level");
    if (!GRANT.equals(request.getFormAttribute("grant_type"))) {
      error(context, "unsupported_grant_type");
    } else if (client == null
        || client.isBlank()
        || person == null
        || level == null
        || !level.matches("[1-4]")) {
      error(context, "invalid_request");
    } else if (!isPerson(person)) {
      error(context, "invalid_grant");
    } else {
      final String idToken =
          provider.issue(
              person, client, request.getFormAttribute("nonce"), Integer.parseInt(level));
      context.response().putHeader("cache-control", "no-store");
      json(
          context,
          200,
          new JsonObject()
              .put("token_type", "Bearer")
              .put("expires_in", DevelopmentIdentityProvider.TOKEN_LIFE.toSeconds())
              .put("id_token", idToken));
    }
  }

  private void statement(RoutingContext context) {
    final List<String> people = new ArrayList<>();
    final String client;
    final int level;
    try {
      final JsonObject asked = context.body().asJsonObject();
      client = asked.getString("client_id");
      level = asked.getInteger("acr_level");
      for (final Object person : asked.getJsonArray("people")) {
        people.add((String) person);
      }
    } catch (RuntimeException e) {
      error(context, "invalid_request");
      return;
    }
    if (client == null
        || client.isBlank()
        || level < 1
        || level > AssuranceLadder.MAX
        || people.isEmpty()
        || people.size() > EnrolmentStatementVerifier.MAX_PEOPLE) {
      error(context, "invalid_request");
    } else if (!people.stream().allMatch(DevelopmentIdentityRoutes::isPerson)) {
      error(context, "invalid_grant");
    } else {
      context
          .response()
          .putHeader("content-type", "text/plain")
          .putHeader("cache-control", "no-store")
          .end(provider.issueStatement(people, client, level))
          .onFailure(failure -> context.request().connection().close());
    }
  }

  private static boolean isPerson(String person) {
    try {
      PersonId.parse(person);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void error(RoutingContext context, String error) {
    json(context, 400, new JsonObject().put("error", error));
  }

  private static void json(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.toBuffer())
        .onFailure(failure -> context.request().connection().close());
  }
}
