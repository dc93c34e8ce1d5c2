package org.civicswitch.core.feed;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Where a host puts the events of durable commands, in order. One thread at a time appends; another
 * may {@link #sync} and {@link #release} meanwhile, and does not hold the first one up.
 *
 * <p>The feed is derived: what is not yet {@link #durableSequence() durable} in it comes again from
 * the journal at recovery, exactly once, because the host appends only what lies above {@link
 * #lastSequence()}. A journal segment may go only once the feed is durable up to its end.
 */
public interface FeedSink extends AutoCloseable {
  /**
   * Appends one event, an SBE message with its message header. Allocates nothing in the steady
   * state and waits for no disk.
   *
   * @param feedSequence one more than {@link #lastSequence()}; an empty feed takes any first one
   * @param length in bytes, at most {@code Output.MAX_MESSAGE_BYTES}
   * @throws IllegalStateException on a gap or a repetition, or after an earlier failure: the host
   *     must halt
   */
  void append(long feedSequence, DirectBuffer event, int offset, int length);

  /**
   * The lowest sequence that a reader may begin at; one more than the last when nothing is kept.
   */
  long firstSequence();

  /** The last sequence appended; 0 before the first. */
  long lastSequence();

  /** Everything up to here was forced to the disk, read back and found good. */
  long durableSequence();

  /**
   * Forces what was appended by now, reads it back and checks it; then {@link #durableSequence()}
   * moves on.
   *
   * @throws IOException if the disk refuses: fatal, what was not durable may be gone
   * @throws FeedDamagedException if what was read back is not what was written
   */
  void sync() throws IOException;

  /**
   * Forgets everything above a sequence. Events are appended only once their commands are durable,
   * so a feed ahead of the recovered journal means that the journal lost commands: the caller has
   * to report that. Only before the first {@link #append} after opening.
   */
  void cutBack(long lastSequence);

  /**
   * Hands whole runs that lie below a sequence and are durable to the archive, then deletes them.
   * Readers below the new {@link #firstSequence()} are told that it is gone.
   */
  void release(long belowSequence, FeedArchive archive) throws IOException;

  /** Syncs, then closes. */
  @Override
  void close() throws IOException;
}
