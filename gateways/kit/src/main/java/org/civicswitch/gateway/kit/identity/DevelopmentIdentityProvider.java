package org.civicswitch.gateway.kit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * A small identity provider for development and demonstration: it knows nobody's face and believes
 * whoever asks. Its tokens are real: OpenID Connect ID tokens, signed with ES256, about pairwise
 * subjects. Over HTTP it is {@link DevelopmentIdentityRoutes}. Safe for use by many threads.
 */
public final class DevelopmentIdentityProvider {
  public static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  private static final Provider PROVIDER = new BouncyCastleProvider();

  private final String issuer;
  private final ECKey key;
  private final ECDSASigner signer;
  private final SecretKeySpec pairwiseKey;
  private final InstantSource clock;

  private DevelopmentIdentityProvider(String issuer, ECKey key, InstantSource clock)
      throws JOSEException {
    this.issuer = issuer;
    this.key = key;
    this.clock = clock;
    this.signer = new ECDSASigner(key);
    signer.getJCAContext().setProvider(PROVIDER);
    this.pairwiseKey =
        new SecretKeySpec(
            ("pairwise " + key.getD()).getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
  }

  /**
   * Opens the provider whose key is in this directory; makes one when there is none.
   *
   * @param issuer its URL, as it stands in the tokens
   */
  public static DevelopmentIdentityProvider open(Path directory, String issuer, InstantSource clock)
      throws IOException {
    OwnerOnlyFiles.directory(directory);
    final Path file = directory.resolve("identity-provider.jwk");
    try {
      if (!Files.exists(file)) {
        final ECKey made =
            new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        OwnerOnlyFiles.create(file, made.toJSONString().getBytes(StandardCharsets.UTF_8));
      }
      final String text = new String(OwnerOnlyFiles.read(file), StandardCharsets.UTF_8);
      return new DevelopmentIdentityProvider(issuer, ECKey.parse(text), clock);
    } catch (JOSEException | ParseException e) {
      throw new IOException(file + " cannot be used", e);
    }
  }

  public String issuer() {
    return issuer;
  }

  /** The public key, as the issuer publishes it. */
  public JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }

  /**
   * Issues an ID token about a person who was authenticated just now.
   *
   * @param person any text that names one; it does not appear in the token
   * @param audience who asked
   * @param nonce may be null
   * @param assurance 1 to 4, see {@link AssuranceLadder}
   */
  public String issue(String person, String audience, String nonce, int assurance) {
    return issue(person, audience, nonce, assurance, clock.millis());
  }

  /** The same about one who was authenticated at this time, UTC milliseconds. */
  @SuppressWarnings("JavaUtilDate") // the token library speaks it
  public String issue(
      String person, String audience, String nonce, int assurance, long authenticatedMs) {
    final long now = clock.millis();
    final JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(pairwise(person, audience))
            .audience(audience)
            .issueTime(new Date(now))
            .expirationTime(new Date(now + TOKEN_LIFE.toMillis()))
            .claim("auth_time", authenticatedMs / 1000)
            .claim("acr", AssuranceLadder.acrOf(assurance));
    if (nonce != null) {
      claims.claim("nonce", nonce);
    }
    return sign(JOSEObjectType.JWT, claims.build());
  }

  /**
   * States in one signed token that these people were authenticated just now: what an agency brings
   * of its whole roll. See {@link EnrolmentStatementVerifier}.
   *
   * @param people identifiers, {@code TYPE:VALUE}; 1 to {@link
   *     EnrolmentStatementVerifier#MAX_PEOPLE}
   */
  @SuppressWarnings("JavaUtilDate") // the token library speaks it
  public String issueStatement(List<String> people, String audience, int assurance) {
    if (people.isEmpty() || people.size() > EnrolmentStatementVerifier.MAX_PEOPLE) {
      throw new IllegalArgumentException("a statement is about 1 to 500 people");
    }
    final long now = clock.millis();
    final List<Map<String, Object>> entries = new ArrayList<>(people.size());
    for (final String person : people) {
      entries.add(
          Map.of(
              "person",
              person,
              "sub",
              pairwise(person, audience),
              "acr",
              AssuranceLadder.acrOf(assurance),
              "auth_time",
              now / 1000));
    }
    return sign(
        new JOSEObjectType(EnrolmentStatementVerifier.TYPE),
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .issueTime(new Date(now))
            .expirationTime(new Date(now + TOKEN_LIFE.toMillis()))
            .claim("people", entries)
            .build());
  }

  private String sign(JOSEObjectType type, JWTClaimsSet claims) {
    final SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build(),
            claims);
    try {
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs anything", e);
    }
  }

  /** A person looks like somebody else to every audience. */
  private String pairwise(String person, String audience) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(pairwiseKey);
      mac.update(audience.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(person.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
