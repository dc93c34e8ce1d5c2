package org.civicswitch.core.engine;

import org.agrona.MutableDirectBuffer;

/**
 * Where the engine puts what comes out of a command. The engine encodes at {@link #offset()} of
 * {@link #buffer()} and then says how long it was; the host decides what memory that is and when
 * anybody may see it.
 *
 * <p>At least {@link #MAX_MESSAGE_BYTES} are free behind {@link #offset()} before each message, and
 * one command puts out at most {@link #MAX_COMMAND_BYTES} in all.
 */
public interface Output {
  int MAX_MESSAGE_BYTES = 80 * 1024;
  int MAX_COMMAND_BYTES = 1024 * 1024;

  MutableDirectBuffer buffer();

  int offset();

  /** The bytes at {@link #offset()} are the outcome. Called exactly once per command, first. */
  void outcome(int length);

  /** The bytes at {@link #offset()} are the next event. */
  void event(int length);
}
