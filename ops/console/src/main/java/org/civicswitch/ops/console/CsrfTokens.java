package org.civicswitch.ops.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ties a form to the browser it was given to: the browser holds a random cookie, the form a keyed
 * hash of it. The key lives as long as the process.
 */
final class CsrfTokens {
  static final String COOKIE = "console";

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  CsrfTokens() {
    final byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  String newCookie() {
    final byte[] value = new byte[16];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  String token(final String cookie) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8)));
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean matches(final String cookie, final String token) {
    return cookie != null
        && token != null
        && MessageDigest.isEqual(
            token(cookie).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
