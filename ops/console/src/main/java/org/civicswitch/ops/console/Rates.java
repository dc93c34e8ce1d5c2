package org.civicswitch.ops.console;

import org.HdrHistogram.Histogram;

/**
 * What happened in each of the last seconds of log time: counts, and how long payments took from
 * reserved to final. A second is reused when the ring comes round.
 */
final class Rates {
  static final int SECONDS = 120;

  /** Longer lives are counted as this long. */
  static final long MICROS_MAX = 600_000_000L;

  private final Second[] ring = new Second[SECONDS];

  /** Since the beginning of what was read. */
  long reservedTotal;

  long settledTotal;
  long rejectedTotal;
  long expiredTotal;

  void reserved(final long timeMs) {
    at(timeMs).reserved++;
    reservedTotal++;
  }

  void settled(final long timeMs, final long lifeMs) {
    final Second second = at(timeMs);
    second.settled++;
    settledTotal++;
    second.life(lifeMs);
  }

  void rejected(final long timeMs, final long lifeMs) {
    final Second second = at(timeMs);
    second.rejected++;
    rejectedTotal++;
    second.life(lifeMs);
  }

  void expired(final long timeMs) {
    at(timeMs).expired++;
    expiredTotal++;
  }

  /** What is counted for this second; null when nothing happened in it. */
  Second get(final long second) {
    final Second slot = ring[(int) Math.floorMod(second, (long) SECONDS)];
    return slot != null && slot.second == second ? slot : null;
  }

  /** Lives of the last {@code seconds} whole seconds before {@code nowMs}. */
  Histogram lives(final long nowMs, final int seconds) {
    final Histogram sum = new Histogram(MICROS_MAX, 2);
    final long now = nowMs / 1000;
    for (long s = now - seconds; s <= now; s++) {
      final Second second = get(s);
      if (second != null && second.lives != null) {
        sum.add(second.lives);
      }
    }
    return sum;
  }

  /** Settled per second, over the last {@code seconds} whole seconds before {@code nowMs}. */
  double settledPerSecond(final long nowMs, final int seconds) {
    long sum = 0;
    final long now = nowMs / 1000;
    for (long s = now - seconds; s < now; s++) {
      final Second second = get(s);
      sum += second == null ? 0 : second.settled;
    }
    return sum / (double) seconds;
  }

  private Second at(final long timeMs) {
    final long second = timeMs / 1000;
    final int slot = (int) Math.floorMod(second, (long) SECONDS);
    final Second known = ring[slot];
    if (known != null && known.second == second) {
      return known;
    }
    final Second fresh = new Second(second);
    ring[slot] = fresh;
    return fresh;
  }

  /** One second of log time. */
  static final class Second {
    final long second;
    int reserved;
    int settled;
    int rejected;
    int expired;
    Histogram lives;

    Second(final long second) {
      this.second = second;
    }

    private void life(final long lifeMs) {
      if (lifeMs >= 0) {
        if (lives == null) {
          lives = new Histogram(MICROS_MAX, 2);
        }
        lives.recordValue(Math.min(lifeMs * 1000, MICROS_MAX));
      }
    }
  }
}
