package org.civicswitch.ops.console.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an OpenID Connect provider who somebody is: authorization code flow with PKCE (OpenID
 * Connect Core 1.0, section 3.1; RFC 7636), by the Nimbus SDK. The provider's word counts only in
 * the browser that asked for it, once, within ten minutes, and signed with a key that the provider
 * publishes.
 *
 * <p>Blocks on the network, at most {@value #TIMEOUT_MS} ms a request. Safe for use by many
 * threads.
 */
public final class OpenIdProvider {
  /** From the beginning of an attempt to the provider's answer. */
  public static final long ATTEMPT_MS_MAX = 600_000;

  /**
   * Answers remembered, so that none counts twice: each was bought by a sign-in at the provider.
   */
  private static final int USED_MAX = 10_000;

  static final int TIMEOUT_MS = 5_000;
  private static final int ANSWER_BYTES_MAX = 256 * 1024;
  private static final long CONFIGURATION_MS = 3_600_000;
  private static final long TRY_AGAIN_MS = 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdProvider.class);
  private static final int CLOCK_SKEW_S = 60;
  private static final String RETURN_PATH = "/sign-in/openid/return";

  /** Of what a provider may sign with; without those whose key is a shared secret. */
  private static final List<JWSAlgorithm> ALGORITHMS =
      List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.PS256);

  private final OpenIdSettings settings;
  private final Supplier<String> consoleUrl;
  private final LongSupplier clockMs;
  private final SealedAttempt sealed = new SealedAttempt();
  private final Map<String, Long> used = new LinkedHashMap<>();
  private final long idleS;
  private Configuration configuration;

  /**
   * @param consoleUrl where the console listens, for who has no public address for it
   * @param idle nobody is taken to be there who has shown so at the provider longer ago
   * @param clockMs UTC milliseconds
   */
  public OpenIdProvider(
      final OpenIdSettings settings,
      final Supplier<String> consoleUrl,
      final Duration idle,
      final LongSupplier clockMs) {
    this.settings = settings;
    this.idleS = idle.toSeconds();
    this.consoleUrl = consoleUrl;
    this.clockMs = clockMs;
  }

  private URI returnTo() {
    return URI.create(
        (settings.publicUrl() == null ? consoleUrl.get() : settings.publicUrl()) + RETURN_PATH);
  }

  private record Configuration(
      OIDCProviderMetadata metadata, IDTokenValidator validator, long untilMs) {}

  /**
   * An attempt that was begun.
   *
   * @param to where the browser goes
   * @param attempt what the browser must bring back beside the provider's answer
   */
  public record Begun(URI to, String attempt) {}

  /**
   * Who somebody is.
   *
   * @param subject the provider's name for this person, never given to another
   * @param next the page that was wanted
   */
  public record Known(String issuer, String subject, String next) {}

  /** The host of the provider, as a person knows it. */
  public String name() {
    return settings.issuer().getHost();
  }

  /**
   * @param next the page wanted afterwards
   * @throws OpenIdRefused if the provider cannot be reached or says something else than it should
   */
  public Begun begin(final String next) throws OpenIdRefused {
    final Configuration known = configuration();
    final State state = new State(32);
    final Nonce nonce = new Nonce(32);
    final CodeVerifier verifier = new CodeVerifier();
    final AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope("openid"),
                new ClientID(settings.clientId()),
                returnTo())
            .endpointURI(known.metadata.getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .maxAge((int) idleS)
            .codeChallenge(verifier, CodeChallengeMethod.S256);
    if (!settings.acr().isEmpty()) {
      request.acrValues(List.of(new ACR(settings.acr())));
    }
    return new Begun(
        request.build().toURI(),
        sealed.seal(
            new SealedAttempt.Attempt(
                state.getValue(),
                nonce.getValue(),
                verifier.getValue(),
                next,
                clockMs.getAsLong() + ATTEMPT_MS_MAX)));
  }

  /**
   * @param brought the attempt as the browser brought it, or null
   * @param query of the address to which the provider sent it
   * @throws OpenIdRefused if the attempt is not one of this browser, or the provider's word does
   *     not count
   */
  public Known finish(final String brought, final String query) throws OpenIdRefused {
    final AuthenticationResponse response;
    try {
      response =
          AuthenticationResponseParser.parse(
              URI.create(returnTo() + (query == null ? "" : "?" + query)));
    } catch (final ParseException | IllegalArgumentException e) {
      throw new OpenIdRefused("This is no answer of a provider. Begin again.", e);
    }
    final State state = response.getState();
    final SealedAttempt.Attempt attempt = brought == null ? null : sealed.open(brought);
    if (attempt == null
        || state == null
        || !attempt.state().equals(state.getValue())
        || attempt.untilMs() <= clockMs.getAsLong()
        || !isFirst(attempt)) {
      throw new OpenIdRefused(
          "This attempt was not begun in this browser, or longer ago than ten minutes, or has been"
              + " used. Begin again.");
    }
    if (!response.indicatesSuccess()) {
      throw refused(response.toErrorResponse().getErrorObject());
    }
    final IDTokenClaimsSet claims =
        claims(response.toSuccessResponse().getAuthorizationCode(), attempt);
    if (!settings.acr().isEmpty()
        && (claims.getACR() == null || !claims.getACR().getValue().equals(settings.acr()))) {
      throw new OpenIdRefused(
          "The provider did not sign you in as strongly as is asked for here ("
              + settings.acr()
              + ").");
    }
    checkPresence(claims);
    return new Known(claims.getIssuer().getValue(), claims.getSubject().getValue(), attempt.next());
  }

  /** Each attempt has one answer, whatever comes of it. */
  private boolean isFirst(final SealedAttempt.Attempt attempt) {
    synchronized (used) {
      final long nowMs = clockMs.getAsLong();
      used.values().removeIf(untilMs -> untilMs <= nowMs);
      if (used.size() >= USED_MAX) {
        used.remove(used.keySet().iterator().next());
      }
      return used.putIfAbsent(attempt.state(), attempt.untilMs()) == null;
    }
  }

  /** A provider's session may be days old: somebody must have been there lately. */
  private void checkPresence(final IDTokenClaimsSet claims) throws OpenIdRefused {
    final Date shown = claims.getAuthenticationTime();
    if (shown == null
        || shown
            .toInstant()
            .plusSeconds(idleS + CLOCK_SKEW_S)
            .isBefore(Instant.ofEpochMilli(clockMs.getAsLong()))) {
      throw new OpenIdRefused(
          "The provider does not say that you signed in there within the last "
              + idleS / 60
              + " minutes. Sign out there, and sign in again.");
    }
  }

  private IDTokenClaimsSet claims(final AuthorizationCode code, final SealedAttempt.Attempt attempt)
      throws OpenIdRefused {
    final Configuration known = configuration();
    final AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(code, returnTo(), new CodeVerifier(attempt.verifier()));
    final URI endpoint = known.metadata.getTokenEndpointURI();
    final ClientID client = new ClientID(settings.clientId());
    final TokenRequest request =
        settings.clientSecret().isEmpty()
            ? new TokenRequest.Builder(endpoint, client, grant).build()
            : new TokenRequest.Builder(
                    endpoint,
                    new ClientSecretBasic(client, new Secret(settings.clientSecret())),
                    grant)
                .build();
    try {
      final HTTPRequest http = request.toHTTPRequest();
      http.setConnectTimeout(TIMEOUT_MS);
      http.setReadTimeout(TIMEOUT_MS);
      http.setFollowRedirects(false);
      final TokenResponse answer = OIDCTokenResponseParser.parse(http.send());
      if (!answer.indicatesSuccess()) {
        throw refused(answer.toErrorResponse().getErrorObject());
      }
      final OIDCTokenResponse tokens = (OIDCTokenResponse) answer.toSuccessResponse();
      return known.validator.validate(
          tokens.getOIDCTokens().getIDToken(), new Nonce(attempt.nonce()));
    } catch (final IOException e) {
      throw unreachable(e);
    } catch (final ParseException | BadJOSEException | JOSEException e) {
      throw new OpenIdRefused("What the provider says of you does not count: " + e.getMessage(), e);
    }
  }

  private static OpenIdRefused refused(final ErrorObject error) {
    final String why =
        error == null
            ? "no reason"
            : error.getDescription() == null ? error.getCode() : error.getDescription();
    return new OpenIdRefused("The provider did not sign you in: " + why + ".");
  }

  private OpenIdRefused unreachable(final Exception cause) {
    return new OpenIdRefused(
        "The provider "
            + name()
            + " cannot be reached ("
            + cause.getMessage()
            + "). Try again, or sign in by password.",
        cause);
  }

  /** Read again every hour; what was read before serves on while that does not succeed. */
  private synchronized Configuration configuration() throws OpenIdRefused {
    final long nowMs = clockMs.getAsLong();
    if (configuration == null || configuration.untilMs <= nowMs) {
      try {
        configuration = read(nowMs);
      } catch (final OpenIdRefused e) {
        if (configuration == null) {
          throw e;
        }
        LOG.warn("the provider's configuration is not read again: {}", e.getMessage());
        configuration =
            new Configuration(
                configuration.metadata, configuration.validator, nowMs + TRY_AGAIN_MS);
      }
    }
    return configuration;
  }

  private Configuration read(final long nowMs) throws OpenIdRefused {
    try {
      final Issuer issuer = new Issuer(settings.issuer());
      final OIDCProviderMetadata metadata =
          OIDCProviderMetadata.resolve(issuer, TIMEOUT_MS, TIMEOUT_MS);
      requireSafe(metadata.getAuthorizationEndpointURI());
      requireSafe(metadata.getTokenEndpointURI());
      requireSafe(metadata.getJWKSetURI());
      final IDTokenValidator validator =
          new IDTokenValidator(
              issuer,
              new ClientID(settings.clientId()),
              algorithm(metadata),
              metadata.getJWKSetURI().toURL(),
              new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, ANSWER_BYTES_MAX));
      validator.setMaxClockSkew(CLOCK_SKEW_S);
      return new Configuration(metadata, validator, nowMs + CONFIGURATION_MS);
    } catch (final IOException e) {
      throw unreachable(e);
    } catch (final GeneralException e) {
      throw new OpenIdRefused(
          "The configuration of the provider " + name() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void requireSafe(final URI endpoint) throws OpenIdRefused {
    if (endpoint == null || !OpenIdSettings.isSafe(endpoint)) {
      throw new OpenIdRefused(
          "The configuration of the provider "
              + name()
              + " cannot be used: it leads to "
              + endpoint
              + ", which is not https.");
    }
  }

  private JWSAlgorithm algorithm(final OIDCProviderMetadata metadata) throws OpenIdRefused {
    final List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
    return ALGORITHMS.stream()
        .filter(one -> offered != null && offered.contains(one))
        .findFirst()
        .orElseThrow(
            () ->
                new OpenIdRefused(
                    "The provider "
                        + name()
                        + " signs with "
                        + offered
                        + "; needed is one of "
                        + ALGORITHMS));
  }
}
