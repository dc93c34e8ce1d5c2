package org.civicswitch.gateway.kit.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.civicswitch.gateway.kit.Digest256;

/**
 * Verifies an issuer's signed statement about many people at once, as agencies bring them: the
 * claims of an ID token, and in {@code people} for each person {@code person}, {@code sub}, {@code
 * acr} and {@code auth_time}. Everything that {@link IdentityVerifier} checks is checked here; the
 * evidence of every person is the SHA-256 of the whole statement. Safe for use by many threads.
 */
public final class EnrolmentStatementVerifier {
  /** Claim {@code typ} of the header: such a statement is no ID token, and the other way round. */
  public static final String TYPE = "enrolment-statement+jwt";

  public static final int MAX_PEOPLE = 500;
  public static final int MAX_TOKEN_CHARACTERS = 512 * 1024;

  private final IdentityVerifier verifier;

  /**
   * @param verifier of the same issuer and audience
   */
  public EnrolmentStatementVerifier(IdentityVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Verifies one statement, all of it or nothing.
   *
   * @throws IdentityRefused if it proves nothing
   * @throws IOException if the issuer's keys cannot be had now
   */
  public List<EnrolledPerson> verify(String statement) throws IdentityRefused, IOException {
    final SignedJWT jwt = IdentityVerifier.parse(statement, MAX_TOKEN_CHARACTERS);
    if (jwt.getHeader().getType() == null || !TYPE.equals(jwt.getHeader().getType().getType())) {
      throw malformed("not an enrolment statement");
    }
    final JWTClaimsSet claims = verifier.checked(jwt);
    verifier.checkTimes(claims);
    if (!(claims.getClaim("people") instanceof List<?> people)
        || people.isEmpty()
        || people.size() > MAX_PEOPLE) {
      throw malformed("a statement is about 1 to " + MAX_PEOPLE + " people");
    }
    final Digest256 evidence = Digest256.sha256(statement.getBytes(StandardCharsets.US_ASCII));
    final List<EnrolledPerson> enrolled = new ArrayList<>(people.size());
    for (final Object entry : people) {
      enrolled.add(person(entry, evidence));
    }
    return enrolled;
  }

  private EnrolledPerson person(Object entry, Digest256 evidence) throws IdentityRefused {
    if (!(entry instanceof Map<?, ?> person)
        || !(person.get("person") instanceof String name)
        || !(person.get("sub") instanceof String subject)
        || !(person.get("auth_time") instanceof Number time)
        || name.isBlank()) {
      throw malformed("a person without person, sub or auth_time");
    }
    final long authenticatedMs = Math.multiplyExact(seconds(time), 1000L);
    return new EnrolledPerson(
        name,
        verifier.identity(
            subject,
            person.get("acr") instanceof String acr ? acr : null,
            authenticatedMs,
            evidence));
  }

  private static long seconds(Number time) throws IdentityRefused {
    final long seconds = time.longValue();
    if (seconds < 0 || seconds > Long.MAX_VALUE / 1000) {
      throw malformed("auth_time is not a time");
    }
    return seconds;
  }

  private static IdentityRefused malformed(String message) {
    return new IdentityRefused(IdentityRefused.Why.MALFORMED, message);
  }
}
