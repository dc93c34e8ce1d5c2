package org.civicswitch.gateway.iso20022.schema;

/** The lexical rules of {@code xs:base64Binary}, without decoding anything. */
final class Base64Text {
  private Base64Text() {}

  /** Bytes that the text stands for, or -1 when it is not base64. Spaces may stand anywhere. */
  static int decodedLength(char[] text, int from, int to) {
    int symbols = 0;
    int padding = 0;
    int last = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        continue;
      }
      if (c == '=') {
        padding++;
        continue;
      }
      int value = value(c);
      if (value < 0 || padding > 0) {
        return -1;
      }
      last = value;
      symbols++;
    }
    boolean whole = (symbols + padding) % 4 == 0;
    boolean ends =
        switch (padding) {
          case 0 -> true;
          case 1 -> (last & 0b11) == 0;
          case 2 -> (last & 0b1111) == 0;
          default -> false;
        };
    return whole && ends ? symbols * 6 / 8 : -1;
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }
}
