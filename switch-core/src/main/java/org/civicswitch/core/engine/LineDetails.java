package org.civicswitch.core.engine;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.identity.Token;
import org.civicswitch.memory.BlobStore;

/**
 * What a line needs only until it is sent: digest of the content, alias with its mapping version,
 * and the payload of private fields. One string of bytes, given back when the line was sent.
 */
final class LineDetails {
  private static final int DIGEST = 0;
  private static final int ALIAS = 32;
  private static final int ALIAS_VERSION = 64;
  private static final int PAYLOAD = 72;

  private final BlobStore blobs;
  private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[PAYLOAD + 65536]);
  private int length;

  LineDetails(final BlobStore blobs) {
    this.blobs = blobs;
  }

  boolean hasRoomFor(final int payloadLength) {
    return blobs.hasRoomFor(PAYLOAD + payloadLength);
  }

  /**
   * Keeps what is given; there must be room. The digest and the alias are four words on the wire.
   */
  int put(
      final DirectBuffer source,
      final int digestAt,
      final int aliasAt,
      final long aliasVersion,
      final int payloadAt,
      final int payloadLength) {
    bytes.putBytes(DIGEST, source, digestAt, 32);
    bytes.putBytes(ALIAS, source, aliasAt, 32);
    bytes.putLong(ALIAS_VERSION, aliasVersion, ByteOrder.LITTLE_ENDIAN);
    bytes.putBytes(PAYLOAD, source, payloadAt, payloadLength);
    return blobs.put(bytes, 0, PAYLOAD + payloadLength);
  }

  void release(final int details) {
    blobs.release(details);
  }

  /** Reads what is kept, for the getters below. */
  LineDetails load(final int details) {
    length = blobs.get(details, bytes, 0);
    return this;
  }

  /** A word, 0 to 3, of the digest of the content. */
  long digest(final int word) {
    return bytes.getLong(DIGEST + word * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
  }

  /** A word, 0 to 3, of the alias. */
  long alias(final int word) {
    return bytes.getLong(ALIAS + word * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
  }

  Token alias(final Token target) {
    return target.set(alias(0), alias(1), alias(2), alias(3));
  }

  long aliasVersion() {
    return bytes.getLong(ALIAS_VERSION, ByteOrder.LITTLE_ENDIAN);
  }

  DirectBuffer buffer() {
    return bytes;
  }

  int payloadAt() {
    return PAYLOAD;
  }

  int payloadLength() {
    return length - PAYLOAD;
  }
}
