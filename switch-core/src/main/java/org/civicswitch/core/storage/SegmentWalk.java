package org.civicswitch.core.storage;

import java.io.IOException;

/**
 * Goes through the entries of one segment in order and decides what the first place without a right
 * entry means; the table is in this package's README.
 */
final class SegmentWalk implements AutoCloseable {
  private static final String RESTORE =
      "Put the segment back from a copy; nothing after this place can be trusted";

  private final SegmentScanner scanner;
  private final SegmentHeader successor;
  private long next = SegmentHeader.BYTES;
  private long expected;
  private long chain;
  private boolean torn;

  /**
   * @param successor the next segment's header, or null for the last segment
   */
  SegmentWalk(final SegmentScanner scanner, final SegmentHeader successor) {
    this.scanner = scanner;
    this.successor = successor;
    this.expected = scanner.header().firstSequence();
    this.chain = scanner.header().nonce();
  }

  SegmentScanner entry() {
    return scanner;
  }

  /** Checksum over the entries so far. */
  long chain() {
    return chain;
  }

  /** Where the next entry would begin. */
  long end() {
    return next;
  }

  /** The sequence that the next entry would have. */
  long nextSequence() {
    return expected;
  }

  /** After the end: whether traces of a group that was never durable were cut off. */
  boolean torn() {
    return torn;
  }

  /**
   * @return false at the end of the segment
   */
  boolean next() throws IOException {
    if (successor != null && next >= successor.previousEnd()) {
      checkSealed();
      return false;
    }
    final SegmentScanner.Found found = scanner.probe(next);
    if (found == SegmentScanner.Found.ENTRY) {
      if (scanner.sequence() != expected) {
        throw corrupt(
            next, "an entry of sequence " + scanner.sequence() + " where " + expected + " belongs");
      }
      chain = EntryFormat.chain(chain, scanner.crc());
      next = scanner.nextPlace();
      expected++;
      return true;
    }
    if (successor != null) {
      throw corrupt(
          next,
          "no valid entry of sequence "
              + expected
              + ", and segment "
              + successor.number()
              + " proves that there was one");
    }
    if (found == SegmentScanner.Found.SEAL) {
      throw missingSuccessor(scanner.header().number());
    }
    judgeTail();
    return false;
  }

  private void checkSealed() {
    if (next != successor.previousEnd() || expected != successor.firstSequence()) {
      throw corrupt(
          next,
          "the entries end here at sequence "
              + (expected - 1)
              + ", and segment "
              + successor.number()
              + " says offset "
              + successor.previousEnd()
              + " and sequence "
              + (successor.firstSequence() - 1));
    }
    if (chain != successor.previousChain()) {
      throw corrupt(
          0, "the entries are not the ones that segment " + successor.number() + " continues");
    }
  }

  /** What is behind the last good entry: nothing, a group that was never forced, or a hole? */
  private void judgeTail() throws IOException {
    final long capacity = scanner.header().capacity();
    for (long place = scanner.nextWritten(next + 8);
        place + EntryFormat.HEADER_BYTES <= capacity;
        place = scanner.nextWritten(place + 8)) {
      final long sequence = scanner.peekSequence(place);
      // A sequence far off cannot follow here; most places are ruled out without a checksum.
      if (sequence < expected - 1 || sequence > expected + capacity) {
        continue;
      }
      final SegmentScanner.Found found = scanner.probe(place);
      if (found == SegmentScanner.Found.SEAL) {
        throw corrupt(
            next,
            "no valid entry of sequence "
                + expected
                + ", although the segment was closed at "
                + place);
      }
      if (found == SegmentScanner.Found.ENTRY) {
        if (scanner.batchFirst() > expected) {
          throw corrupt(
              next,
              "no valid entry of sequence "
                  + expected
                  + ", although sequence "
                  + scanner.sequence()
                  + " at offset "
                  + place
                  + " was written after it was durable");
        }
        torn = true;
      }
    }
  }

  private StorageCorruptException missingSuccessor(final long number) {
    return new StorageCorruptException(
        SegmentHeader.fileName(number + 1),
        0,
        "the segment is missing: segment " + number + " was closed because it exists",
        "Put it back from a copy; what it held was acknowledged");
  }

  private StorageCorruptException corrupt(final long offset, final String found) {
    return new StorageCorruptException(scanner.name(), offset, found, RESTORE);
  }

  @Override
  public void close() throws IOException {
    scanner.close();
  }
}
