package org.civicswitch.gateway.iso20022.message;

import java.nio.charset.StandardCharsets;

/** Walks over {@link Tokens}. Bytes that are not tokens end in {@link IllegalArgumentException}. */
final class TokenCursor {
  private final byte[] bytes;
  private final int end;
  private int at;
  private byte kind;
  private String name = "";
  private String value = "";

  TokenCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Moves on; false at the end. */
  boolean next() {
    if (at == end) {
      return false;
    }
    kind = bytes[at++];
    switch (kind) {
      case Tokens.OPEN -> name = string(unsigned());
      case Tokens.ATTRIBUTE -> {
        name = string(unsigned());
        value = string(varint());
      }
      case Tokens.TEXT -> value = string(varint());
      case Tokens.CLOSE -> {
        // carries nothing
      }
      default -> throw damaged();
    }
    return true;
  }

  byte kind() {
    return kind;
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }

  /** The text of the element that has just been opened, or null; does not move. */
  String peekText() {
    TokenCursor ahead = new TokenCursor(bytes, at, end);
    boolean more = ahead.next();
    while (more && ahead.kind() == Tokens.ATTRIBUTE) {
      more = ahead.next();
    }
    return more && ahead.kind() == Tokens.TEXT ? ahead.value() : null;
  }

  /** Moves behind the close of the element that has just been opened. */
  void skipElement() {
    int depth = 1;
    while (depth > 0) {
      if (!next()) {
        throw damaged();
      }
      depth += kind == Tokens.OPEN ? 1 : kind == Tokens.CLOSE ? -1 : 0;
    }
  }

  private int unsigned() {
    if (at == end) {
      throw damaged();
    }
    return bytes[at++] & 0xff;
  }

  private int varint() {
    int result = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int b = unsigned();
      result |= (b & 0x7f) << shift;
      if (b < 0x80) {
        return result;
      }
    }
    throw damaged();
  }

  private String string(int length) {
    if (length > end - at) {
      throw damaged();
    }
    String string = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return string;
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException("private fields are damaged");
  }
}
