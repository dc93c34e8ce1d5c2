package org.civicswitch.core.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The segments of a journal in order, their headers checked against each other. */
final class SegmentChain {
  private static final String ADVICE =
      "Put the missing or right segment back from a copy or the archive";

  private final List<SegmentHeader> headers;

  private SegmentChain(final List<SegmentHeader> headers) {
    this.headers = headers;
  }

  static SegmentChain read(final Storage storage) throws IOException {
    final List<SegmentHeader> headers = new ArrayList<>();
    for (final String name : storage.list()) {
      if (SegmentHeader.isSegment(name)) {
        try (Storage.StoredFile file = storage.open(name)) {
          headers.add(SegmentHeader.read(file, name));
        }
      }
    }
    for (int i = 1; i < headers.size(); i++) {
      final SegmentHeader before = headers.get(i - 1);
      final SegmentHeader here = headers.get(i);
      if (here.number() != before.number() + 1) {
        throw new StorageCorruptException(
            SegmentHeader.fileName(before.number() + 1),
            0,
            "the segment is missing between " + before.number() + " and " + here.number(),
            ADVICE);
      }
      if (here.firstSequence() < before.firstSequence()
          || here.previousEnd() < SegmentHeader.BYTES
          || here.previousEnd() > before.capacity()) {
        throw new StorageCorruptException(
            SegmentHeader.fileName(here.number()),
            40,
            "the segment does not continue segment " + before.number(),
            ADVICE);
      }
    }
    return new SegmentChain(headers);
  }

  /** Whether the only segment is the first one and nothing was ever written into it. */
  static boolean isBlank(final Storage storage) throws IOException {
    final SegmentChain segments = read(storage);
    if (segments.size() != 1 || segments.last().firstSequence() != 1) {
      return false;
    }
    final String name = SegmentHeader.fileName(segments.last().number());
    try (SegmentWalk walk = new SegmentWalk(SegmentScanner.open(storage, name), null)) {
      return !walk.next() && !walk.torn();
    }
  }

  boolean isEmpty() {
    return headers.isEmpty();
  }

  int size() {
    return headers.size();
  }

  SegmentHeader get(final int index) {
    return headers.get(index);
  }

  SegmentHeader last() {
    return headers.get(headers.size() - 1);
  }

  /** The segment that holds this sequence, or would. */
  int indexOf(final long sequence) {
    if (headers.isEmpty() || sequence < headers.get(0).firstSequence()) {
      final String first = headers.isEmpty() ? "none" : "" + headers.get(0).firstSequence();
      throw new StorageCorruptException(
          headers.isEmpty() ? SegmentHeader.fileName(1) : SegmentHeader.fileName(get(0).number()),
          0,
          "sequence " + sequence + " is wanted and the first in the journal is " + first,
          ADVICE);
    }
    int index = headers.size() - 1;
    while (headers.get(index).firstSequence() > sequence) {
      index--;
    }
    return index;
  }
}
