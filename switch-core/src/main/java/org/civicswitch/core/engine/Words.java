package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.memory.RecordStore;

/** Digests between the wire and records. */
final class Words {
  private Words() {}

  static void copy(final DigestDecoder from, final DigestEncoder to) {
    to.a(from.a()).b(from.b()).c(from.c()).d(from.d());
  }

  static void copy(
      final DigestDecoder from, final RecordStore to, final int handle, final int word) {
    to.set(handle, word, from.a());
    to.set(handle, word + 1, from.b());
    to.set(handle, word + 2, from.c());
    to.set(handle, word + 3, from.d());
  }

  static void copy(
      final RecordStore from, final int handle, final int word, final DigestEncoder to) {
    to.a(from.get(handle, word))
        .b(from.get(handle, word + 1))
        .c(from.get(handle, word + 2))
        .d(from.get(handle, word + 3));
  }

  /** As bytes, the words' highest first. */
  static void copy(final DigestDecoder from, final byte[] to) {
    put(from.a(), to, 0);
    put(from.b(), to, Long.BYTES);
    put(from.c(), to, 2 * Long.BYTES);
    put(from.d(), to, 3 * Long.BYTES);
  }

  /** As bytes, the words' highest first. */
  static void copy(final RecordStore from, final int handle, final int word, final byte[] to) {
    for (int i = 0; i < to.length / Long.BYTES; i++) {
      put(from.get(handle, word + i), to, i * Long.BYTES);
    }
  }

  private static void put(final long word, final byte[] to, final int at) {
    for (int i = 0; i < Long.BYTES; i++) {
      to[at + i] = (byte) (word >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
  }

  static boolean isSame(
      final DigestDecoder digest, final RecordStore kept, final int handle, final int word) {
    return digest.a() == kept.get(handle, word)
        && digest.b() == kept.get(handle, word + 1)
        && digest.c() == kept.get(handle, word + 2)
        && digest.d() == kept.get(handle, word + 3);
  }

  /** ASCII text kept in words, without its padding; for people. */
  static String text(final RecordStore from, final int handle, final int word, final int words) {
    final StringBuilder text = new StringBuilder(words * Long.BYTES);
    for (int i = 0; i < words * Long.BYTES; i++) {
      final long letter = from.get(handle, word + i / Long.BYTES) >>> (i % Long.BYTES * 8) & 0xFF;
      if (letter != 0) {
        text.append((char) letter);
      }
    }
    return text.toString();
  }

  static boolean isZero(final DigestDecoder digest) {
    return (digest.a() | digest.b() | digest.c() | digest.d()) == 0;
  }
}
