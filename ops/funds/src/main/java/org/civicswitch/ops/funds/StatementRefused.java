package org.civicswitch.ops.funds;

/** A file that is no statement, or not a whole one. The message says what is wrong, and where. */
public final class StatementRefused extends Exception {
  private static final long serialVersionUID = 1L;

  StatementRefused(final String message) {
    super(message);
  }
}
