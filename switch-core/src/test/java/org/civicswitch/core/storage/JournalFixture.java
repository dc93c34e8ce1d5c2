package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands whose content follows from their sequence, so that every read can be checked. */
final class JournalFixture {
  static final JournalOptions SMALL =
      new JournalOptions(
          JournalOptions.MIN_SEGMENT_BYTES, JournalOptions.MIN_BATCH_BYTES, 2, nonces(7));

  private JournalFixture() {}

  static java.util.function.LongSupplier nonces(final long start) {
    final AtomicLong next = new AtomicLong(start);
    return next::incrementAndGet;
  }

  static byte[] command(final long sequence) {
    final int length = 1 + (int) (sequence * 37 % 300);
    final byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (sequence * 31 + i);
    }
    return bytes;
  }

  static long time(final long sequence) {
    return 1_000_000 + sequence;
  }

  static void append(final Journal journal, final long sequence) {
    final byte[] bytes = command(sequence);
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    while (!journal.append(sequence, time(sequence), buffer, 0, bytes.length)) {
      journal.commit();
    }
  }

  /** Appends so many, committing after every group. */
  static void append(final Journal journal, final int count, final int group) {
    for (int i = 0; i < count; i++) {
      append(journal, journal.appendedSequence() + 1);
      if (i % group == group - 1) {
        journal.commit();
      }
    }
    journal.commit();
  }

  /** Reads from a sequence to the end and checks every entry; returns the last sequence. */
  static long readAll(final Storage storage, final long from) throws IOException {
    try (JournalReader reader = JournalReader.open(storage, from)) {
      long expected = from;
      while (reader.next()) {
        final byte[] found = new byte[reader.length()];
        reader.buffer().getBytes(reader.offset(), found);
        if (reader.sequence() != expected
            || reader.timeMs() != time(expected)
            || !java.util.Arrays.equals(found, command(expected))) {
          throw new AssertionError("entry " + expected + " reads as " + reader.sequence());
        }
        expected++;
      }
      return expected - 1;
    }
  }

  static List<String> segments(final Storage storage) throws IOException {
    final List<String> names = new ArrayList<>();
    for (final String name : storage.list()) {
      if (SegmentHeader.isSegment(name)) {
        names.add(name);
      }
    }
    return names;
  }

  static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
