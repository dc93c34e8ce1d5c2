package org.civicswitch.gateway.kit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.DigestEncoder;

/**
 * 256 bits as four big-endian words: a token, a digest or a fingerprint, as the wire carries it.
 * All zero means none. Never truncated.
 */
public record Digest256(long a, long b, long c, long d) {
  public static final int BYTES = 32;
  public static final Digest256 NONE = new Digest256(0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException unless there are exactly 32 bytes
   */
  public static Digest256 of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("32 bytes expected, not " + bytes.length);
    }
    final ByteBuffer words = ByteBuffer.wrap(bytes);
    return new Digest256(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  public static Digest256 of(DigestDecoder decoder) {
    return new Digest256(decoder.a(), decoder.b(), decoder.c(), decoder.d());
  }

  /** Parses what {@link #toString} gives: 64 hexadecimal digits. */
  public static Digest256 parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** SHA-256 of these bytes. */
  public static Digest256 sha256(byte[] bytes) {
    return of(newSha256().digest(bytes));
  }

  /** A new SHA-256; every Java platform has it. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public boolean isNone() {
    return (a | b | c | d) == 0;
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** Writes the four words into a field of a command. */
  public void put(DigestEncoder encoder) {
    encoder.a(a).b(b).c(c).d(d);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
