package org.civicswitch.gateway.kit.keys;

/**
 * A payload that cannot be opened. A payment with such a payload is rejected; it never waits for a
 * key that will not come. Only {@link Why#KEY_REFUSED} may be worth another try.
 */
public final class UnreadablePayload extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Why {
    /** Too short, too long, or not our layout. */
    MALFORMED,
    /** Written by a newer version. */
    UNKNOWN_VERSION,
    /** The epoch's key was erased. */
    KEY_ERASED,
    /** The epoch's key was never here. */
    KEY_UNKNOWN,
    /** The key service did not hand out the key: right, rate or storage. */
    KEY_REFUSED,
    /** Changed, damaged, or belonging to another payment. */
    NOT_AUTHENTIC
  }

  private final Why why;

  UnreadablePayload(Why why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  /** A payload that opens, but whose clear text nobody understands. */
  public static UnreadablePayload malformed(String message, Throwable cause) {
    return new UnreadablePayload(Why.MALFORMED, message, cause);
  }

  public Why why() {
    return why;
  }
}
