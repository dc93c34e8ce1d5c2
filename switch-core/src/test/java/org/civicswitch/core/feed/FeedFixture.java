package org.civicswitch.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Output;

/** Events whose bytes follow from their feed sequence, so that any reader can check any of them. */
final class FeedFixture {
  private static final UnsafeBuffer BUFFER = new UnsafeBuffer(new byte[Output.MAX_MESSAGE_BYTES]);

  private FeedFixture() {}

  static int length(final long sequence) {
    return sequence % 97 == 0 ? 60_000 : 8 + (int) (sequence * 31 % 300);
  }

  static DirectBuffer event(final long sequence) {
    final SplittableRandom random = new SplittableRandom(sequence);
    final int length = length(sequence);
    BUFFER.putLong(0, sequence);
    for (int i = 8; i < length; i++) {
      BUFFER.putByte(i, (byte) random.nextInt());
    }
    return BUFFER;
  }

  static void append(final FeedSink feed, final long from, final long to) {
    for (long sequence = from; sequence <= to; sequence++) {
      feed.append(sequence, event(sequence), 0, length(sequence));
    }
  }

  /** Checks order and content of what it is handed. */
  static final class Check implements FeedReader.Handler {
    private long next;

    Check(final long from) {
      next = from;
    }

    long next() {
      return next;
    }

    @Override
    public void onEvent(
        final long feedSequence, final DirectBuffer event, final int offset, final int length) {
      assertThat(feedSequence).isEqualTo(next);
      assertThat(length).as("length of %d", feedSequence).isEqualTo(length(feedSequence));
      final DirectBuffer expected = event(feedSequence);
      for (int i = 0; i < length; i++) {
        if (expected.getByte(i) != event.getByte(offset + i)) {
          throw new AssertionError("byte " + i + " of event " + feedSequence);
        }
      }
      next++;
    }
  }

  /** Reads until the sequence has been handed over. */
  static void readTo(final FeedReader reader, final Check check, final long last) {
    while (check.next() <= last) {
      final long wanted = last - check.next() + 1;
      if (reader.poll(check, (int) Math.min(wanted, 1000)) == 0) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  static void readAll(final Path feed, final long from, final long to) {
    try (FeedReader reader = FeedReaders.open(feed, from)) {
      final Check check = new Check(from);
      readTo(reader, check, to);
      assertThat(reader.nextSequence()).isEqualTo(to + 1);
    }
  }

  static Path dataFile(final Path feed, final int run) throws IOException {
    final List<FeedRun> runs = FeedRun.list(feed);
    return runs.get(run).directory().resolve(ChronicleSettings.DATA_FILE);
  }

  /** Where the record of a sequence begins in a data file. */
  static long positionOf(final Path dataFile, final long sequence) throws IOException {
    final UnsafeBuffer file = new UnsafeBuffer(Files.readAllBytes(dataFile));
    for (int at = 0; at < file.capacity() - 24; at++) {
      if (file.getLong(at) == sequence
          && file.getInt(at + 8) == length(sequence)
          && file.getLong(at + 16) == sequence) {
        return at;
      }
    }
    throw new AssertionError(sequence + " is not in " + dataFile);
  }

  static void overwrite(final Path file, final long position, final byte... bytes)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    }
  }

  /** What is left of a feed whose process has died: a copy taken without closing anything. */
  static Path copy(final Path feed, final Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(feed)) {
      for (final Path entry : entries.toList()) {
        Files.copy(entry, to.resolve(feed.relativize(entry)));
      }
    }
    return to;
  }
}
