package org.civicswitch.core.sim;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One life of a simulated switch: the real engine, journal, snapshots and recovery on one thread,
 * with virtual time, on a disk that loses, tears and corrupts what was not forced, among clients
 * that retry. Everything follows from the seed.
 *
 * <p>After every step: what the events say happened can have happened and adds up, limits held,
 * repeated instructions are answered the same, two engines agree on every byte and on the state.
 * After every crash: nothing acknowledged is lost or altered, the recovered state is that of the
 * engine that never crashed, the feed goes on without gap or repetition. At the end: everything
 * pending comes to an end, and a replay from the first command gives the same.
 */
public final class Simulation {
  private Simulation() {}

  /**
   * @param commands at least so many become durable
   * @param crashes at least so many happen
   */
  public static SimReport run(final long seed, final int commands, final int crashes) {
    return run(seed, commands, crashes, new SimParts());
  }

  static SimReport run(
      final long seed, final int commands, final int crashes, final SimParts parts) {
    final SimLife life = new SimLife(seed, parts);
    Throwable failure = null;
    try {
      life.live(commands, crashes);
    } catch (final Exception | AssertionError e) {
      failure = e;
    }
    final SortedMap<String, Long> faults = new TreeMap<>(life.storage().faults());
    faults.putAll(life.faults());
    return new SimReport(
        seed,
        life.commands(),
        faults.getOrDefault("crash", 0L) + faults.getOrDefault("kill", 0L),
        faults,
        life.coverage().messages(),
        life.coverage().codes(),
        life.replays(),
        life.digest(),
        failure);
  }
}
