package org.civicswitch.gateway.kit.log;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * One file of a chained log: magic, number of its first record (8 bytes), hash before it (32
 * bytes); then per record its length (4 bytes, little-endian), the chain's hash after it (32 bytes)
 * and its body.
 */
final class LogSegment {
  static final int RECORD_HEADER_BYTES = 4 + 32;
  static final byte[] GENESIS =
      Digest256.sha256("civic switch chained log 1".getBytes(StandardCharsets.US_ASCII)).toBytes();

  private static final byte[] MAGIC = "CSWLOG1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = MAGIC.length + 8 + 32;
  private static final String SUFFIX = ".log";

  private LogSegment() {}

  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  static Path holding(Path directory, long number) throws IOException {
    Path found = null;
    for (final Path file : list(directory)) {
      if (firstNumber(file) > number) {
        break;
      }
      found = file;
    }
    if (found == null) {
      throw new IOException("no segment with record " + number + " in " + directory);
    }
    return found;
  }

  static Path create(Path directory, long first, byte[] chain) throws IOException {
    final String digits = Long.toString(first);
    final Path file = directory.resolve("0".repeat(19 - digits.length()) + digits + SUFFIX);
    final byte[] header =
        ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putLong(first).put(chain).array();
    if (!OwnerOnlyFiles.create(file, header)) {
      throw new IOException(file + " exists already");
    }
    return file;
  }

  private static long firstNumber(Path file) throws IOException {
    final String name = String.valueOf(file.getFileName());
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      throw new IOException(file + " is not a segment of a log", e);
    }
  }

  static Cursor open(Path file) throws IOException {
    return new Cursor(file);
  }

  /** Goes through a segment from its first record. */
  static final class Cursor implements AutoCloseable {
    private final Path file;
    private final DataInputStream in;
    private final long size;
    private final MessageDigest sha256 = Digest256.newSha256();
    private byte[] chain = new byte[32];
    private long number;
    private long position = HEADER_BYTES;
    private boolean torn;

    private Cursor(Path file) throws IOException {
      this.file = file;
      this.size = Files.size(file);
      this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
      final byte[] magic = new byte[MAGIC.length];
      if (size < HEADER_BYTES) {
        in.close();
        throw new IOException(file + " ends in its header");
      }
      in.readFully(magic);
      number = in.readLong();
      in.readFully(chain);
      if (!Arrays.equals(magic, MAGIC) || number != firstNumber(file)) {
        in.close();
        throw new IOException(file + " is not a segment of a log");
      }
    }

    /** The number of the record that comes next. */
    long number() {
      return number;
    }

    long position() {
      return position;
    }

    byte[] chain() {
      return chain.clone();
    }

    /** Whether bytes of another record follow; they may be torn. */
    boolean hasNext() {
      return position < size && !torn;
    }

    void skip() throws IOException {
      final int length = length();
      in.skipNBytes(32L + length);
      advance(length);
    }

    byte[] read() throws IOException {
      final int length = length();
      in.skipNBytes(32);
      final byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new IOException(file + ": record " + number + " is incomplete");
      }
      advance(length);
      return body;
    }

    /**
     * Checks the next record's hash. A torn one at the very end of the file ends the segment: the
     * position stays before it.
     *
     * @throws IOException if the record is damaged and others follow it
     */
    void check() throws IOException {
      if (size - position < RECORD_HEADER_BYTES) {
        torn = true;
        return;
      }
      final int length = Integer.reverseBytes(in.readInt());
      final long end = position + RECORD_HEADER_BYTES + length;
      if (length < 0 || length > ChainedLog.MAX_RECORD_BYTES || end > size) {
        torn = true;
        return;
      }
      final byte[] hash = in.readNBytes(32);
      sha256.update(chain);
      sha256.update(in.readNBytes(length));
      if (!Arrays.equals(sha256.digest(), hash)) {
        if (end < size) {
          throw new IOException(file + ": record " + number + " was changed");
        }
        torn = true;
        return;
      }
      chain = hash;
      advance(length);
    }

    private int length() throws IOException {
      final int length = Integer.reverseBytes(in.readInt());
      if (length < 0 || length > ChainedLog.MAX_RECORD_BYTES) {
        throw new IOException(file + ": record " + number + " of " + length + " bytes");
      }
      return length;
    }

    private void advance(int length) {
      position += RECORD_HEADER_BYTES + length;
      number++;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
