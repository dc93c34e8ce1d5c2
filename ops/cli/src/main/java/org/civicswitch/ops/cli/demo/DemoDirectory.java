package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.DirectoryStorage;

/** Emptying a demo's data directory without ever emptying anything else. */
final class DemoDirectory {
  private DemoDirectory() {}

  /**
   * Empties it, if it is there.
   *
   * @throws IOException if a switch runs in it, or if it is not a switch's: a slip of the hand in
   *     {@code --data} must not cost anybody a home directory
   */
  static void empty(final Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    final List<Path> entries = list(directory);
    if (entries.isEmpty()) {
      return;
    }
    final Path journal = LocalSwitch.journalDirectory(directory);
    if (!Files.isDirectory(journal) || !Files.isDirectory(directory.resolve("dev"))) {
      throw new IOException(
          "--fresh: "
              + directory
              + " is not empty and no data directory of a development switch; nothing was deleted");
    }
    // The lock goes with its file; from here to the end nobody else starts in it by chance.
    final DirectoryStorage mine = DirectoryStorage.open(journal);
    try {
      for (final Path entry : entries) {
        delete(entry);
      }
    } finally {
      mine.close();
    }
  }

  private static List<Path> list(final Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  /** Deletes a file, or a directory with all below it; links are not followed. */
  static void delete(final Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(final Path dir, final IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
