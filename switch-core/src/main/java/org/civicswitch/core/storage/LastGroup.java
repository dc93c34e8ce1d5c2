package org.civicswitch.core.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The last group commit of a journal, or what is left of it. Everything before it is durable for
 * certain; it itself may only be in the page cache of the machine that lost its process.
 */
final class LastGroup {
  private final List<byte[]> entries = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private long firstSequence;
  private long place = SegmentHeader.BYTES;
  private long chainBefore;
  private long bytes;

  private LastGroup() {}

  static LastGroup find(final SegmentWalk walk) throws IOException {
    final LastGroup group = new LastGroup();
    group.firstSequence = walk.nextSequence();
    group.chainBefore = walk.chain();
    long first = -1;
    long chainBefore = walk.chain();
    while (walk.next()) {
      final SegmentScanner entry = walk.entry();
      if (entry.batchFirst() != first) {
        first = entry.batchFirst();
        group.entries.clear();
        group.times.clear();
        group.bytes = 0;
        group.firstSequence = entry.sequence();
        group.place = entry.place();
        group.chainBefore = chainBefore;
      }
      final byte[] copy = new byte[entry.length()];
      entry.buffer().getBytes(entry.offset(), copy);
      group.entries.add(copy);
      group.times.add(entry.timeMs());
      group.bytes += EntryFormat.size(copy.length);
      chainBefore = walk.chain();
    }
    return group;
  }

  /** Of its first entry; with no entry at all, the one that comes next. */
  long firstSequence() {
    return firstSequence;
  }

  /** Where it begins; the first place of the segment if there is no entry. */
  long place() {
    return place;
  }

  long chainBefore() {
    return chainBefore;
  }

  long bytes() {
    return bytes;
  }

  void forEach(final Taker taker) throws IOException {
    for (int i = 0; i < entries.size(); i++) {
      taker.take(firstSequence + i, times.get(i), new UnsafeBuffer(entries.get(i)));
    }
  }

  /** Takes one entry. */
  @FunctionalInterface
  interface Taker {
    void take(long sequence, long timeMs, DirectBuffer bytes) throws IOException;
  }
}
