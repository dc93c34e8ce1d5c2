package org.civicswitch.ops.cli.node;

import java.io.IOException;
import java.nio.file.Path;
import org.civicswitch.gateway.kit.keys.FileKeyService;

/** The keys of a data directory for a process beside the switch. */
public final class SideKeys {
  /** At the same time on one machine: each has a log of key openings of its own. */
  private static final int MAX = 16;

  private SideKeys() {}

  /**
   * @param user what the process is; numbered, when there are several
   * @throws IOException if there are too many, or the keys cannot be read
   */
  public static FileKeyService open(final Path data, final String user) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return FileKeyService.open(data.resolve("keys"), user + "-" + number);
      } catch (final IOException e) {
        if (number == MAX) {
          throw e;
        }
      }
    }
  }
}
