package org.civicswitch.ops.treasury;

/**
 * One thing that a change makes different.
 *
 * @param what for people
 * @param before as it is at the sequence seen; empty where there was nothing
 * @param after as it will be
 */
public record Effect(String what, String before, String after) {
  @Override
  public String toString() {
    return what + ": " + (before.isEmpty() ? "" : before + " -> ") + after;
  }
}
