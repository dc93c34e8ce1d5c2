package org.civicswitch.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.feed.ChronicleFeed;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.feed.FeedSettings;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Events to the feed and out of it again, in groups of 64, on files in memory (where there is
 * {@code /dev/shm}). A feed anew for each iteration: it only grows. The state is one object, so
 * that what opening a feed allocates counts as well, a share of a byte an operation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FeedBench {
  private static final int GROUP = 64;

  @Param({"256", "1024"})
  public int bytes;

  private UnsafeBuffer event;
  private Path directory;
  private ChronicleFeed feed;
  private FeedReader reader;
  private long sequence;
  private long read;

  /** Begins a feed and reads its first event. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    final Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "civicswitch-bench-")
            : Files.createTempDirectory("civicswitch-bench-");
    feed = ChronicleFeed.open(directory, FeedSettings.defaults());
    event = new UnsafeBuffer(new byte[bytes]);
    event.setMemory(0, bytes, (byte) 7);
    sequence = 0;
    feed.append(++sequence, event, 0, bytes);
    reader = FeedReaders.open(directory, 1);
    read();
  }

  /** One event appended. */
  @Benchmark
  @OperationsPerInvocation(GROUP)
  public long append() {
    for (int i = 0; i < GROUP; i++) {
      feed.append(++sequence, event, 0, bytes);
    }
    return sequence;
  }

  /** One event appended, and read by a consumer close behind. */
  @Benchmark
  @OperationsPerInvocation(GROUP)
  public long appendAndRead() {
    append();
    read();
    return read;
  }

  private void read() {
    while (reader.nextSequence() <= sequence) {
      reader.poll(this::onEvent, GROUP);
    }
  }

  private void onEvent(
      final long feedSequence, final DirectBuffer buffer, final int offset, final int length) {
    if (length != bytes) {
      throw new IllegalStateException("event " + feedSequence + " has " + length + " bytes");
    }
    read = feedSequence;
  }

  /** Removes it. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    reader.close();
    feed.close();
    DirectoryTree.delete(directory);
  }
}
