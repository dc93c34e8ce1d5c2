package org.civicswitch.core.storage;

import org.agrona.DirectBuffer;

/**
 * Sees what comes out of the commands that a recovery applies again. The bytes are valid during the
 * call only. Everything seen is durable.
 */
public interface ReplayVisitor {
  /** Wants nothing. */
  ReplayVisitor NONE = new ReplayVisitor() {};

  /** An SBE {@code Outcome} with its message header. */
  default void outcome(
      final long sequence,
      final long timeMs,
      final DirectBuffer outcome,
      final int offset,
      final int length) {}

  /** An SBE event with its message header, in the order of the feed. */
  default void event(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {}
}
