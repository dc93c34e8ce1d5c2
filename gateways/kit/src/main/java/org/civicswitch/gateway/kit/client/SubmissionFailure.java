package org.civicswitch.gateway.kit.client;

/** A command without an outcome. The kind says what the sender may conclude. */
public final class SubmissionFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Kind {
    /** The switch had no room in time. Nothing was taken: say "try again". */
    BUSY,
    /** No switch was there in time. Nothing was taken. */
    UNAVAILABLE,
    /**
     * The switch may have taken it; no outcome came in time. Only the feed or the same command
     * again tells.
     */
    UNRESOLVED,
    /** Longer than a command may be. */
    TOO_LARGE,
    /** This gateway or the switch is closed for good. */
    CLOSED
  }

  private final Kind kind;

  SubmissionFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether it is certain that the switch did not take the command. */
  public boolean nothingTaken() {
    return kind != Kind.UNRESOLVED && kind != Kind.CLOSED;
  }
}
