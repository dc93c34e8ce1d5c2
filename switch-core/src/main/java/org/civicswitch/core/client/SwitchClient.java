package org.civicswitch.core.client;

import org.agrona.DirectBuffer;

/**
 * The only way in. One API over three ways: in the switch's process, over Aeron IPC from another
 * process on the machine, and later cluster ingress.
 *
 * <p>Under back pressure what finishes or steers (confirmations, operators' commands) may overtake
 * new instructions that were offered before; a command that depends on another waits for its
 * outcome.
 *
 * <p>{@link #offer} may be called by one thread at a time, {@link #poll} by one thread at a time;
 * the two may differ. An outcome is a hint that spares a wait: the feed is the truth. A client that
 * loses its connection offers what is unresolved again, unchanged, and gets the same answer.
 */
public interface SwitchClient extends AutoCloseable {
  /** The command was taken; its outcome will come. */
  int ACCEPTED = 1;

  /** No room for this client now: nothing is stored, try again. */
  int BACK_PRESSURED = -1;

  /** No switch at the other end now. */
  int NOT_CONNECTED = -2;

  /** This client or the switch is closed for good. */
  int CLOSED = -3;

  /** Longer than {@link #MAX_COMMAND_BYTES}. */
  int TOO_LARGE = -4;

  int MAX_COMMAND_BYTES = 64 * 1024;

  /**
   * Offers one command, an SBE message with its message header. Never blocks.
   *
   * @param correlationId handed back with the outcome
   * @return {@link #ACCEPTED} or one of the negative values
   */
  int offer(DirectBuffer command, int offset, int length, long correlationId);

  /**
   * Hands over outcomes that are released, that is durable, in the order of the log.
   *
   * @return how many were handed over
   */
  int poll(OutcomeHandler handler, int limit);

  @Override
  void close();

  /** Takes outcomes. The bytes are valid during the call only. */
  @FunctionalInterface
  interface OutcomeHandler {
    /** outcome: an SBE {@code Outcome} message with its message header. */
    void onOutcome(long correlationId, DirectBuffer outcome, int offset, int length);
  }
}
