package org.civicswitch.core.feed;

import org.agrona.DirectBuffer;

/**
 * Reads what happened, in order, from any feed sequence. One thread at a time. Records that are not
 * yet durable are never seen.
 */
public interface FeedReader extends AutoCloseable {
  /**
   * Hands over up to {@code limit} records and moves on.
   *
   * @return how many were handed over; 0 when there is nothing new
   * @throws FeedGoneException if the wanted sequence is below the first one kept here
   */
  int poll(Handler handler, int limit);

  /** The feed sequence of the record that {@link #poll} hands over next. */
  long nextSequence();

  @Override
  void close();

  /** Takes one event, an SBE message with its message header; bytes valid during the call only. */
  @FunctionalInterface
  interface Handler {
    void onEvent(long feedSequence, DirectBuffer event, int offset, int length);
  }

  /** The feed no longer reaches back that far: read the archive. */
  final class FeedGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long firstSequence;

    public FeedGoneException(final long wanted, final long firstSequence) {
      super("feed sequence " + wanted + " is gone; the first kept is " + firstSequence);
      this.firstSequence = firstSequence;
    }

    public long firstSequence() {
      return firstSequence;
    }
  }
}
