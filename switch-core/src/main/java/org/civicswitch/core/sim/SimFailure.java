package org.civicswitch.core.sim;

/** The simulated switch broke a promise. */
final class SimFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimFailure(final String what) {
    super(what);
  }

  static void unless(final boolean holds, final String what) {
    if (!holds) {
      throw new SimFailure(what);
    }
  }

  static void unlessEqual(final long expected, final long found, final String what) {
    if (expected != found) {
      throw new SimFailure(what + ": expected " + expected + ", found " + found);
    }
  }
}
