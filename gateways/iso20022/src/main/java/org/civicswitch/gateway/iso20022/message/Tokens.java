package org.civicswitch.gateway.iso20022.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A part of a message as bytes: open, attribute, text and close tokens in document order. Names are
 * kept as text, so that what one version of a message said can be written in another.
 */
final class Tokens {
  static final byte OPEN = 1;
  static final byte ATTRIBUTE = 2;
  static final byte TEXT = 3;
  static final byte CLOSE = 4;

  private byte[] bytes = new byte[512];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  void open(String name) {
    put(OPEN);
    name(name);
  }

  void attribute(String name, String value) {
    put(ATTRIBUTE);
    name(name);
    value(value);
  }

  void text(String value) {
    put(TEXT);
    value(value);
  }

  void close() {
    put(CLOSE);
  }

  void leaf(String name, String value) {
    open(name);
    text(value);
    close();
  }

  void append(byte[] tokens) {
    room(tokens.length);
    System.arraycopy(tokens, 0, bytes, length, tokens.length);
    length += tokens.length;
  }

  private void name(String name) {
    room(name.length() + 1);
    bytes[length++] = (byte) name.length();
    for (int i = 0; i < name.length(); i++) {
      bytes[length++] = (byte) name.charAt(i);
    }
  }

  private void value(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    room(utf8.length + 5);
    int rest = utf8.length;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void put(byte b) {
    room(1);
    bytes[length++] = b;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
