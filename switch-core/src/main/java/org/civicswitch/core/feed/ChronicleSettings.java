package org.civicswitch.core.feed;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * How every Chronicle queue of the feed is opened, in one place.
 *
 * <p>A run is one queue with one cycle: its time stands still, so that no clock decides on files,
 * and the Chronicle index of a record is its feed sequence minus the first of the run. Runs roll by
 * size, decided by us.
 */
final class ChronicleSettings {
  /** The only data file of a run: the cycle of a clock that stands at zero. */
  static final String DATA_FILE = "19700101F" + SingleChronicleQueue.SUFFIX;

  /** A quarter of it is mapped beyond each chunk's end, so a record of any size fits. */
  private static final int BLOCK_BYTES = 16 * 1024 * 1024;

  private ChronicleSettings() {}

  static SingleChronicleQueue toWrite(final Path run) {
    return common(run).build();
  }

  static SingleChronicleQueue toRead(final Path run) {
    return common(run).readOnly(true).build();
  }

  private static SingleChronicleQueueBuilder common(final Path run) {
    return SingleChronicleQueueBuilder.binary(run)
        .rollCycle(RollCycles.FAST_DAILY)
        .timeProvider(() -> 0L)
        .blockSize(BLOCK_BYTES)
        // Chronicle only logs a failing msync and syncs only the current chunk: we force the file.
        .syncMode(SyncMode.NONE);
  }
}
