package org.civicswitch.identity;

/**
 * A standing verdict: an issuer vouches, at a level of assurance and until a time, that its
 * pairwise subject is our person. Mutable, to be reused; whoever takes one copies it. One thread.
 */
public final class Verdict {
  /** Who vouches; all 32 bits are a number. */
  public int issuer;

  /** 0 to 255, higher is surer. */
  public int assurance;

  /** UTC milliseconds, not negative. */
  public long issuedMs;

  /** UTC milliseconds, after {@link #issuedMs}; from here on it counts no more. */
  public long validUntilMs;

  /** Which binding of the issuer's subject to ours, 0 to 2^32 - 1. */
  public long mappingVersion;

  /** Hash of what was verified. */
  public final Token evidence = new Token();

  /** Digest of the issuer and its name for the person; none leaves the binding unchecked. */
  public final Token pairwise = new Token();

  boolean isValid() {
    return assurance >= 0
        && assurance <= 255
        && issuedMs >= 0
        && validUntilMs > issuedMs
        && mappingVersion >= 0
        && mappingVersion <= 0xFFFFFFFFL;
  }
}
