package org.civicswitch.gateway.kit.identity;

import org.civicswitch.core.protocol.VerdictEncoder;
import org.civicswitch.gateway.kit.Digest256;

/**
 * What a verified ID token yields: the fields of a standing verdict.
 *
 * @param issuer the issuer's number in the switch
 * @param assurance 0 to {@link AssuranceLadder#MAX}
 * @param issuedMs when the person was authenticated, UTC milliseconds
 * @param validUntilMs until when the switch may rely on it, UTC milliseconds
 * @param pairwise digest of issuer and the issuer's pairwise subject
 * @param evidence SHA-256 of the exact bytes of the token; who keeps the token can prove it
 */
public record VerifiedIdentity(
    int issuer,
    int assurance,
    long issuedMs,
    long validUntilMs,
    Digest256 pairwise,
    Digest256 evidence) {

  /** VerdictKind in the schema. */
  private static final short STANDING = 1;

  /**
   * Writes a standing verdict.
   *
   * @param verifier the number of the connection that verified it
   */
  public void put(VerdictEncoder verdict, int verifier) {
    verdict
        .kind(STANDING)
        .assurance((short) assurance)
        .reserved(0)
        .issuer(issuer)
        .verifier(verifier)
        .reserved2(0)
        .issuedMs(issuedMs)
        .validUntilMs(validUntilMs);
    evidence.put(verdict.evidence());
  }
}
