package org.civicswitch.ops.console.accounts;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes by time, RFC 6238: HMAC-SHA-1, 30 s, six digits; what every authenticator takes. */
final class OneTimeCodes {
  static final long STEP_MS = 30_000;
  static final int DIGITS = 6;

  /** Clocks may differ by one step. */
  static final int STEPS_ASIDE = 1;

  private static final int SECRET_BYTES = 20;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private OneTimeCodes() {}

  static String newSecret(final SecureRandom random) {
    final byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return base32(secret);
  }

  /**
   * The time step whose code this is, looking no further back than after {@code used}; 0 if it is
   * none. All candidates are computed whatever the code, so that time tells nothing.
   */
  static long step(final String secret, final String code, final long nowMs, final long used) {
    final byte[] key = bytes(secret);
    final long now = nowMs / STEP_MS;
    long found = 0;
    for (long step = now - STEPS_ASIDE; step <= now + STEPS_ASIDE; step++) {
      final boolean same =
          MessageDigest.isEqual(
              code(key, step, DIGITS).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      if (same && step > used) {
        found = step;
      }
    }
    return found;
  }

  /** HOTP (RFC 4226) of a step. */
  static String code(final byte[] key, final long step, final int digits) {
    final byte[] mac;
    try {
      final Mac hmac = Mac.getInstance("HmacSHA1");
      hmac.init(new SecretKeySpec(key, "HmacSHA1"));
      mac = hmac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
    final int at = mac[mac.length - 1] & 0xf;
    final int truncated = ByteBuffer.wrap(mac, at, Integer.BYTES).getInt() & 0x7fff_ffff;
    long modulus = 1;
    for (int i = 0; i < digits; i++) {
      modulus *= 10;
    }
    return String.format(Locale.ROOT, "%0" + digits + "d", truncated % modulus);
  }

  /** RFC 4648 without padding. */
  static String base32(final byte[] bytes) {
    final StringBuilder text = new StringBuilder();
    int bits = 0;
    int count = 0;
    for (final byte b : bytes) {
      bits = (bits << 8) | (b & 0xff);
      count += 8;
      while (count >= 5) {
        count -= 5;
        text.append(BASE32.charAt((bits >> count) & 31));
      }
    }
    if (count > 0) {
      text.append(BASE32.charAt((bits << (5 - count)) & 31));
    }
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException for a character that is none of base 32
   */
  static byte[] bytes(final String base32) {
    final ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    int bits = 0;
    int count = 0;
    for (int i = 0; i < base32.length(); i++) {
      final int value = BASE32.indexOf(base32.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException("not base 32");
      }
      bits = (bits << 5) | value;
      count += 5;
      if (count >= 8) {
        count -= 8;
        bytes.put((byte) (bits >> count));
      }
    }
    return bytes.array();
  }
}
