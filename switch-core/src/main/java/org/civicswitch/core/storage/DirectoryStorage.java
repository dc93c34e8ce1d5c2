package org.civicswitch.core.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A real directory. Held by one process at a time through a lock on the file {@code LOCK} in it,
 * which the operating system gives up however the process ends; or only looked at, {@link #beside}
 * whoever holds it. Safe for use by many threads; each file by one at a time.
 *
 * <p>Within a process a set of what is held comes first: closing any channel of a file gives up
 * every lock that the process has on it, so a second opening must not even get that far.
 */
public final class DirectoryStorage implements Storage, AutoCloseable {
  private static final String LOCK = "LOCK";
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Path held;
  private final FileChannel lockChannel;
  private final boolean toRead;

  private DirectoryStorage(
      final Path directory, final Path held, final FileChannel lockChannel, final boolean toRead) {
    this.directory = directory;
    this.held = held;
    this.lockChannel = lockChannel;
    this.toRead = toRead;
  }

  /**
   * Opens the directory, making it when absent, and locks it.
   *
   * @throws DirectoryInUseException if another process, or this one, holds it
   * @throws IOException if it cannot be written, which the message says
   */
  public static DirectoryStorage open(final Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      return hold(directory, false);
    } catch (final FileSystemException e) {
      throw new IOException(directory + " cannot be written: " + reason(e), e);
    }
  }

  /**
   * Opens a directory that is there, for reading: nothing in it is changed, and it may be a
   * read-only copy. No process can open it to write meanwhile.
   *
   * @throws DirectoryInUseException if another process, or this one, holds it
   */
  public static DirectoryStorage openToRead(final Path directory) throws IOException {
    try {
      return hold(directory, true);
    } catch (final FileSystemException e) {
      throw new IOException(directory + " cannot be read: " + reason(e), e);
    }
  }

  /**
   * Opens a directory that is there, for reading beside whoever works in it: changes nothing, and
   * neither waits for anybody nor keeps anybody out. Files may go, or begin another life, while
   * they are read, so what looks missing or damaged may only have been overtaken: look again.
   */
  public static DirectoryStorage beside(final Path directory) {
    return new DirectoryStorage(directory, null, null, true);
  }

  private static String reason(final FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  private static DirectoryStorage hold(final Path directory, final boolean toRead)
      throws IOException {
    final Path real = directory.toRealPath();
    final Path lock = real.resolve(LOCK);
    if (!HELD.add(real)) {
      throw new DirectoryInUseException(
          directory + " is in use by process " + ProcessHandle.current().pid() + ": stop it first");
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      if (!toRead) {
        channel = FileChannel.open(lock, CREATE, READ, WRITE);
      } else if (Files.exists(lock)) {
        channel = FileChannel.open(lock, READ);
      }
      if (channel != null && tryLock(channel, toRead) == null) {
        throw new DirectoryInUseException(
            directory + " is in use by process " + readHolder(channel) + ": stop it first");
      }
      if (!toRead) {
        channel.truncate(0);
        final String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      }
      locked = true;
      return new DirectoryStorage(directory, real, channel, toRead);
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(real);
      }
    }
  }

  /** Null when somebody holds it. */
  private static FileLock tryLock(final FileChannel channel, final boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (final OverlappingFileLockException e) {
      return null;
    }
  }

  private static String readHolder(final FileChannel channel) throws IOException {
    final ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(LOCK))
          .sorted()
          .toList();
    }
  }

  @Override
  public StoredFile open(final String name) throws IOException {
    return new ChannelFile(
        toRead
            ? FileChannel.open(path(name), READ)
            : FileChannel.open(path(name), CREATE, READ, WRITE));
  }

  @Override
  public void rename(final String from, final String to) throws IOException {
    requireToWrite();
    Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(final String name) throws IOException {
    requireToWrite();
    Files.delete(path(name));
  }

  @Override
  public void forceDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public boolean mayUseThreads() {
    return true;
  }

  private void requireToWrite() {
    if (toRead) {
      throw new IllegalStateException(directory + " was opened for reading");
    }
  }

  private Path path(final String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("not a file name: " + name);
    }
    return directory.resolve(name);
  }

  /** Gives the directory up; its files must be closed before. */
  @Override
  public void close() throws IOException {
    try {
      if (lockChannel != null) {
        lockChannel.close();
      }
    } finally {
      if (held != null) {
        HELD.remove(held);
      }
    }
  }

  /** Somebody else works in this directory. */
  public static final class DirectoryInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(final String message) {
      super(message);
    }
  }

  private record ChannelFile(FileChannel channel) implements StoredFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(final ByteBuffer source, final long position) throws IOException {
      long at = position;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException {
      int total = 0;
      while (target.hasRemaining()) {
        final int read = channel.read(target, position + total);
        if (read < 0) {
          return total == 0 ? -1 : total;
        }
        total += read;
      }
      return total;
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(final long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
