package org.civicswitch.gateway.kit.keys;

/** A key was not handed out. The cause says whether asking again can help. */
public final class KeyRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Cause {
    /** The caller lacks the right. */
    NOT_ALLOWED,
    /** Too many openings; later it may work. */
    RATE,
    /** No such key here. */
    UNKNOWN,
    /** The key was erased; nothing brings it back. */
    ERASED,
    /** Keys or the log of openings cannot be read or written. */
    STORAGE
  }

  private final Cause why;

  KeyRefused(Cause why, String message) {
    this(why, message, null);
  }

  KeyRefused(Cause why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  public Cause why() {
    return why;
  }
}
