package org.civicswitch.core.sim;

import java.util.SortedMap;

/**
 * What one simulated life was like.
 *
 * @param seed everything follows from it
 * @param commands that became durable
 * @param crashes power losses and killed processes, those during recovery included
 * @param faults how often each kind of fault was really done
 * @param messages durable commands that were understood, and events, by template
 * @param codes how often each code was the answer of a command or of one of its items
 * @param replays answers that were given again
 * @param digest over all that was put out: the same seed gives the same digest
 * @param failure what broke, with where; null if nothing did
 */
public record SimReport(
    long seed,
    long commands,
    long crashes,
    SortedMap<String, Long> faults,
    SortedMap<Integer, Long> messages,
    SortedMap<String, Long> codes,
    long replays,
    long digest,
    Throwable failure) {

  public boolean failed() {
    return failure != null;
  }
}
