package org.civicswitch.gateway.kit.identity;

/** An ID token that proves nothing. The message never repeats what the token says of a person. */
public final class IdentityRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Why {
    /** Not a signed token of three parts with the claims that an ID token has. */
    MALFORMED,
    /** Signed with an algorithm that is not on the list; {@code none} and HMAC never are. */
    ALGORITHM,
    /** No such key at the issuer. */
    KEY_UNKNOWN,
    /** The signature is wrong. */
    SIGNATURE,
    /** Somebody else's token. */
    ISSUER,
    /** Meant for somebody else. */
    AUDIENCE,
    /** Expired, not yet valid, or of an impossible time. */
    TIME,
    /** Not the answer to what was asked. */
    NONCE
  }

  private final Why why;

  IdentityRefused(Why why, String message) {
    super(message);
    this.why = why;
  }

  IdentityRefused(Why why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
