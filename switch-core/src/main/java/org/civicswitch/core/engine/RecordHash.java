package org.civicswitch.core.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.memory.RecordStore;

/**
 * SHA-256 into four words of a record: what people approve, and sign for. For an envelope a chain
 * over its declaration and then over each line in the order of its adding, {@code next =
 * SHA-256(last, line)}; only the last link is kept, so that the chain goes on over commands,
 * snapshots and restarts.
 *
 * <p>Canonical bytes are big-endian words, and strings of bytes as they are, in the order they are
 * put here. One thread; the digest is reused, nothing is allocated.
 */
final class RecordHash {
  private static final int WORDS_MAX = 32;

  private final MessageDigest sha256;
  private final byte[] bytes = new byte[WORDS_MAX * Long.BYTES];
  private final UnsafeBuffer view = new UnsafeBuffer(bytes);
  private int length;

  RecordHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Starts a new link, without one before it. */
  RecordHash first() {
    length = 0;
    return this;
  }

  /** Starts a new link that goes on from four words of a record. */
  RecordHash after(final RecordStore store, final int handle, final int word) {
    length = 0;
    for (int i = 0; i < 4; i++) {
      put(store.get(handle, word + i));
    }
    return this;
  }

  RecordHash put(final long word) {
    view.putLong(length, word, java.nio.ByteOrder.BIG_ENDIAN);
    length += BitUtil.SIZE_OF_LONG;
    return this;
  }

  /** Bytes as they are. */
  RecordHash put(final DirectBuffer buffer, final int offset, final int count) {
    sha256.update(bytes, 0, length);
    length = 0;
    for (int done = 0; done < count; done += bytes.length) {
      final int some = Math.min(bytes.length, count - done);
      buffer.getBytes(offset + done, bytes, 0, some);
      sha256.update(bytes, 0, some);
    }
    return this;
  }

  /** Ends the link; four words of a record become it. */
  void into(final RecordStore store, final int handle, final int word) {
    sha256.update(bytes, 0, length);
    try {
      sha256.digest(bytes, 0, sha256.getDigestLength());
    } catch (final java.security.DigestException e) {
      throw new IllegalStateException("the buffer holds a digest", e);
    }
    for (int i = 0; i < 4; i++) {
      store.set(handle, word + i, view.getLong(i * 8, java.nio.ByteOrder.BIG_ENDIAN));
    }
  }
}
