package org.civicswitch.gateway.kit.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.agrona.DirectBuffer;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * Turns private values into what the core may see: HMAC-SHA-256 tokens of aliases and persons,
 * under separate keys; digests of content; 128-bit ids of texts. Safe for use by many threads.
 */
public final class Tokens {
  private final KeyService keys;
  private final Caller caller;
  private final Map<KeyService.TokenKey, ThreadLocal<Mac>> newest =
      new EnumMap<>(KeyService.TokenKey.class);

  /**
   * @throws KeyRefused if the caller may not make tokens
   */
  public Tokens(KeyService keys, Caller caller) throws KeyRefused {
    this.keys = keys;
    this.caller = caller;
    for (final KeyService.TokenKey kind : KeyService.TokenKey.values()) {
      // Content digests and ids are compared over the duplicate window: their keys do not rotate
      // under a running gateway. For aliases and persons the newest counts.
      final SecretKey key = keys.tokenKey(caller, kind, keys.tokenKeyVersion(kind));
      newest.put(kind, ThreadLocal.withInitial(() -> mac(key)));
    }
  }

  /** The directory's token of an alias. */
  public Digest256 alias(PersonId id) {
    return hmac(KeyService.TokenKey.ALIAS, id.text());
  }

  /** The same under an older key, while the directory is mapped anew. */
  public Digest256 alias(PersonId id, int keyVersion) throws KeyRefused {
    return versioned(KeyService.TokenKey.ALIAS, id, keyVersion);
  }

  /** The token of a person. */
  public Digest256 subject(PersonId id) {
    return hmac(KeyService.TokenKey.SUBJECT, id.text());
  }

  /** The same under an older key, while subjects are mapped anew. */
  public Digest256 subject(PersonId id, int keyVersion) throws KeyRefused {
    return versioned(KeyService.TokenKey.SUBJECT, id, keyVersion);
  }

  /** Digest of the canonical clear text of a payment's private fields. */
  public Digest256 content(DirectBuffer clear, int offset, int length) {
    final byte[] bytes = new byte[length];
    clear.getBytes(offset, bytes);
    return content(bytes);
  }

  /** Digest of the canonical clear text of a payment's private fields. */
  public Digest256 content(byte[] clear) {
    return Digest256.of(newest.get(KeyService.TokenKey.CONTENT).get().doFinal(clear));
  }

  /**
   * A text as a 128-bit id: keyed, so that nobody outside can aim at a collision.
   *
   * @param space keeps equal texts of different meaning apart: {@code msgid}, {@code e2e}
   */
  public Id128 id(String space, String text) {
    final Mac mac = newest.get(KeyService.TokenKey.ID).get();
    mac.update(space.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return Id128.ofPrefix(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The id under which the switch knows a settlement bank's reference. Whoever enters money and
   * whoever compares it with the bank's statements must come to the same one.
   */
  public Id128 settlementReference(String text) {
    return id("settlement-reference", text);
  }

  private Digest256 hmac(KeyService.TokenKey kind, String text) {
    return Digest256.of(newest.get(kind).get().doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Digest256 versioned(KeyService.TokenKey kind, PersonId id, int version)
      throws KeyRefused {
    return Digest256.of(
        mac(keys.tokenKey(caller, kind, version))
            .doFinal(id.text().getBytes(StandardCharsets.UTF_8)));
  }

  private static Mac mac(SecretKey key) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
