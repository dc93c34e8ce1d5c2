package org.civicswitch.gateway.kit.log;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * An append-only log of records in segment files, each record chained by SHA-256 to all before it.
 * Whoever has the last hash can tell, offline and without any key, that nothing was changed, left
 * out or put in.
 *
 * <p>Durability: a record is with the operating system when {@link #append} returns, so the death
 * of the process loses nothing; it is forced to disk within {@link #FORCE_INTERVAL_MS}, on {@link
 * #force} and on {@link #close}. A record torn by a crash of the machine is cut at the next start.
 *
 * <p>Safe for use by many threads of one process; a second process is refused.
 */
public final class ChainedLog implements AutoCloseable {
  public static final int FORCE_INTERVAL_MS = 1_000;
  public static final int MAX_RECORD_BYTES = 32 * 1024 * 1024;

  private final Path directory;
  private final long segmentBytes;
  private final FileChannel lockChannel;
  private final ScheduledExecutorService forcer;
  private final ScheduledFuture<?> forcing;
  private final MessageDigest sha256 = Digest256.newSha256();

  private FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] chain;
  private long next;
  private boolean dirty;
  private IOException broken;

  private ChainedLog(Path directory, long segmentBytes, FileChannel lockChannel)
      throws IOException {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.lockChannel = lockChannel;
    recover();
    forcer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              final Thread thread = new Thread(task, "force-" + directory.getFileName());
              thread.setDaemon(true);
              return thread;
            });
    forcing =
        forcer.scheduleWithFixedDelay(
            this::forceQuietly, FORCE_INTERVAL_MS, FORCE_INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the log in this directory, or begins one.
   *
   * @param segmentBytes when a segment is longer, the next is begun
   * @throws IOException if another process has it open, or a record before the last is damaged
   */
  public static ChainedLog open(Path directory, long segmentBytes) throws IOException {
    OwnerOnlyFiles.directory(directory);
    final FileChannel lockChannel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      final FileLock lock = lockChannel.tryLock();
      if (lock == null) {
        throw new IOException(directory + " is in use by another process");
      }
      return new ChainedLog(directory, segmentBytes, lockChannel);
    } catch (OverlappingFileLockException e) {
      lockChannel.close();
      throw new IOException(directory + " is in use in this process", e);
    } catch (IOException | RuntimeException e) {
      lockChannel.close();
      throw e;
    }
  }

  /**
   * Appends one record.
   *
   * @return its number; the first ever is 1
   * @throws UncheckedIOException if it could not be written; the log takes nothing more then
   */
  public synchronized long append(byte[] body, int offset, int length) {
    if (length < 0 || length > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException("a record of " + length + " bytes");
    }
    if (broken != null) {
      throw new UncheckedIOException("the log in " + directory + " is broken", broken);
    }
    try {
      if (channel.position() >= segmentBytes) {
        beginSegment();
      }
      sha256.update(chain);
      sha256.update(body, offset, length);
      final byte[] hash = sha256.digest();
      final int needed = LogSegment.RECORD_HEADER_BYTES + length;
      if (buffer.capacity() < needed) {
        buffer = ByteBuffer.allocate(needed + needed / 2).order(ByteOrder.LITTLE_ENDIAN);
      }
      buffer.clear().putInt(length).put(hash).put(body, offset, length).flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      chain = hash;
      dirty = true;
      return next++;
    } catch (IOException e) {
      broken = e;
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when everything appended before is durable. */
  public void force() throws IOException {
    final FileChannel current;
    synchronized (this) {
      if (!dirty) {
        return;
      }
      dirty = false;
      current = channel;
    }
    // Not under the lock: appending goes on meanwhile. A segment that is left is forced by then.
    try {
      current.force(false);
    } catch (IOException e) {
      synchronized (this) {
        if (current == channel) {
          broken = e;
          throw e;
        }
      }
    }
  }

  /** The hash over everything so far; publish it to make the log binding. */
  public synchronized Digest256 lastHash() {
    return Digest256.of(chain);
  }

  /** How many records there are. */
  public synchronized long size() {
    return next - 1;
  }

  /**
   * Reads one record.
   *
   * @throws IOException if there is none of this number, or it cannot be read
   */
  public byte[] read(long number) throws IOException {
    if (number < 1 || number > size()) {
      throw new EOFException("no record " + number + " in " + directory);
    }
    final Path file = LogSegment.holding(directory, number);
    try (LogSegment.Cursor cursor = LogSegment.open(file)) {
      while (cursor.number() < number) {
        cursor.skip();
      }
      return cursor.read();
    }
  }

  /** Hands over records from this number on, in order, until the visitor returns false. */
  public void visit(long from, Visitor visitor) throws IOException {
    final long end = size();
    long number = Math.max(1, from);
    while (number <= end) {
      try (LogSegment.Cursor cursor = LogSegment.open(LogSegment.holding(directory, number))) {
        while (cursor.number() < number) {
          cursor.skip();
        }
        while (number <= end && cursor.hasNext()) {
          if (!visitor.record(number, cursor.read())) {
            return;
          }
          number++;
        }
      }
    }
  }

  /** Takes records. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @return whether to go on
     */
    boolean record(long number, byte[] body) throws IOException;
  }

  @Override
  public void close() throws IOException {
    forcing.cancel(false);
    forcer.shutdown();
    force();
    synchronized (this) {
      channel.close();
      lockChannel.close();
      broken = new IOException("closed");
    }
  }

  private void recover() throws IOException {
    final var segments = LogSegment.list(directory);
    if (segments.isEmpty()) {
      chain = LogSegment.GENESIS.clone();
      next = 1;
      beginSegment();
      return;
    }
    final Path last = segments.get(segments.size() - 1);
    try (LogSegment.Cursor cursor = LogSegment.open(last)) {
      while (cursor.hasNext()) {
        cursor.check();
      }
      chain = cursor.chain();
      next = cursor.number();
      channel = FileChannel.open(last, StandardOpenOption.WRITE);
      if (cursor.position() < channel.size()) {
        channel.truncate(cursor.position());
        channel.force(true);
      }
      channel.position(cursor.position());
    }
  }

  private void beginSegment() throws IOException {
    if (channel != null) {
      channel.force(true);
      channel.close();
    }
    final Path file = LogSegment.create(directory, next, chain);
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.position(Files.size(file));
  }

  private void forceQuietly() {
    try {
      force();
    } catch (IOException e) {
      // Kept in broken: the next append tells its caller.
      return;
    }
  }
}
