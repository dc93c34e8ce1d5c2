package org.civicswitch.core.storage;

/**
 * A write or a force of the journal failed. The journal is dead from then on: what was not forced
 * may be gone although a second force would succeed, so nobody may try again. The host halts.
 */
public final class JournalFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalFailedException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
