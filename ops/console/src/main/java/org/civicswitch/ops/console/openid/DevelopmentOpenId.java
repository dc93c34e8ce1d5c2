package org.civicswitch.ops.console.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * An OpenID Connect provider for development: on loopback, for a list of names, each let in by one
 * password that stands in a file only its owner may read, made anew at every start. Authorization
 * code with PKCE and nothing else. Everything happens on the event loop.
 */
public final class DevelopmentOpenId {
  public static final String CLIENT = "civicswitch-console";
  private static final int CODES_MAX = 1_000;
  private static final long CODE_MS = 60_000;
  private static final long FORM_BYTES_MAX = 8 * 1024;

  private final List<String> names;
  private final String password;
  private final LongSupplier clockMs;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Code> codes = new LinkedHashMap<>();
  private final ECKey key;
  private HttpServer server;

  private record Code(
      String name, String redirect, String nonce, String challenge, long enteredMs) {}

  private DevelopmentOpenId(
      final List<String> names, final Path passwordFile, final LongSupplier clockMs)
      throws IOException {
    this.names = List.copyOf(names);
    this.clockMs = clockMs;
    this.password = text(10);
    OwnerOnlyFiles.replace(passwordFile, (password + "\n").getBytes(StandardCharsets.US_ASCII));
    try {
      key =
          new ECKeyGenerator(Curve.P_256)
              .algorithm(JWSAlgorithm.ES256)
              .keyID(UUID.randomUUID().toString())
              .generate();
    } catch (final JOSEException e) {
      throw new IllegalStateException("every Java makes keys on P-256", e);
    }
  }

  /**
   * Listens on loopback, at any free port.
   *
   * @param passwordFile written now; its directory exists
   */
  public static Future<DevelopmentOpenId> start(
      final Vertx vertx,
      final List<String> names,
      final Path passwordFile,
      final LongSupplier clockMs)
      throws IOException {
    final DevelopmentOpenId provider = new DevelopmentOpenId(names, passwordFile, clockMs);
    final Router router = Router.router(vertx);
    final BodyHandler form = BodyHandler.create(false).setBodyLimit(FORM_BYTES_MAX);
    router.get("/.well-known/openid-configuration").handler(provider::configuration);
    router.get("/keys").handler(provider::keys);
    router.get("/authorize").handler(request -> provider.ask(request, ""));
    router.post("/authorize").handler(form).handler(provider::enter);
    router.post("/token").handler(form).handler(provider::token);
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .map(
            listening -> {
              provider.server = listening;
              return provider;
            });
  }

  public URI issuer() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** For a console that lets in whom this provider knows. */
  public OpenIdSettings settings() {
    return new OpenIdSettings(issuer(), CLIENT, "", "", null);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void configuration(final RoutingContext request) {
    json(
        request,
        200,
        new JsonObject()
            .put("issuer", issuer().toString())
            .put("authorization_endpoint", issuer() + "/authorize")
            .put("token_endpoint", issuer() + "/token")
            .put("jwks_uri", issuer() + "/keys")
            .put("response_types_supported", new JsonArray().add("code"))
            .put("grant_types_supported", new JsonArray().add("authorization_code"))
            .put("subject_types_supported", new JsonArray().add("public"))
            .put("id_token_signing_alg_values_supported", new JsonArray().add("ES256"))
            .put("token_endpoint_auth_methods_supported", new JsonArray().add("none"))
            .put("code_challenge_methods_supported", new JsonArray().add("S256")));
  }

  private void keys(final RoutingContext request) {
    json(request, 200, new JsonObject(new JWKSet(key.toPublicJWK()).toString()));
  }

  /** What is wrong with what a console asks, or empty. */
  private static String wrong(final MultiMap asked) {
    if (!CLIENT.equals(asked.get("client_id"))) {
      return "client_id is " + CLIENT;
    }
    final String redirect = asked.get("redirect_uri");
    if (redirect == null || !redirect.matches("https?://(127\\.0\\.0\\.1|localhost)(:\\d+)?/.*")) {
      return "redirect_uri is on loopback";
    }
    return "code".equals(asked.get("response_type"))
            && "S256".equals(asked.get("code_challenge_method"))
            && asked.get("code_challenge") != null
        ? ""
        : "response_type is code, with a code_challenge by S256";
  }

  private void ask(final RoutingContext request, final String answer) {
    final MultiMap asked =
        request.request().method().name().equals("GET")
            ? request.queryParams()
            : request.request().formAttributes();
    final String wrong = wrong(asked);
    if (!wrong.isEmpty()) {
      html(request, 400, "'none'", "<h1>Not asked like this</h1><p>" + wrong + ".</p>");
      return;
    }
    final StringBuilder page = new StringBuilder("<h1>Development sign-in</h1>");
    page.append(answer.isEmpty() ? "" : "<p role=\"alert\">" + answer + "</p>")
        .append("<form method=\"post\" action=\"/authorize\">");
    for (final String field :
        List.of(
            "client_id",
            "redirect_uri",
            "response_type",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method")) {
      final String value = asked.get(field);
      page.append(
          value == null
              ? ""
              : "<input type=\"hidden\" name=\"" + field + "\" value=\"" + escaped(value) + "\">");
    }
    page.append("<p><label>Who <select name=\"name\">");
    names.forEach(name -> page.append("<option>").append(escaped(name)).append("</option>"));
    page.append("</select></label></p>")
        .append("<p><label>Password, from the file openid-password beside the logins")
        .append(" <input name=\"password\" type=\"password\" autocomplete=\"off\"></label></p>")
        .append("<button>Sign in</button></form>");
    // Browsers hold a form's redirect against the page's policy too.
    final URI redirect = URI.create(asked.get("redirect_uri"));
    html(
        request,
        answer.isEmpty() ? 200 : 403,
        "'self' " + redirect.getScheme() + "://" + redirect.getRawAuthority(),
        page.toString());
  }

  private void enter(final RoutingContext request) {
    final MultiMap form = request.request().formAttributes();
    final String name = form.get("name");
    final byte[] given =
        String.valueOf(form.get("password")).strip().getBytes(StandardCharsets.UTF_8);
    if (!wrong(form).isEmpty()
        || !names.contains(name)
        || !MessageDigest.isEqual(given, password.getBytes(StandardCharsets.UTF_8))) {
      ask(request, "That is not the password in the file.");
      return;
    }
    final long nowMs = clockMs.getAsLong();
    codes.values().removeIf(code -> code.enteredMs + CODE_MS <= nowMs);
    if (codes.size() >= CODES_MAX) {
      codes.remove(codes.keySet().iterator().next());
    }
    final String code = text(16);
    codes.put(
        code,
        new Code(
            name, form.get("redirect_uri"), form.get("nonce"), form.get("code_challenge"), nowMs));
    final String state = form.get("state");
    request
        .response()
        .setStatusCode(303)
        .putHeader(
            "Location",
            form.get("redirect_uri")
                + "?code="
                + code
                + (state == null
                    ? ""
                    : "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8)))
        .end();
  }

  private void token(final RoutingContext request) {
    final HttpServerRequest http = request.request();
    final Code code = codes.remove(String.valueOf(http.getFormAttribute("code")));
    final String verifier = String.valueOf(http.getFormAttribute("code_verifier"));
    final long nowMs = clockMs.getAsLong();
    if (code == null
        || code.enteredMs + CODE_MS <= nowMs
        || !code.redirect.equals(http.getFormAttribute("redirect_uri"))
        || !code.challenge.equals(challenge(verifier))) {
      json(request, 400, new JsonObject().put("error", "invalid_grant"));
      return;
    }
    json(
        request,
        200,
        new JsonObject()
            .put("access_token", text(16))
            .put("token_type", "Bearer")
            .put("expires_in", CODE_MS / 1000)
            .put("id_token", idToken(code, nowMs)));
  }

  private String idToken(final Code code, final long nowMs) {
    final SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject(code.name)
                .audience(CLIENT)
                .issueTime(Date.from(Instant.ofEpochMilli(nowMs)))
                .expirationTime(Date.from(Instant.ofEpochMilli(nowMs + CODE_MS)))
                .claim("nonce", code.nonce)
                .claim("auth_time", code.enteredMs / 1000)
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (final JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static String challenge(final String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String text(final int bytes) {
    final byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private static String escaped(final String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static void json(final RoutingContext request, final int status, final JsonObject json) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(json.encode());
  }

  private static void html(
      final RoutingContext request, final int status, final String forms, final String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; form-action " + forms)
        .end(
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\">"
                + "<meta name=\"color-scheme\" content=\"light dark\">"
                + "<title>Development sign-in</title>"
                + body
                + "</html>");
  }
}
