package org.civicswitch.gateway.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Files and directories that only their owner may read: keys and what unlocks them. */
public final class OwnerOnlyFiles {
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final AtomicLong TEMPORARY = new AtomicLong();

  private OwnerOnlyFiles() {}

  /** Makes the directory, or checks that it is closed to others. */
  public static Path directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      final Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        return Files.createDirectory(directory, DIRECTORY);
      } catch (FileAlreadyExistsException e) {
        // another process made it at the same time: checked below
      }
    }
    requireClosed(directory);
    return directory;
  }

  /**
   * Creates the file with this content, complete or not at all, durable on return.
   *
   * @return false if a file of that name was there already; it is left as it is
   */
  public static boolean create(Path file, byte[] content) throws IOException {
    final Path temporary = written(file, content);
    try {
      try {
        // A hard link fails when the name exists, where a rename would replace it.
        Files.createLink(file, temporary);
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceDirectory(file.toAbsolutePath().getParent());
    return true;
  }

  /** Writes the file, whether or not there is one: complete or not at all, durable on return. */
  public static void replace(Path file, byte[] content) throws IOException {
    final Path temporary = written(file, content);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceDirectory(file.toAbsolutePath().getParent());
  }

  /** A file beside this one with that content, forced. */
  private static Path written(Path file, byte[] content) throws IOException {
    final Path temporary =
        file.resolveSibling(
            "."
                + file.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "."
                + TEMPORARY.incrementAndGet());
    Files.createFile(temporary, FILE);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      final ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return temporary;
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /**
   * Reads a file that only its owner may read.
   *
   * @throws IOException if it is open to others, or cannot be read
   */
  public static byte[] read(Path file) throws IOException {
    requireClosed(file);
    return Files.readAllBytes(file);
  }

  /** Makes creations and deletions in this directory durable. */
  public static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void requireClosed(Path path) throws IOException {
    for (final PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
      if (OTHERS.contains(permission)) {
        throw new IOException(path + " is open to others than its owner; chmod go-rwx it");
      }
    }
  }
}
