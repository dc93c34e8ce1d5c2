package org.civicswitch.gateway.kit.keys;

import java.io.IOException;
import javax.crypto.SecretKey;

/**
 * Holds the keys that keep people's data private, gives them to callers it knows, and remembers
 * every opening. Safe for use by many threads.
 */
public interface KeyService {
  /** A key over values, not over payloads. */
  enum TokenKey {
    /** Aliases in the directory. */
    ALIAS,
    /** Persons. */
    SUBJECT,
    /** Digests of a payload's clear text. */
    CONTENT,
    /** Textual ids, mapped to 128 bits. */
    ID
  }

  /** The newest version of a token key. Two live side by side while tokens are mapped anew. */
  int tokenKeyVersion(TokenKey kind);

  /**
   * An HMAC-SHA-256 key.
   *
   * @param version from 1 to {@link #tokenKeyVersion}
   * @throws KeyRefused if the caller may not, or there is no such version
   */
  SecretKey tokenKey(Caller caller, TokenKey kind, int version) throws KeyRefused;

  /**
   * The AES-256 key under which data keys of this epoch are wrapped; made when first asked for.
   *
   * @throws KeyRefused if the caller may not seal, or the epoch was erased
   */
  SecretKey sealingKey(Caller caller, Epoch epoch) throws KeyRefused;

  /**
   * The same key, to open something. The opening is logged first.
   *
   * @throws KeyRefused if the caller may not, opens too much, or the key is erased or unknown
   */
  SecretKey openingKey(Caller caller, Epoch epoch, Opening opening) throws KeyRefused;

  /**
   * Erases an epoch's key for good. What it protected can never be read again, and nothing new can
   * be protected under it, messages to and from that group included: erase days that are over.
   *
   * @throws KeyRefused if the caller may not
   * @throws IOException if the erasure could not be made durable; ask again
   */
  void eraseEpoch(Caller caller, Epoch epoch, String reason) throws KeyRefused, IOException;
}
