package org.civicswitch.ops.benefits;

/** The file as a whole cannot be read as a roll; nothing was taken from it. */
public final class RollFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  RollFormatException(final String message) {
    super(message);
  }

  RollFormatException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
