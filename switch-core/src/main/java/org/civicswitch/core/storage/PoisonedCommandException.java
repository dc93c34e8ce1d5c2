package org.civicswitch.core.storage;

/**
 * The engine failed on a command that is in the journal: a defect, and every start will meet it
 * again until the program is mended or operators quarantine that one command.
 */
public final class PoisonedCommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long sequence;

  PoisonedCommandException(final long sequence, final Throwable cause) {
    super(
        "the engine failed on command "
            + sequence
            + " ("
            + cause
            + "). Nothing is skipped: start a version that is mended, or have two operators"
            + " quarantine sequence "
            + sequence,
        cause);
    this.sequence = sequence;
  }

  public long sequence() {
    return sequence;
  }
}
