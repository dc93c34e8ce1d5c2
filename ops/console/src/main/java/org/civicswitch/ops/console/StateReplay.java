package org.civicswitch.ops.console;

import java.io.IOException;

/**
 * Makes a state of the log again, which only somebody who sees engine and journal can. Any thread;
 * may take as long as a start of the switch, and makes one at a time.
 */
public interface StateReplay {
  /**
   * The state after the command of this sequence.
   *
   * @param sequence of the log, from 1
   * @throws IOException if there is none, or it would take more time or memory than is allowed
   *     here; says which, and how it is had all the same
   */
  State at(long sequence) throws IOException;

  /** The line that makes it in a shell, without such limits. */
  String command(long sequence);

  /**
   * What is known of a state.
   *
   * @param timeMs of its last command, UTC
   * @param hash the same wherever the same log is replayed
   */
  record State(long sequence, long timeMs, long hash) {
    /** 16 hexadecimal digits, as {@code as-of} and {@code verify} print it. */
    public String hashText() {
      return String.format("%016x", hash);
    }
  }
}
