package org.civicswitch.gateway.kit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.civicswitch.gateway.kit.Digest256;

/**
 * What an offline check of a chained log found.
 *
 * @param records how many records are intact, from the first on
 * @param lastHash the chain's hash after the last intact record; compare it with one that was
 *     published
 * @param problem null when everything is intact
 */
public record ChainCheck(long records, Digest256 lastHash, String problem) {
  public boolean ok() {
    return problem == null;
  }

  /** Reads the whole log in this directory. No key is needed; nothing is changed. */
  public static ChainCheck of(Path directory) throws IOException {
    final List<Path> segments = LogSegment.list(directory);
    byte[] chain = LogSegment.GENESIS.clone();
    long next = 1;
    for (final Path file : segments) {
      try (LogSegment.Cursor cursor = LogSegment.open(file)) {
        if (cursor.number() != next || !Arrays.equals(cursor.chain(), chain)) {
          return failed(next, chain, file + " does not follow what is before it");
        }
        while (cursor.hasNext()) {
          cursor.check();
          chain = cursor.chain();
          next = cursor.number();
        }
        if (cursor.position() < Files.size(file)) {
          return failed(next, chain, file + ": record " + next + " is damaged or incomplete");
        }
      } catch (IOException e) {
        return failed(next, chain, e.getMessage());
      }
    }
    return new ChainCheck(next - 1, Digest256.of(chain), null);
  }

  private static ChainCheck failed(long next, byte[] chain, String problem) {
    return new ChainCheck(next - 1, Digest256.of(chain), problem);
  }
}
