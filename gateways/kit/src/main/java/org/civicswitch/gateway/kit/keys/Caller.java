package org.civicswitch.gateway.kit.keys;

import java.util.Set;

/**
 * Who asks a key service for a key. Only the key service makes one, after it knows who it is; so
 * holding one is the proof.
 */
public final class Caller {
  /** What a caller may do. */
  public enum Right {
    /** Make tokens, digests and ids of private values. */
    TOKENS,
    /** Protect payloads. */
    SEAL,
    /** Open payloads in order to deliver them to the agent they are for. */
    DELIVER,
    /** Open a payload to show it to a person, who gives a reason. */
    REVEAL,
    /** Erase epochs. */
    ERASE
  }

  private final String name;
  private final Set<Right> rights;
  private final OpeningRate deliveries;
  private final OpeningRate reveals;

  Caller(String name, Set<Right> rights, OpeningRate deliveries, OpeningRate reveals) {
    this.name = name;
    this.rights = Set.copyOf(rights);
    this.deliveries = deliveries;
    this.reveals = reveals;
  }

  public String name() {
    return name;
  }

  public boolean may(Right right) {
    return rights.contains(right);
  }

  OpeningRate rate(Right right) {
    return right == Right.REVEAL ? reveals : deliveries;
  }

  @Override
  public String toString() {
    return name;
  }
}
