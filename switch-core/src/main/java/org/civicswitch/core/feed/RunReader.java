package org.civicswitch.core.feed;

import java.io.File;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Reads one run, by sequence, checking every record. It copies a record before it checks it, so
 * that what is handed over is what was checked. One thread at a time.
 */
final class RunReader implements AutoCloseable {
  private static final long NOWHERE = -1;

  private final FeedRun run;
  private final SingleChronicleQueue queue;
  private final ExcerptTailer tailer;
  private final FeedRecord record = new FeedRecord();
  private long tailerAt = NOWHERE;
  private long loaded = NOWHERE;
  private int loadedLength;

  private RunReader(final FeedRun run) {
    this.run = run;
    queue = ChronicleSettings.toRead(run.directory());
    tailer = queue.createTailer();
    tailer.singleThreadedCheckDisabled(true);
  }

  /** Null while the run has no file yet: its writer makes the directory first. */
  static RunReader open(final FeedRun run) {
    final File data = run.directory().resolve(ChronicleSettings.DATA_FILE).toFile();
    return data.length() == 0 ? null : new RunReader(run);
  }

  FeedRun run() {
    return run;
  }

  /**
   * Loads the record of a sequence; loading it again costs nothing.
   *
   * @return false if it is not there yet
   * @throws FeedDamagedException if something else is there
   */
  boolean load(final long sequence) {
    if (loaded == sequence) {
      return true;
    }
    try {
      if (tailerAt != sequence && !moveTo(sequence)) {
        return false;
      }
      return read(sequence);
    } catch (final FeedDamagedException damaged) {
      tailerAt = NOWHERE;
      throw damaged;
    } catch (final RuntimeException | InternalError | AssertionError unreadable) {
      // What a torn header makes of Chronicle's own parsing.
      tailerAt = NOWHERE;
      throw new FeedDamagedException(sequence, "unreadable in " + run, unreadable);
    }
  }

  DirectBuffer buffer() {
    return record.buffer();
  }

  int offset() {
    return FeedRecord.HEADER_BYTES;
  }

  int length() {
    return loadedLength;
  }

  /** The record before must be there: an index that Chronicle invents would go unnoticed. */
  private boolean moveTo(final long sequence) {
    tailerAt = NOWHERE;
    final long index = sequence - run.first();
    if (index == 0) {
      tailer.toStart();
      tailerAt = sequence;
      return true;
    }
    if (!tailer.moveToIndex(index - 1)) {
      return false;
    }
    tailerAt = sequence - 1;
    return read(sequence - 1);
  }

  private boolean read(final long sequence) {
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return false;
      }
      final Bytes<?> bytes = document.wire().bytes();
      final long recordBytes = bytes.readRemaining();
      if (recordBytes > FeedRecord.RECORD_BYTES_MAX) {
        throw new FeedDamagedException(sequence, "a record of " + recordBytes + " bytes");
      }
      loaded = NOWHERE;
      bytes.read(record.bytes(), 0, (int) recordBytes);
      loadedLength = record.check(sequence, (int) recordBytes);
      loaded = sequence;
      tailerAt = sequence + 1;
      return true;
    }
  }

  @Override
  public void close() {
    CloseHelper.closeAll(tailer, queue);
  }
}
