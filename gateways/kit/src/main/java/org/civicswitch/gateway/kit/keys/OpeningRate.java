package org.civicswitch.gateway.kit.keys;

import java.util.concurrent.TimeUnit;

/** A token bucket: so many openings a minute, and so many at once. Safe for many threads. */
final class OpeningRate {
  private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

  private final int perMinute;
  private final int burst;
  private double left;
  private long at;

  OpeningRate(int perMinute, int burst, long nowNs) {
    this.perMinute = perMinute;
    this.burst = burst;
    this.left = burst;
    this.at = nowNs;
  }

  synchronized boolean take(long nowNs) {
    final double earned = (double) (nowNs - at) * perMinute / MINUTE_NS;
    left = Math.min(burst, left + earned);
    at = nowNs;
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
