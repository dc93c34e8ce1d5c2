package org.civicswitch.core.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Sealed segments, compressed, and a manifest that links them: each line holds the SHA-256 of the
 * segment's content and of (the link before, this line), so that no line can be changed, left out
 * or added without changing all that follow. One thread.
 */
public final class Archive {
  static final String MANIFEST = "MANIFEST";
  private static final String NO_LINK = "0".repeat(64);
  private static final int CHUNK = 1 << 16;
  private static final String ADVICE = "Put the archive back from a copy";

  private final Storage storage;
  private final List<Line> lines;
  private long manifestBytes;

  private Archive(final Storage storage, final List<Line> lines, final long manifestBytes) {
    this.storage = storage;
    this.lines = lines;
    this.manifestBytes = manifestBytes;
  }

  /** One archived segment. */
  record Line(long number, long first, long last, long bytes, String sha256, String link) {
    String text() {
      return number + " " + first + " " + last + " " + bytes + " " + sha256;
    }
  }

  /**
   * Reads the manifest. A last line that was being written when the machine failed is dropped: its
   * segment is still in the journal.
   *
   * @throws StorageCorruptException if a line does not follow from the ones before
   */
  public static Archive open(final Storage storage) throws IOException {
    final List<Line> lines = new ArrayList<>();
    long end = 0;
    try (Storage.StoredFile file = storage.open(MANIFEST)) {
      final ByteBuffer content = ByteBuffer.allocate((int) file.size());
      file.read(content, 0);
      final String text =
          new String(content.array(), 0, content.position(), StandardCharsets.ISO_8859_1);
      while (end < text.length()) {
        final int newline = text.indexOf('\n', (int) end);
        final Line line = newline < 0 ? null : parse(text.substring((int) end, newline), lines);
        if (line == null) {
          if (newline >= 0 && newline + 1 < text.length()) {
            throw new StorageCorruptException(
                MANIFEST, end, "line " + (lines.size() + 1) + " does not follow", ADVICE);
          }
          break;
        }
        lines.add(line);
        end = newline + 1L;
      }
    }
    return new Archive(storage, lines, end);
  }

  /** Null if it is not what must follow. */
  private static Line parse(final String text, final List<Line> before) {
    final String[] f = text.split(" ", -1);
    if (f.length != 6) {
      return null;
    }
    final Line line;
    try {
      line =
          new Line(
              Long.parseLong(f[0]),
              Long.parseLong(f[1]),
              Long.parseLong(f[2]),
              Long.parseLong(f[3]),
              f[4],
              f[5]);
    } catch (final NumberFormatException e) {
      return null;
    }
    return line.link.equals(link(before, line.text())) ? line : null;
  }

  private static String link(final List<Line> before, final String text) {
    final MessageDigest sha = sha256();
    final String last = before.isEmpty() ? NO_LINK : before.get(before.size() - 1).link;
    sha.update(last.getBytes(StandardCharsets.US_ASCII));
    sha.update(text.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String fileName(final long number) {
    return SegmentHeader.fileName(number) + ".gz";
  }

  /** The last sequence that is archived, 0 if none. */
  public long lastSequence() {
    return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).last;
  }

  /** The last link: who keeps a copy of it elsewhere can prove that nothing before was changed. */
  public String lastLink() {
    return lines.isEmpty() ? NO_LINK : lines.get(lines.size() - 1).link;
  }

  /** How many segments are archived. */
  public int size() {
    return lines.size();
  }

  /**
   * Adds a segment; when this returns, it is durable here. One that is here already is left alone.
   *
   * @throws StorageCorruptException if segments before it are missing here
   */
  public void add(final Storage journal, final SealedSegment segment) throws IOException {
    if (!lines.isEmpty()) {
      final long last = lines.get(lines.size() - 1).number;
      if (segment.number() <= last) {
        return;
      }
      if (segment.number() > last + 1) {
        throw new StorageCorruptException(
            MANIFEST,
            manifestBytes,
            "it ends with segment " + last + ", and segment " + segment.number() + " comes next",
            ADVICE);
      }
    }
    final String name = fileName(segment.number());
    final String temporary = "unfinished-" + name;
    final String sha;
    try (Storage.StoredFile from = journal.open(segment.fileName());
        Storage.StoredFile to = storage.open(temporary)) {
      to.truncate(0);
      sha = compress(from, segment.end(), to);
      to.force();
    }
    storage.rename(temporary, name);
    storage.forceDirectory();
    append(
        new Line(
            segment.number(),
            segment.firstSequence(),
            segment.lastSequence(),
            segment.end(),
            sha,
            ""));
  }

  private static String compress(
      final Storage.StoredFile from, final long bytes, final Storage.StoredFile to)
      throws IOException {
    final MessageDigest sha = sha256();
    final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try (OutputStream out = new FastGzip(new FileOutput(to))) {
      for (long at = 0; at < bytes; at += CHUNK) {
        final int wanted = (int) Math.min(CHUNK, bytes - at);
        chunk.clear().limit(wanted);
        if (from.read(chunk, at) < wanted) {
          throw new IOException("the segment ends at " + at + " and should have " + bytes);
        }
        sha.update(chunk.array(), 0, wanted);
        out.write(chunk.array(), 0, wanted);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private void append(final Line line) throws IOException {
    final String link = link(lines, line.text());
    final byte[] text = (line.text() + " " + link + "\n").getBytes(StandardCharsets.US_ASCII);
    try (Storage.StoredFile manifest = storage.open(MANIFEST)) {
      manifest.truncate(manifestBytes);
      manifest.write(ByteBuffer.wrap(text), manifestBytes);
      manifest.force();
    }
    storage.forceDirectory();
    manifestBytes += text.length;
    lines.add(new Line(line.number, line.first, line.last, line.bytes, line.sha256, link));
  }

  /**
   * Reads every archived segment and compares it with the manifest.
   *
   * @return what is wrong, empty if nothing
   */
  public List<String> verify() throws IOException {
    final List<String> problems = new ArrayList<>();
    final List<String> present = storage.list();
    for (final Line line : lines) {
      final String name = fileName(line.number);
      if (!present.contains(name)) {
        problems.add(name + " is missing");
        continue;
      }
      try {
        final MessageDigest sha = sha256();
        final byte[] content = content(line.number);
        sha.update(content);
        if (!HexFormat.of().formatHex(sha.digest()).equals(line.sha256)) {
          problems.add(name + " does not have the content that the manifest names");
        }
      } catch (final IOException e) {
        problems.add(name + " cannot be read: " + e.getMessage());
      }
    }
    return problems;
  }

  /** A segment's bytes as they were in the journal, header included. */
  public byte[] content(final long number) throws IOException {
    try (Storage.StoredFile file = storage.open(fileName(number))) {
      final ByteBuffer packed = ByteBuffer.allocate((int) file.size());
      file.read(packed, 0);
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPInputStream in =
          new GZIPInputStream(new ByteArrayInputStream(packed.array()), CHUNK)) {
        in.transferTo(out);
      }
      return out.toByteArray();
    }
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(final OutputStream out) throws IOException {
      super(out, CHUNK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static final class FileOutput extends OutputStream {
    private final Storage.StoredFile file;
    private long position;

    FileOutput(final Storage.StoredFile file) {
      this.file = file;
    }

    @Override
    public void write(final int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
      file.write(ByteBuffer.wrap(bytes, offset, length), position);
      position += length;
    }
  }
}
