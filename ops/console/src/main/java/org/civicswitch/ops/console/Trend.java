package org.civicswitch.ops.console;

/**
 * Where an amount has been over the last minutes, looked at every ten seconds of log time: how fast
 * it falls, without keeping what made it fall.
 */
final class Trend {
  static final long EVERY_MS = 10_000;

  /** Five minutes. */
  private static final int LOOKS = 30;

  /** From less than this nothing is foretold. */
  private static final long SPAN_MS_MIN = 30_000;

  private final long[] timeMs = new long[LOOKS];
  private final long[] amount = new long[LOOKS];
  private long looks;

  void look(final long nowMs, final long now) {
    final int at = (int) (looks++ % LOOKS);
    timeMs[at] = nowMs;
    amount[at] = now;
  }

  /**
   * In how many seconds an amount is gone at the rate at which it fell.
   *
   * @param left what there is of it
   * @return -1 if it does not fall, or is not known for long enough
   */
  long secondsLeft(final long nowMs, final long now, final long left) {
    if (looks == 0) {
      return -1;
    }
    final int eldest = looks <= LOOKS ? 0 : (int) (looks % LOOKS);
    final long spanMs = nowMs - timeMs[eldest];
    final long fallen = amount[eldest] - now;
    if (spanMs < SPAN_MS_MIN || fallen <= 0) {
      return -1;
    }
    return left <= 0 ? 0 : Math.round((double) left * spanMs / fallen / 1000);
  }
}
