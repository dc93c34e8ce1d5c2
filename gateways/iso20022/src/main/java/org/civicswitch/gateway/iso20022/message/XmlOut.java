package org.civicswitch.gateway.iso20022.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes XML as UTF-8 bytes. Names are ours and plain; every text is escaped. */
final class XmlOut {
  private byte[] bytes = new byte[4_096];
  private int length;

  XmlOut() {
    raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  }

  /** Opens an element. */
  XmlOut open(String name) {
    put('<');
    raw(name);
    put('>');
    return this;
  }

  /** Opens an element with one attribute. */
  XmlOut open(String name, String attribute, String value) {
    put('<');
    raw(name);
    attribute(attribute, value);
    put('>');
    return this;
  }

  /** Opens a start tag that {@link #attribute} may add to and {@link #endTag} ends. */
  void startTag(String name) {
    put('<');
    raw(name);
  }

  void attribute(String name, String value) {
    put(' ');
    raw(name);
    raw("=\"");
    escape(value);
    put('"');
  }

  void endTag() {
    put('>');
  }

  XmlOut close(String name) {
    raw("</");
    raw(name);
    put('>');
    return this;
  }

  /** An element with text; nothing at all when the text is null. */
  XmlOut leaf(String name, String text) {
    if (text != null) {
      open(name);
      escape(text);
      close(name);
    }
    return this;
  }

  XmlOut text(String text) {
    escape(text);
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /**
   * A carriage return would be read back as a newline, so it is written as a reference; what XML
   * cannot hold is refused, since leaving it out would change the meaning.
   */
  private void escape(String text) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String by =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\r' -> "&#13;";
            default -> null;
          };
      if (by != null) {
        raw(text.substring(from, i));
        raw(by);
        from = i + 1;
      } else if ((c < ' ' && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff) {
        throw new IllegalArgumentException("character " + (int) c + " cannot stand in XML");
      }
    }
    raw(from == 0 ? text : text.substring(from));
  }

  private void raw(String text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        room(rest.length);
        System.arraycopy(rest, 0, bytes, length, rest.length);
        length += rest.length;
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  private void put(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
