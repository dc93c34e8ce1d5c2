package org.civicswitch.ops.console;

/** Four letters in 32 bits, the first letter in the highest byte; zero is none. */
final class Reason {
  private Reason() {}

  static String text(final long packed) {
    final StringBuilder text = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      final int letter = (int) (packed >>> shift) & 0xFF;
      if (letter > ' ' && letter < 0x7F) {
        text.append((char) letter);
      }
    }
    return text.toString();
  }
}
