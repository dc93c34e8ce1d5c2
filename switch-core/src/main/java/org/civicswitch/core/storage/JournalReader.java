package org.civicswitch.core.storage;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Reads the journal in order and checks everything it passes. One thread. A journal that is being
 * written may be read up to a sequence that is known to be durable.
 */
public final class JournalReader implements AutoCloseable {
  private final Storage storage;
  private final SegmentChain chain;
  private final long from;
  private final long to;
  private int index;
  private SegmentWalk walk;
  private long lastSequence;
  private boolean ended;

  private JournalReader(
      final Storage storage, final SegmentChain chain, final long from, final long to)
      throws IOException {
    this.storage = storage;
    this.chain = chain;
    this.from = from;
    this.to = to;
    this.index = chain.indexOf(from);
    this.walk = open(index);
    this.lastSequence = chain.get(index).firstSequence() - 1;
  }

  /**
   * Reads to the end, that is to the last sequence that may have been acknowledged.
   *
   * @throws StorageCorruptException if it does not reach back to {@code fromSequence}
   */
  public static JournalReader open(final Storage storage, final long fromSequence)
      throws IOException {
    return open(storage, fromSequence, Long.MAX_VALUE);
  }

  /** Reads up to and with {@code toSequence}, and nothing of what stands behind it. */
  public static JournalReader open(
      final Storage storage, final long fromSequence, final long toSequence) throws IOException {
    return new JournalReader(storage, SegmentChain.read(storage), fromSequence, toSequence);
  }

  /** The first sequence that a journal still holds; 0 if there is none. */
  public static long firstSequence(final Storage storage) throws IOException {
    final SegmentChain chain = SegmentChain.read(storage);
    return chain.isEmpty() ? 0 : chain.get(0).firstSequence();
  }

  /**
   * The last sequence that a journal itself proves to be durable, of one that somebody may be
   * writing: each group is written after the force of the one before, so all but the last group. 0
   * if there is none.
   */
  public static long provenSequence(final Storage storage) throws IOException {
    final SegmentChain chain = SegmentChain.read(storage);
    if (chain.isEmpty()) {
      return 0;
    }
    long proven = chain.last().firstSequence() - 1;
    try (SegmentScanner entry =
        SegmentScanner.open(storage, SegmentHeader.fileName(chain.last().number()))) {
      long place = SegmentHeader.BYTES;
      while (entry.probe(place) == SegmentScanner.Found.ENTRY) {
        proven = entry.batchFirst() - 1;
        place = entry.nextPlace();
      }
    }
    return proven;
  }

  private SegmentWalk open(final int i) throws IOException {
    return new SegmentWalk(
        SegmentScanner.open(storage, SegmentHeader.fileName(chain.get(i).number())),
        i + 1 < chain.size() ? chain.get(i + 1) : null);
  }

  /**
   * Moves to the next entry.
   *
   * @return false at the end
   * @throws StorageCorruptException with the file and place of what is damaged
   */
  public boolean next() throws IOException {
    while (!ended && lastSequence < to) {
      if (walk.next()) {
        lastSequence = walk.entry().sequence();
        if (lastSequence >= from) {
          return true;
        }
      } else if (index + 1 < chain.size()) {
        walk.close();
        index++;
        walk = open(index);
      } else {
        ended = true;
      }
    }
    return false;
  }

  public long sequence() {
    return walk.entry().sequence();
  }

  public long timeMs() {
    return walk.entry().timeMs();
  }

  /** Holds the entry's bytes until the next call of {@link #next}. */
  public DirectBuffer buffer() {
    return walk.entry().buffer();
  }

  public int offset() {
    return walk.entry().offset();
  }

  public int length() {
    return walk.entry().length();
  }

  /** The last sequence passed; after the end, the last there is. */
  public long lastSequence() {
    return lastSequence;
  }

  /** After the end: whether a tail that was never durable was left out. */
  public boolean torn() {
    return walk.torn();
  }

  @Override
  public void close() throws IOException {
    walk.close();
  }
}
