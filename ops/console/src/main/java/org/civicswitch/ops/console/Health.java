package org.civicswitch.ops.console;

import java.util.List;

/**
 * What the host says of itself at {@code /livez} and {@code /readyz}. Called by several threads;
 * returns at once and throws nothing.
 */
public interface Health {
  /** False when only a restart can help. */
  boolean live();

  /** Ready is when every one of them is. */
  List<Check> checks();

  /**
   * @param name short and stable, in lower case: {@code journal}, {@code disk}
   * @param detail why, in words for a person; may be empty
   */
  record Check(String name, boolean ok, String detail) {}

  /** A host with nothing to add: the console's own checks decide. */
  static Health none() {
    return new Health() {
      @Override
      public boolean live() {
        return true;
      }

      @Override
      public List<Check> checks() {
        return List.of();
      }
    };
  }
}
