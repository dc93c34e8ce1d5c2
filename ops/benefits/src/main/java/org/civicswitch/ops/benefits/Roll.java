package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.civicswitch.gateway.kit.Digest256;

/** A roll on disk: streamed as often as it is needed, never held. */
final class Roll {
  private final Path file;
  private final RollReader reader;
  private final Digest256 digest;

  Roll(final Path file, final RollReader reader) throws IOException {
    this.file = file;
    this.reader = reader;
    final MessageDigest sha256 = Digest256.newSha256();
    try (InputStream in = Files.newInputStream(file)) {
      final byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    digest = Digest256.of(sha256.digest());
  }

  /** Of the exact bytes: which run this is. */
  Digest256 digest() {
    return digest;
  }

  /** Takes the good rows. */
  interface GoodRow {
    void row(RollRow row) throws IOException;
  }

  void read(final RollReader.Rows rows) throws IOException, RollFormatException {
    reader.read(file, rows);
  }

  void rows(final GoodRow good) throws IOException, RollFormatException {
    read(
        new RollReader.Rows() {
          @Override
          public void row(final RollRow row) throws IOException {
            good.row(row);
          }

          @Override
          public void refused(
              final long line, final String beneficiary, final String code, final String reason) {
            // It stands in the verdict file since the first pass.
          }
        });
  }
}
