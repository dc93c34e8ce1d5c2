package org.civicswitch.gateway.kit.keys;

import java.util.concurrent.TimeUnit;

/**
 * What one epoch key protects: the payloads of one participant group on one day. Erasing the key
 * erases them, backups included.
 *
 * @param group participant group, 0 or more
 * @param day days since 1970-01-01 UTC
 */
public record Epoch(int group, int day) {
  public Epoch {
    if (group < 0 || day < 0) {
      throw new IllegalArgumentException("group and day are 0 or more");
    }
  }

  /** The epoch of a moment, milliseconds UTC. */
  public static Epoch at(int group, long timeMs) {
    return new Epoch(group, Math.toIntExact(TimeUnit.MILLISECONDS.toDays(timeMs)));
  }
}
