package org.civicswitch.core.engine;

/**
 * How operators' signatures are checked. A pure function, because every replay asks again: the same
 * bytes and the same key, the same answer, on every machine and under every Java. So it is given to
 * the engine and not found by it, and what decides it is pinned like the engine itself.
 *
 * <p>One thread asks at a time.
 */
public interface Signatures {
  int KEY_BYTES = 32;
  int SIGNATURE_BYTES = 64;

  /** Whether these 32 bytes can be an operator's public key. */
  boolean isKey(byte[] publicKey);

  /**
   * Whether somebody who holds the private key signed the message.
   *
   * @param publicKey 32 bytes, which {@link #isKey}
   * @param signature 64 bytes
   * @param message its first {@code length} bytes
   */
  boolean hold(byte[] publicKey, byte[] signature, byte[] message, int length);
}
