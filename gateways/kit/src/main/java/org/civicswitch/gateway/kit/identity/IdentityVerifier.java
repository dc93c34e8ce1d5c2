package org.civicswitch.gateway.kit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.civicswitch.gateway.kit.Digest256;

/**
 * Verifies ID tokens of one OpenID Connect issuer and says what they are worth. Everything is
 * checked before anything is believed: algorithm, key, signature, issuer, audience, times, nonce.
 * Safe for use by many threads.
 */
public final class IdentityVerifier {
  /** ES256 first; RSA for issuers that have nothing newer. Nothing symmetric, never none. */
  public static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.RS256);

  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);
  public static final int MAX_TOKEN_CHARACTERS = 16 * 1024;

  // A P-256 signature is checked ten times faster here than by the JDK 17.
  private static final Provider PROVIDER = new BouncyCastleProvider();

  private final String issuer;
  private final int issuerNumber;
  private final String audience;
  private final IssuerKeys keys;
  private final Duration standing;
  private final InstantSource clock;

  /**
   * @param issuer exactly as in the token
   * @param issuerNumber the same issuer's number in the switch
   * @param audience us, as the issuer knows us
   * @param standing how long after the authentication the switch may rely on it
   */
  public IdentityVerifier(
      String issuer,
      int issuerNumber,
      String audience,
      IssuerKeys keys,
      Duration standing,
      InstantSource clock) {
    this.issuer = issuer;
    this.issuerNumber = issuerNumber;
    this.audience = audience;
    this.keys = keys;
    this.standing = standing;
    this.clock = clock;
  }

  /**
   * Verifies one token.
   *
   * @param nonce what was asked for, or null when the token was not asked for by us (a file of an
   *     agency): then a nonce is not looked at
   * @throws IdentityRefused if it proves nothing
   * @throws IOException if the issuer's keys cannot be had now
   */
  public VerifiedIdentity verify(String token, String nonce) throws IdentityRefused, IOException {
    final SignedJWT jwt = parse(token, MAX_TOKEN_CHARACTERS);
    if (jwt.getHeader().getType() != null
        && EnrolmentStatementVerifier.TYPE.equals(jwt.getHeader().getType().getType())) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "a statement, not an ID token");
    }
    final JWTClaimsSet claims = checked(jwt);
    final long authenticatedMs = checkTimes(claims);
    if (nonce != null && !nonce.equals(string(claims, "nonce"))) {
      throw new IdentityRefused(
          IdentityRefused.Why.NONCE, "the token answers another request or none");
    }
    return identity(
        claims.getSubject(),
        string(claims, "acr"),
        authenticatedMs,
        Digest256.sha256(token.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Signature, issuer and audience; the claims when all are right. */
  JWTClaimsSet checked(SignedJWT jwt) throws IdentityRefused, IOException {
    checkSignature(jwt);
    final JWTClaimsSet claims = claims(jwt);
    if (!issuer.equals(claims.getIssuer())) {
      throw new IdentityRefused(IdentityRefused.Why.ISSUER, "a token of another issuer");
    }
    checkAudience(claims);
    return claims;
  }

  /** What a person's verified claims are worth. */
  VerifiedIdentity identity(String subject, String acr, long authenticatedMs, Digest256 evidence)
      throws IdentityRefused {
    if (subject == null || subject.isBlank() || subject.length() > 255) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "a token about nobody");
    }
    if (authenticatedMs > clock.millis() + CLOCK_TOLERANCE.toMillis()) {
      throw new IdentityRefused(IdentityRefused.Why.TIME, "authenticated in the future");
    }
    return new VerifiedIdentity(
        issuerNumber,
        AssuranceLadder.levelOf(acr),
        authenticatedMs,
        authenticatedMs + standing.toMillis(),
        pairwise(subject),
        evidence);
  }

  static SignedJWT parse(String token, int maxCharacters) throws IdentityRefused {
    if (token.length() > maxCharacters) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "a token too long");
    }
    final SignedJWT jwt;
    try {
      jwt = SignedJWT.parse(token);
    } catch (ParseException e) {
      // "none" is not an algorithm of signed tokens: it fails here.
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "not a signed token", e);
    }
    if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
      throw new IdentityRefused(
          IdentityRefused.Why.ALGORITHM, "algorithm " + jwt.getHeader().getAlgorithm());
    }
    if (jwt.getHeader().getCriticalParams() != null
        || !jwt.getHeader().isBase64URLEncodePayload()) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "header with demands unknown here");
    }
    return jwt;
  }

  private void checkSignature(SignedJWT jwt) throws IdentityRefused, IOException {
    JWK key = key(keys.keys(false), jwt);
    if (key == null) {
      key = key(keys.keys(true), jwt);
    }
    if (key == null) {
      throw new IdentityRefused(IdentityRefused.Why.KEY_UNKNOWN, "signed with a key unknown here");
    }
    try {
      final JWSVerifier verifier =
          JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
              ? new ECDSAVerifier(key.toECKey())
              : new RSASSAVerifier(key.toRSAKey());
      verifier.getJCAContext().setProvider(PROVIDER);
      if (!jwt.verify(verifier)) {
        throw new IdentityRefused(IdentityRefused.Why.SIGNATURE, "the signature is wrong");
      }
    } catch (JOSEException | ClassCastException e) {
      throw new IdentityRefused(
          IdentityRefused.Why.SIGNATURE, "key and algorithm do not fit together", e);
    }
  }

  private static JWK key(JWKSet set, SignedJWT jwt) {
    final String id = jwt.getHeader().getKeyID();
    for (final JWK key : set.getKeys()) {
      final boolean forSignatures =
          key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
      final boolean forAlgorithm =
          key.getAlgorithm() == null || key.getAlgorithm().equals(jwt.getHeader().getAlgorithm());
      final boolean named = id == null ? set.getKeys().size() == 1 : id.equals(key.getKeyID());
      if (forSignatures && forAlgorithm && named) {
        return key;
      }
    }
    return null;
  }

  private void checkAudience(JWTClaimsSet claims) throws IdentityRefused {
    if (!claims.getAudience().contains(audience)) {
      throw new IdentityRefused(IdentityRefused.Why.AUDIENCE, "a token for somebody else");
    }
    final String party = string(claims, "azp");
    if ((claims.getAudience().size() > 1 && party == null)
        || (party != null && !party.equals(audience))) {
      throw new IdentityRefused(IdentityRefused.Why.AUDIENCE, "issued to somebody else");
    }
  }

  /** Gives when the person was authenticated. */
  @SuppressWarnings("JavaUtilDate") // the token library speaks it
  long checkTimes(JWTClaimsSet claims) throws IdentityRefused {
    final long now = clock.millis();
    final long tolerance = CLOCK_TOLERANCE.toMillis();
    final Date expires = claims.getExpirationTime();
    final Date issued = claims.getIssueTime();
    final Date notBefore = claims.getNotBeforeTime();
    if (expires == null || issued == null) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "a token without exp or iat");
    }
    if (now >= expires.getTime() + tolerance) {
      throw new IdentityRefused(IdentityRefused.Why.TIME, "the token has expired");
    }
    if (issued.getTime() > now + tolerance
        || (notBefore != null && notBefore.getTime() > now + tolerance)) {
      throw new IdentityRefused(IdentityRefused.Why.TIME, "the token is not valid yet");
    }
    final Date authenticated;
    try {
      authenticated =
          claims.getClaim("auth_time") == null ? issued : claims.getDateClaim("auth_time");
    } catch (ParseException e) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "auth_time is not a time", e);
    }
    return authenticated.getTime();
  }

  private Digest256 pairwise(String subject) {
    return Digest256.sha256((issuer + '\0' + subject).getBytes(StandardCharsets.UTF_8));
  }

  private static JWTClaimsSet claims(SignedJWT jwt) throws IdentityRefused {
    try {
      return jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, "claims cannot be read", e);
    }
  }

  private static String string(JWTClaimsSet claims, String name) throws IdentityRefused {
    try {
      return claims.getStringClaim(name);
    } catch (ParseException e) {
      throw new IdentityRefused(IdentityRefused.Why.MALFORMED, name + " is not a text", e);
    }
  }
}
