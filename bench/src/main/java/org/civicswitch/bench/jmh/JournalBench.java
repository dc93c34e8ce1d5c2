package org.civicswitch.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.SealedSegment;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Appending in groups of 64 to a journal in memory (where there is {@code /dev/shm}): what the
 * journal costs besides the disk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBench {
  private static final int GROUP = 64;

  @Param({"256", "1024"})
  public int bytes;

  private Path directory;
  private DirectoryStorage storage;
  private Journal journal;
  private UnsafeBuffer command;
  private long sequence;

  /** Begins a journal. */
  @Setup
  public void open() throws IOException {
    final Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "civicswitch-bench-")
            : Files.createTempDirectory("civicswitch-bench-");
    storage = DirectoryStorage.open(directory);
    journal = Journal.create(storage, JournalOptions.defaults());
    command = new UnsafeBuffer(new byte[bytes]);
    command.setMemory(0, bytes, (byte) 7);
  }

  /** An entry, with its share of the group's write and force. */
  @Benchmark
  @OperationsPerInvocation(GROUP)
  public long append() throws IOException {
    for (int i = 0; i < GROUP; i++) {
      if (!journal.append(sequence + 1, sequence, command, 0, bytes)) {
        journal.commit();
        journal.append(sequence + 1, sequence, command, 0, bytes);
        recycle();
      }
      sequence++;
    }
    journal.commit();
    return journal.committedSequence();
  }

  private void recycle() throws IOException {
    for (final SealedSegment segment : journal.sealed()) {
      journal.retire(segment);
    }
  }

  /** Removes it. */
  @TearDown
  public void close() throws IOException {
    journal.close();
    storage.close();
    DirectoryTree.delete(directory);
  }
}
