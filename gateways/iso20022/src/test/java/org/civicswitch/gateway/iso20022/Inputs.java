package org.civicswitch.gateway.iso20022;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of third-party inputs, which is not part of the project. */
public final class Inputs {
  private Inputs() {}

  /** A path below the inputs; the calling test is skipped when the folder is absent. */
  public static Path path(String below) {
    Path root = root();
    assumeTrue(root != null, "no folder shared/inputs");
    return root.resolve(below);
  }

  private static Path root() {
    String given = System.getProperty("civicswitch.inputs");
    if (given != null) {
      return Path.of(given);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/inputs");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
