package org.civicswitch.gateway.kit.identity;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;

/**
 * The development identity provider over HTTP: discovery, keys and tokens as OpenID Connect
 * describes them. Instead of a login page, the token endpoint takes the name of a seeded person and
 * how well they are to have been authenticated.
 *
 * <pre>
 * GET  /.well-known/openid-configuration
 * GET  /jwks
 * POST /token   grant_type=urn:civicswitch:development, client_id, login_hint, acr_level, nonce
 * </pre>
 */
public final class DevelopmentIdentityRoutes {
  /** The one way to a token here. No real provider offers it. */
  public static final String GRANT = "urn:civicswitch:development";

  private static final int MAX_BODY_BYTES = 8 * 1024;

  private final DevelopmentIdentityProvider provider;
  private final Set<String> people;

  private DevelopmentIdentityRoutes(DevelopmentIdentityProvider provider, Set<String> people) {
    this.provider = provider;
    this.people = Set.copyOf(people);
  }

  /**
   * @param people who can be logged in
   */
  public static Router create(
      Vertx vertx, DevelopmentIdentityProvider provider, Set<String> people) {
    final DevelopmentIdentityRoutes routes = new DevelopmentIdentityRoutes(provider, people);
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
    } else if (!people.contains(person)) {
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
