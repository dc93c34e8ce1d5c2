package org.civicswitch.ops.console.accounts;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a sign-in may fail: so many at once and one more every while, for each name that is
 * typed, and for all together. Names that are nobody's count like others. Safe for use by many
 * threads.
 */
final class Throttle {
  static final int PER_NAME = 5;
  static final long PER_NAME_MS = 180_000;
  static final int IN_ALL = 50;
  static final long IN_ALL_MS = 2_000;

  /** Names remembered; the one longest untouched is forgotten. */
  static final int NAMES_MAX = 10_000;

  private final Bucket all = new Bucket(IN_ALL, IN_ALL_MS);
  private final Map<String, Bucket> byName = new LinkedHashMap<>(16, 0.75f, true);

  /** Takes one attempt; 0 if there was one, else in how many milliseconds there is. */
  synchronized long take(final String name, final long nowMs) {
    final Bucket own = byName.computeIfAbsent(name, n -> new Bucket(PER_NAME, PER_NAME_MS));
    if (byName.size() > NAMES_MAX) {
      byName.remove(byName.keySet().iterator().next());
    }
    final long wait = Math.max(own.waitMs(nowMs), all.waitMs(nowMs));
    if (wait == 0) {
      own.taken++;
      all.taken++;
    }
    return wait;
  }

  /** The attempt was no failure. */
  synchronized void giveBack(final String name) {
    final Bucket own = byName.get(name);
    if (own != null) {
      own.taken = Math.max(0, own.taken - 1);
    }
    all.taken = Math.max(0, all.taken - 1);
  }

  /** Attempts taken; one comes back every while. */
  private static final class Bucket {
    private final int most;
    private final long everyMs;
    private int taken;
    private long sinceMs;

    Bucket(final int most, final long everyMs) {
      this.most = most;
      this.everyMs = everyMs;
    }

    long waitMs(final long nowMs) {
      final long back = Math.max(0, (nowMs - sinceMs) / everyMs);
      if (taken <= back) {
        taken = 0;
        sinceMs = nowMs;
      } else {
        taken -= (int) back;
        sinceMs += back * everyMs;
      }
      return taken < most ? 0 : Math.max(1, everyMs - (nowMs - sinceMs));
    }
  }
}
