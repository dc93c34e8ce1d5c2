package org.civicswitch.gateway.iso20022.message;

/** Texts of ours that must fit into an element. */
final class Texts {
  private Texts() {}

  /** At most so many UTF-16 units, never half a character; null for null and for nothing. */
  static String cut(String text, int max) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }
}
