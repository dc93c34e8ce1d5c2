package org.civicswitch.gateway.iso20022.schema;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.civicswitch.gateway.iso20022.schema.MessageRefused.Kind;

/**
 * The bytes of a message as UTF-8. UTF-8 and US-ASCII are passed on where they lie; ISO-8859-1 and
 * UTF-16 are decoded strictly first, with the XML declaration blanked out, so that lines stay where
 * they were. Other encodings are refused: the parser sees one encoding only.
 */
final class XmlInput {
  /** How far {@link #enclosed} moves the first line to the right. */
  static final int ENCLOSING_CHARACTERS = 3;

  private static final int DECLARATION_MAX = 256;

  private final byte[] bytes;
  private final int offset;
  private final int length;

  private XmlInput(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** The same inside one element, so that several roots beside each other are well-formed. */
  XmlInput enclosed() {
    byte[] inside = new byte[length + 7];
    System.arraycopy(bytes, offset, inside, ENCLOSING_CHARACTERS, length);
    blankDeclaration(inside, ENCLOSING_CHARACTERS);
    put("<x>", inside, 0);
    put("</x>", inside, length + ENCLOSING_CHARACTERS);
    return new XmlInput(inside, 0, inside.length);
  }

  private static void put(String ascii, byte[] bytes, int at) {
    byte[] from = ascii.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(from, 0, bytes, at, from.length);
  }

  static XmlInput of(byte[] bytes, int offset, int length) throws MessageRefused {
    if (length >= 2) {
      int first = bytes[offset] & 0xff;
      int second = bytes[offset + 1] & 0xff;
      if (first == 0xfe && second == 0xff) {
        return utf16(StandardCharsets.UTF_16BE, bytes, offset + 2, length - 2);
      }
      if (first == 0xff && second == 0xfe) {
        return utf16(StandardCharsets.UTF_16LE, bytes, offset + 2, length - 2);
      }
      if (first == 0 && second == '<') {
        return utf16(StandardCharsets.UTF_16BE, bytes, offset, length);
      }
      if (first == '<' && second == 0) {
        return utf16(StandardCharsets.UTF_16LE, bytes, offset, length);
      }
    }
    boolean mark =
        length >= 3
            && (bytes[offset] & 0xff) == 0xef
            && (bytes[offset + 1] & 0xff) == 0xbb
            && (bytes[offset + 2] & 0xff) == 0xbf;
    int start = mark ? offset + 3 : offset;
    int rest = mark ? length - 3 : length;
    String head =
        new String(bytes, start, Math.min(rest, DECLARATION_MAX), StandardCharsets.ISO_8859_1);
    String declared = declaredEncoding(head);
    switch (declared) {
      case "", "utf-8", "utf8", "us-ascii", "ascii" -> {
        return checked(bytes, start, rest);
      }
      case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1" -> {
        if (mark) {
          throw refused("a UTF-8 byte order mark contradicts the declared encoding");
        }
        return decoded(StandardCharsets.ISO_8859_1, bytes, start, rest);
      }
      default -> throw refused("the declared encoding is not supported");
    }
  }

  private static XmlInput utf16(Charset charset, byte[] bytes, int offset, int length)
      throws MessageRefused {
    int head = Math.min(length, DECLARATION_MAX * 2) & ~1;
    String declared = declaredEncoding(new String(bytes, offset, head, charset));
    if (!declared.isEmpty() && !declared.startsWith("utf-16")) {
      throw refused("UTF-16 bytes contradict the declared encoding");
    }
    return decoded(charset, bytes, offset, length);
  }

  private static XmlInput decoded(Charset charset, byte[] bytes, int offset, int length)
      throws MessageRefused {
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, offset, length));
      ByteBuffer utf8 =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(text);
      blankDeclaration(utf8.array(), utf8.arrayOffset() + utf8.position());
      return checked(utf8.array(), utf8.arrayOffset() + utf8.position(), utf8.remaining());
    } catch (CharacterCodingException e) {
      throw refused("bytes are not " + charset.name());
    }
  }

  private static XmlInput checked(byte[] bytes, int offset, int length) throws MessageRefused {
    if (!isUtf8(bytes, offset, length)) {
      throw refused("bytes are not UTF-8, or not characters of XML");
    }
    return new XmlInput(bytes, offset, length);
  }

  /** Of UTF-8: what the declaration says no longer holds, or is no longer at the beginning. */
  private static void blankDeclaration(byte[] utf8, int offset) {
    int most = Math.min(utf8.length - offset, DECLARATION_MAX);
    String head = new String(utf8, offset, most, StandardCharsets.ISO_8859_1);
    int end = head.startsWith("<?xml") ? head.indexOf("?>") : -1;
    for (int i = 0; end >= 0 && i < end + 2; i++) {
      if (utf8[offset + i] != '\n') {
        utf8[offset + i] = ' ';
      }
    }
  }

  private static String declaredEncoding(String head) {
    int end = head.startsWith("<?xml") ? head.indexOf("?>") : -1;
    int at = end < 0 ? -1 : head.indexOf("encoding", 5);
    if (at < 0 || at > end) {
      return "";
    }
    for (int open = at + 8; open < end; open++) {
      char quote = head.charAt(open);
      if (quote == '"' || quote == '\'') {
        int close = head.indexOf(quote, open + 1);
        return close < 0 || close > end
            ? ""
            : head.substring(open + 1, close).toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  /** Strictly: no overlong forms, surrogates, control characters or anything beyond U+10FFFF. */
  private static boolean isUtf8(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int b = bytes[i++];
      if (b >= ' ') {
        continue;
      }
      if (b >= 0) {
        if (b != '\n' && b != '\r' && b != '\t') {
          return false;
        }
        continue;
      }
      int more;
      int min;
      int code;
      if ((b & 0xe0) == 0xc0) {
        more = 1;
        min = 0x80;
        code = b & 0x1f;
      } else if ((b & 0xf0) == 0xe0) {
        more = 2;
        min = 0x800;
        code = b & 0x0f;
      } else if ((b & 0xf8) == 0xf0) {
        more = 3;
        min = 0x10000;
        code = b & 0x07;
      } else {
        return false;
      }
      if (end - i < more) {
        return false;
      }
      for (; more > 0; more--) {
        int next = bytes[i++];
        if ((next & 0xc0) != 0x80) {
          return false;
        }
        code = (code << 6) | (next & 0x3f);
      }
      if (code < min || code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) {
        return false;
      }
    }
    return true;
  }

  private static MessageRefused refused(String rule) {
    return new MessageRefused(Kind.ENCODING, 0, 0, "", rule);
  }
}
