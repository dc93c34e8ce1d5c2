package org.civicswitch.bench;

/** The benchmark ran, but its result is wrong; the exit code is 1 and no figure is printed. */
final class WrongResultException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongResultException(final String message) {
    super(message);
  }
}
