package org.civicswitch.ops.console.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as they are kept: Argon2id with the parameters that the OWASP Password Storage Cheat
 * Sheet asks for at least, 19 MiB, two passes, one lane; in the PHC string form, so that stronger
 * ones can follow without a password being lost.
 */
final class PasswordHash {
  static final int MEMORY_KIB = 19_456;
  static final int PASSES = 2;
  static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** What a stored hash may ask for, so that a damaged file cannot take the memory. */
  private static final int MEMORY_KIB_MAX = 262_144;

  private static final int PASSES_MAX = 16;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9])\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** Of nobody's password: what an unknown name is compared with, at the same cost. */
  static final String NOBODY = of("", new byte[SALT_BYTES]);

  private PasswordHash() {}

  static String of(final String password, final SecureRandom random) {
    final byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return of(password, salt);
  }

  private static String of(final String password, final byte[] salt) {
    final Base64.Encoder text = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIB
        + ",t="
        + PASSES
        + ",p="
        + LANES
        + "$"
        + text.encodeToString(salt)
        + "$"
        + text.encodeToString(argon2id(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
  }

  /**
   * @throws IllegalArgumentException if the stored form is not one of ours
   */
  static boolean matches(final String stored, final String password) {
    final Matcher parts = PHC.matcher(stored);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not an Argon2id hash");
    }
    final int memory = Integer.parseInt(parts.group(1));
    final int passes = Integer.parseInt(parts.group(2));
    final int lanes = Integer.parseInt(parts.group(3));
    final byte[] hash = Base64.getDecoder().decode(parts.group(5));
    if (memory < 8 * lanes
        || memory > MEMORY_KIB_MAX
        || passes < 1
        || passes > PASSES_MAX
        || lanes < 1
        || hash.length < 16) {
      throw new IllegalArgumentException("an Argon2id hash out of bounds");
    }
    return MessageDigest.isEqual(
        hash,
        argon2id(
            password,
            Base64.getDecoder().decode(parts.group(4)),
            memory,
            passes,
            lanes,
            hash.length));
  }

  private static byte[] argon2id(
      final String password,
      final byte[] salt,
      final int memoryKib,
      final int passes,
      final int lanes,
      final int bytes) {
    final Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    final byte[] hash = new byte[bytes];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
