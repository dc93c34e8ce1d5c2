package org.civicswitch.ops.benefits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** CSV text read strictly: a bad byte must not become a question mark in somebody's name. */
final class Utf8 {
  private static final int BUFFER = 64 * 1024;
  private static final int HEAD_BYTES = 1024;

  private Utf8() {}

  /** The text behind a byte order mark, if there is one. */
  static Reader open(final Path file) throws IOException {
    final Reader text =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), strict()), BUFFER);
    try {
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
      return text;
    } catch (final IOException e) {
      text.close();
      throw e;
    }
  }

  /** Comma, or semicolon when the header has only those. */
  static char separator(final Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      final String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      final int end = head.indexOf('\n');
      final String header = end < 0 ? head : head.substring(0, end);
      return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
    }
  }

  /** Says where a file that could not be decoded is not UTF-8. */
  static RollFormatException refusal(final Path file, final Exception cause) throws IOException {
    return new RollFormatException(
        "line "
            + lineOfFirstError(file)
            + ": not UTF-8; save the file as UTF-8, not as Latin-1 or Windows-1252",
        cause);
  }

  private static CharsetDecoder strict() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** The line, from 1, of the first byte that is not UTF-8; of the end when there is none. */
  private static long lineOfFirstError(final Path file) throws IOException {
    final CharsetDecoder decoder = strict();
    final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    final CharBuffer chars = CharBuffer.allocate(BUFFER);
    long line = 1;
    try (FileChannel in = FileChannel.open(file)) {
      while (true) {
        final boolean end = in.read(bytes) < 0;
        final CoderResult result = decoder.decode(bytes.flip(), chars, end);
        line += chars.flip().chars().filter(c -> c == '\n').count();
        if (result.isError() || end) {
          return line;
        }
        bytes.compact();
        chars.clear();
      }
    }
  }
}
