package org.civicswitch.core.sim;

import java.util.function.Supplier;

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

  /** For what is checked so often that the words would cost more than the check. */
  static void unless(final boolean holds, final Supplier<String> what) {
    if (!holds) {
      throw new SimFailure(what.get());
    }
  }

  static void unlessEqual(final long expected, final long found, final Supplier<String> what) {
    if (expected != found) {
      unlessEqual(expected, found, what.get());
    }
  }

  static void unlessEqual(final long expected, final long found, final String what) {
    if (expected != found) {
      throw new SimFailure(what + ": expected " + expected + ", found " + found);
    }
  }
}
