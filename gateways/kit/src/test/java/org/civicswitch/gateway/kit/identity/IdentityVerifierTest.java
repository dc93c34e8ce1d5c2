package org.civicswitch.gateway.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.civicswitch.gateway.kit.Digest256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityVerifierTest {
  private static final String ISSUER = "https://localhost:9443/identity";
  private static final String US = "civic-switch";
  private static final long START = 1_795_000_000_000L;

  @TempDir Path directory;
  private final AtomicLong now = new AtomicLong(START);
  private DevelopmentIdentityProvider provider;
  private IdentityVerifier verifier;

  @BeforeEach
  void open() throws Exception {
    provider =
        DevelopmentIdentityProvider.open(
            directory.resolve("dev"), ISSUER, () -> java.time.Instant.ofEpochMilli(now.get()));
    verifier = verifier(refresh -> provider.publicKeys());
  }

  @Test
  void yieldsTheFieldsOfAStandingVerdict() throws Exception {
    final String token = provider.issue("person 7", US, "n-1", 3);

    final VerifiedIdentity identity = verifier.verify(token, "n-1");

    assertThat(identity.issuer()).isEqualTo(4);
    assertThat(identity.assurance()).isEqualTo(3);
    assertThat(identity.issuedMs()).isEqualTo(START);
    assertThat(identity.validUntilMs()).isEqualTo(START + Duration.ofDays(365).toMillis());
    assertThat(identity.evidence())
        .isEqualTo(Digest256.sha256(token.getBytes(StandardCharsets.US_ASCII)));
    assertThat(verifier.verify(provider.issue("person 7", US, null, 2), null).pairwise())
        .as("the same person again")
        .isEqualTo(identity.pairwise());
    assertThat(verifier.verify(provider.issue("person 8", US, null, 2), null).pairwise())
        .isNotEqualTo(identity.pairwise());
    assertThat(token).doesNotContain("person");
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
        .doesNotContain("person 7");
  }

  @Test
  void theAuthenticationCountsNotTheTokensAge() throws Exception {
    final String token = provider.issue("person 7", US, null, 1, START - 86_400_000L);
    assertThat(verifier.verify(token, null).issuedMs()).isEqualTo(START - 86_400_000L);
  }

  @Test
  void refusesWhatIsNotForUsOrNotNow() {
    final String token = provider.issue("p", US, "n", 1);
    assertThat(why(provider.issue("p", "somebody", null, 1), null))
        .isEqualTo(IdentityRefused.Why.AUDIENCE);
    assertThat(why(token, "other")).isEqualTo(IdentityRefused.Why.NONCE);
    assertThat(why(provider.issue("p", US, null, 1), "n")).isEqualTo(IdentityRefused.Why.NONCE);
    now.addAndGet(Duration.ofMinutes(6).toMillis() - 1);
    assertThat(why(token, "n")).isNull();
    now.addAndGet(1);
    assertThat(why(token, "n")).isEqualTo(IdentityRefused.Why.TIME);
    now.set(START - 61_000);
    assertThat(why(token, "n")).isEqualTo(IdentityRefused.Why.TIME);
  }

  @Test
  void refusesAnotherIssuersTokenEvenUnderAKnownKey() throws Exception {
    final DevelopmentIdentityProvider other =
        DevelopmentIdentityProvider.open(
            directory.resolve("dev"), "https://other", () -> java.time.Instant.ofEpochMilli(START));
    assertThat(why(other.issue("p", US, null, 1), null)).isEqualTo(IdentityRefused.Why.ISSUER);
  }

  @Test
  void refusesSymmetricAndUnsignedTokens() throws Exception {
    final JWTClaimsSet claims = SignedJWT.parse(provider.issue("p", US, null, 4)).getJWTClaimsSet();
    // The classic confusion: the public key's bytes as a shared secret.
    final ECKey key = provider.publicKeys().getKeys().get(0).toECKey();
    final SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
    confused.sign(new MACSigner(key.toECPublicKey().getEncoded()));
    assertThat(why(confused.serialize(), null)).isEqualTo(IdentityRefused.Why.ALGORITHM);

    final String none =
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + claims.toPayload().toBase64URL()
            + ".";
    assertThat(why(none, null)).isEqualTo(IdentityRefused.Why.MALFORMED);
    for (final String noise : new String[] {"", ".", "..", "a.b.c", "x".repeat(20_000)}) {
      assertThat(why(noise, null)).isEqualTo(IdentityRefused.Why.MALFORMED);
    }
  }

  @Test
  void refusesStrangersKeysUnderAKnownName() throws Exception {
    final ECKey stranger =
        new ECKeyGenerator(Curve.P_256)
            .keyID(provider.publicKeys().getKeys().get(0).getKeyID())
            .generate();
    assertThat(why(signed(stranger), null)).isEqualTo(IdentityRefused.Why.SIGNATURE);
    final ECKey unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown").generate();
    assertThat(why(signed(unknown), null)).isEqualTo(IdentityRefused.Why.KEY_UNKNOWN);
  }

  @Test
  void anyChangedCharacterIsRefused() {
    final String token = provider.issue("p", US, null, 4);
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      final int at = random.nextInt(token.length());
      final char changed = (char) ('A' + random.nextInt(26));
      final String last = token.substring(at + 1);
      final String other = token.substring(0, at) + changed + last;
      // The last character of a part carries spare bits that decoders ignore.
      if (!other.equals(token) && !last.isEmpty() && last.charAt(0) != '.') {
        assertThat(why(other, null)).as("seed %d, character %d", seed, at).isNotNull();
      }
    }
  }

  @Test
  void asksForKeysAgainWhenTheIssuerHasANewOne() throws Exception {
    final ECKey newer = new ECKeyGenerator(Curve.P_256).keyID("newer").generate();
    final IdentityVerifier rotating =
        verifier(
            refresh ->
                refresh
                    ? new JWKSet(
                        java.util.List.of(
                            provider.publicKeys().getKeys().get(0), newer.toPublicJWK()))
                    : provider.publicKeys());
    assertThat(rotating.verify(signed(newer), null).assurance()).isZero();
  }

  private IdentityVerifier verifier(IssuerKeys keys) {
    return new IdentityVerifier(
        ISSUER, 4, US, keys, Duration.ofDays(365), () -> java.time.Instant.ofEpochMilli(now.get()));
  }

  @SuppressWarnings("JavaUtilDate") // the token library speaks it
  private static String signed(ECKey key) throws Exception {
    final SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(US)
                .subject("s")
                .issueTime(new Date(START))
                .expirationTime(new Date(START + 60_000))
                .claim("acr", "urn:unheard:of")
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private IdentityRefused.Why why(String token, String nonce) {
    try {
      verifier.verify(token, nonce);
      return null;
    } catch (IdentityRefused e) {
      return e.why();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
