package org.civicswitch.core.feed;

import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** Appends to one run. One thread at a time. */
final class RunWriter implements AutoCloseable {
  private final FeedRun run;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final FeedRecord record = new FeedRecord();
  private long records;
  private long bytes;

  RunWriter(final FeedRun run) {
    this.run = run;
    queue = ChronicleSettings.toWrite(run.directory());
    appender = queue.createAppender();
    // The host may open and close on another thread than the one that appends.
    appender.singleThreadedCheckDisabled(true);
  }

  FeedRun run() {
    return run;
  }

  long records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  void append(final long sequence, final DirectBuffer event, final int offset, final int length) {
    final int recordBytes = record.encode(sequence, event, offset, length);
    try (DocumentContext document = appender.writingDocument()) {
      document.wire().bytes().write(record.bytes(), 0, recordBytes);
    }
    final long index = appender.lastIndexAppended();
    if (index != sequence - run.first()) {
      throw new FeedDamagedException(sequence, "written at index " + index + " of " + run);
    }
    records++;
    bytes += recordBytes;
  }

  @Override
  public void close() {
    CloseHelper.closeAll(appender, queue);
  }
}
