package org.civicswitch.core.feed;

/** The feed's files do not hold what was written, or what was read from them no longer counts. */
public final class FeedDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long sequence;

  FeedDamagedException(final long sequence, final String what) {
    super("feed sequence " + sequence + ": " + what);
    this.sequence = sequence;
  }

  FeedDamagedException(final long sequence, final String what, final Throwable cause) {
    super("feed sequence " + sequence + ": " + what, cause);
    this.sequence = sequence;
  }

  /** The first feed sequence that is concerned. */
  public long sequence() {
    return sequence;
  }
}
