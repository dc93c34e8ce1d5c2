package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.ops.cli.node.DirectoryTree;

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
        DirectoryTree.delete(entry);
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
}
