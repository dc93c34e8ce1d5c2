package org.civicswitch.core.engine;

import org.agrona.DirectBuffer;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;

/**
 * The one thing a host knows of the engine. A deterministic state machine: the same commands at the
 * same sequences and times give the same outputs and the same state on every machine.
 *
 * <p>Threads: every method is called by one thread, the host's engine thread, except {@link
 * Image#writeTo}. Nothing here blocks, and {@link #apply} allocates nothing in the steady state.
 */
public interface Engine {
  /**
   * Brings the memory that a command will need near. Changes nothing; the command may be any bytes.
   */
  void touch(DirectBuffer command, int offset, int length);

  /**
   * Applies one command: exactly one outcome, then zero or more events, go to the output.
   *
   * @param sequence the command's place in the log; one more than the last
   * @param timeMs the host's time for it, UTC milliseconds; the engine's time never goes back
   * @throws RuntimeException only for a defect of the engine: the host must halt, never skip
   */
  void apply(
      long sequence, long timeMs, DirectBuffer command, int offset, int length, Output output);

  /**
   * @return when the next {@code Pulse} is due, or {@link Long#MAX_VALUE}. At or before the current
   *     time while more work waits than one command may do.
   */
  long nextDeadlineMs();

  /** The sequence of the last command applied; 0 before the first. */
  long sequence();

  /** The engine's time after the last command applied. */
  long timeMs();

  /** The last feed sequence that was given to an event; 0 before the first. */
  long feedSequence();

  /**
   * Freezes the state as it is after the last command. Cheap; from here on a page is copied before
   * it is changed, until the image is closed. At most one image at a time.
   */
  Image freeze();

  /**
   * Replaces the whole state. Only before the first {@link #apply}. What the source throws is
   * thrown on, and nothing has changed then: another snapshot can be tried.
   *
   * @throws IllegalStateException if the snapshot is not one this version can read
   */
  void load(SnapshotSource source);

  /** A hash over the whole logical state: equal states, equal hashes, whatever the history. */
  long stateHash();

  /** The state at one sequence, readable beside the running engine. */
  interface Image extends AutoCloseable {
    long sequence();

    long timeMs();

    long feedSequence();

    long stateHash();

    /** May be called by another thread than the engine's. */
    void writeTo(SnapshotSink sink);

    /** Bytes that copy-on-write has cost so far. */
    long copiedBytes();

    /** May be called by another thread than the engine's; the engine stops copying. */
    @Override
    void close();
  }
}
