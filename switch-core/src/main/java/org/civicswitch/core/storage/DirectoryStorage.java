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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real directory. Held by one process at a time through a lock on the file {@code LOCK} in it,
 * which the operating system gives up however the process ends. Safe for use by many threads; each
 * file by one at a time.
 */
public final class DirectoryStorage implements Storage, AutoCloseable {
  private static final String LOCK = "LOCK";

  private final Path directory;
  private final FileChannel lockChannel;

  private DirectoryStorage(final Path directory, final FileChannel lockChannel) {
    this.directory = directory;
    this.lockChannel = lockChannel;
  }

  /**
   * Opens the directory, making it when absent, and locks it.
   *
   * @throws DirectoryInUseException if another process, or this one, holds it
   */
  public static DirectoryStorage open(final Path directory) throws IOException {
    Files.createDirectories(directory);
    final FileChannel channel = FileChannel.open(directory.resolve(LOCK), CREATE, READ, WRITE);
    boolean locked = false;
    try {
      final FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new DirectoryInUseException(
            directory + " is in use by process " + readHolder(channel) + ": stop it first");
      }
      channel.truncate(0);
      final String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      locked = true;
      return new DirectoryStorage(directory, channel);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** Null when somebody holds it. */
  private static FileLock tryLock(final FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
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
    return new ChannelFile(FileChannel.open(path(name), CREATE, READ, WRITE));
  }

  @Override
  public void rename(final String from, final String to) throws IOException {
    Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(final String name) throws IOException {
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

  private Path path(final String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("not a file name: " + name);
    }
    return directory.resolve(name);
  }

  /** Gives the directory up; its files must be closed before. */
  @Override
  public void close() throws IOException {
    lockChannel.close();
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
