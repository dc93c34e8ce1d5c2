package org.civicswitch.ops.console.openid;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * What an attempt has to remember until the provider answers, kept by the browser: sealed with a
 * key of this process (AES-256-GCM), so that it can be neither read nor made nor changed there.
 * Kept here, anybody could crowd out everybody's attempts by beginning many. Safe for use by many
 * threads.
 */
final class SealedAttempt {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  SealedAttempt() {
    try {
      final KeyGenerator generator = KeyGenerator.getInstance("AES");
      generator.init(256, random);
      key = generator.generateKey();
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  /**
   * One attempt.
   *
   * @param next the page that was wanted
   * @param untilMs UTC
   */
  record Attempt(String state, String nonce, String verifier, String next, long untilMs) {}

  String seal(final Attempt attempt) {
    final byte[] clear =
        new JsonObject()
            .put("state", attempt.state)
            .put("nonce", attempt.nonce)
            .put("verifier", attempt.verifier)
            .put("next", attempt.next)
            .put("until", attempt.untilMs)
            .encode()
            .getBytes(StandardCharsets.UTF_8);
    final byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      final byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(clear);
      final byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** Null for what this process has not sealed. */
  Attempt open(final String sealed) {
    try {
      final byte[] all = Base64.getUrlDecoder().decode(sealed);
      final byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      final byte[] clear =
          cipher(Cipher.DECRYPT_MODE, nonce)
              .doFinal(all, NONCE_BYTES, Math.max(0, all.length - NONCE_BYTES));
      final JsonObject json = new JsonObject(new String(clear, StandardCharsets.UTF_8));
      return new Attempt(
          json.getString("state"),
          json.getString("nonce"),
          json.getString("verifier"),
          json.getString("next"),
          json.getLong("until"));
    } catch (final GeneralSecurityException | IllegalArgumentException | DecodeException e) {
      return null;
    }
  }

  private Cipher cipher(final int mode, final byte[] nonce) throws GeneralSecurityException {
    final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
