package org.civicswitch.core.storage;

import java.io.IOException;
import java.io.InputStream;
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
  static final String ADVICE = "Put the archive back from a copy";

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
    if (!storage.list().contains(MANIFEST)) {
      return new Archive(storage, lines, end);
    }
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
   * Its entries are checked first: what the chain of links attests must be what was written.
   *
   * @throws StorageCorruptException if segments before it are missing here, or it is damaged
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
    checkEntries(journal, segment);
    final String name = fileName(segment.number());
    final String temporary = "unfinished-" + name;
    final String sha;
    try (Storage.StoredFile from = journal.open(segment.fileName());
        Storage.StoredFile to = storage.open(temporary)) {
      to.truncate(0);
      sha = compress(from, segment.end(), to);
      to.force();
    }
    if (!sha256(temporary).equals(sha)) {
      throw new IOException("the archive does not hold what was written to it: " + temporary);
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

  private static void checkEntries(final Storage journal, final SealedSegment segment)
      throws IOException {
    final String next = SegmentHeader.fileName(segment.number() + 1);
    final SegmentHeader successor;
    try (Storage.StoredFile file = journal.open(next)) {
      successor = SegmentHeader.read(file, next);
    }
    try (SegmentWalk walk =
        new SegmentWalk(SegmentScanner.open(journal, segment.fileName()), successor)) {
      while (walk.next()) {
        // to the end; it throws at what is not as it was written
      }
    }
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
        if (!sha256(name).equals(line.sha256)) {
          problems.add(name + " does not have the content that the manifest names");
        }
      } catch (final IOException e) {
        problems.add(name + " cannot be read: " + e.getMessage());
      }
    }
    return problems;
  }

  /** Of what a compressed file here holds. */
  private String sha256(final String name) throws IOException {
    final MessageDigest sha = sha256();
    final byte[] chunk = new byte[CHUNK];
    try (Storage.StoredFile file = storage.open(name);
        InputStream in = new GZIPInputStream(new FileInput(file), CHUNK)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        sha.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Names of the archived segments, as they were in the journal; the oldest first. */
  List<String> segments() {
    return lines.stream().map(line -> SegmentHeader.fileName(line.number)).toList();
  }

  /**
   * A segment's bytes as they were in the journal, header included.
   *
   * @throws StorageCorruptException if it is not here or cannot be unpacked
   */
  Storage.StoredFile open(final String segment) throws IOException {
    final Line line = line(segment);
    if (line == null) {
      throw new StorageCorruptException(segment, 0, "no such segment in the archive", ADVICE);
    }
    final String name = fileName(line.number);
    if (!storage.list().contains(name)) {
      throw new StorageCorruptException(name, 0, "the archived segment is missing", ADVICE);
    }
    return UnpackedFile.open(name, new FileInput(storage.open(name)), (int) line.bytes);
  }

  boolean holds(final String segment) {
    return line(segment) != null;
  }

  /** Null if it is not here. Their numbers have no gaps. */
  private Line line(final String segment) {
    final long index = lines.isEmpty() ? -1 : SegmentHeader.number(segment) - lines.get(0).number;
    return index < 0 || index >= lines.size() ? null : lines.get((int) index);
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

  private static final class FileInput extends InputStream {
    private final Storage.StoredFile file;
    private long position;

    FileInput(final Storage.StoredFile file) {
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }

    @Override
    public int read() throws IOException {
      final byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      final int read = file.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
