package org.civicswitch.gateway.kit.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.civicswitch.gateway.kit.Id128;

/**
 * Seals and opens private fields. Each payload has a data key of its own (AES-256-GCM), wrapped
 * under the key of its epoch (AES key wrap, RFC 3394):
 *
 * <pre>
 * version u8 | group u32 | day u32 | wrapped data key, 40 bytes | ciphertext | tag, 16 bytes
 * </pre>
 *
 * <p>Integers are little-endian. The nonce is all zero and not written: a data key encrypts exactly
 * one text. The header, the wrapped key and the id of the payment (its UETR) are authenticated, so
 * a payload cannot be moved to another payment.
 *
 * <p>Not safe for several threads: each has its own.
 */
public final class PayloadCipher {
  public static final int VERSION = 1;

  /** How much longer the sealed form is than the clear one. */
  public static final int OVERHEAD_BYTES = 1 + 4 + 4 + 40 + 16;

  /** The longest clear text: the sealed form fits into one command. */
  public static final int MAX_CLEAR_BYTES = 60 * 1024 - OVERHEAD_BYTES;

  private static final int HEADER_BYTES = 9;
  private static final int WRAPPED_BYTES = 40;
  private static final int TAG_BYTES = 16;
  private static final int DATA_KEY_BYTES = 32;
  private static final int CIPHERTEXT_OFFSET = HEADER_BYTES + WRAPPED_BYTES;

  private static final GCMParameterSpec ZERO_NONCE =
      new GCMParameterSpec(TAG_BYTES * Byte.SIZE, new byte[12]);

  private final KeyService keys;
  private final Caller caller;
  private final SecureRandom random = new SecureRandom();
  private final Cipher gcm;
  private final Cipher keyWrap;
  private final byte[] dataKey = new byte[DATA_KEY_BYTES];
  private final ByteBuffer associated =
      ByteBuffer.allocate(CIPHERTEXT_OFFSET + 16).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] input = new byte[1024];
  private byte[] output = new byte[1024 + OVERHEAD_BYTES];

  public PayloadCipher(KeyService keys, Caller caller) {
    this.keys = keys;
    this.caller = caller;
    try {
      gcm = Cipher.getInstance("AES/GCM/NoPadding");
      keyWrap = Cipher.getInstance("AESWrap");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM and AES key wrap", e);
    }
  }

  /**
   * Seals a clear text.
   *
   * @param id what the payload belongs to, the payment's UETR
   * @return bytes written: the length plus {@link #OVERHEAD_BYTES}
   * @throws IllegalArgumentException above {@link #MAX_CLEAR_BYTES}
   * @throws KeyRefused if the key service gives no key
   */
  public int seal(
      Id128 id,
      Epoch epoch,
      DirectBuffer clear,
      int offset,
      int length,
      MutableDirectBuffer sealed,
      int sealedOffset)
      throws KeyRefused {
    if (length < 0 || length > MAX_CLEAR_BYTES) {
      throw new IllegalArgumentException("a payload of " + length + " bytes");
    }
    return sealAny(id, epoch, clear, offset, length, sealed, sealedOffset);
  }

  /** The same without the limit of a command, for what goes to the message log. */
  int sealAny(
      Id128 id,
      Epoch epoch,
      DirectBuffer clear,
      int offset,
      int length,
      MutableDirectBuffer sealed,
      int sealedOffset)
      throws KeyRefused {
    final SecretKey wrapping = keys.sealingKey(caller, epoch);
    reserve(length + OVERHEAD_BYTES);
    random.nextBytes(dataKey);
    final SecretKey key = new SecretKeySpec(dataKey, "AES");
    try {
      keyWrap.init(Cipher.WRAP_MODE, wrapping);
      final byte[] wrapped = keyWrap.wrap(key);
      associate(id, epoch, wrapped, 0);
      clear.getBytes(offset, input, 0, length);
      gcm.init(Cipher.ENCRYPT_MODE, key, ZERO_NONCE);
      gcm.updateAAD(associated.array());
      final int written = gcm.doFinal(input, 0, length, output, 0);
      sealed.putBytes(sealedOffset, associated.array(), 0, CIPHERTEXT_OFFSET);
      sealed.putBytes(sealedOffset + CIPHERTEXT_OFFSET, output, 0, written);
      return CIPHERTEXT_OFFSET + written;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES with a fresh key cannot fail", e);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
      Arrays.fill(input, 0, length, (byte) 0);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @param clear receives the clear text: {@code length - OVERHEAD_BYTES} bytes
   * @return bytes written
   * @throws UnreadablePayload in every case of failure; nothing is written then
   */
  public int open(
      Id128 id,
      Opening opening,
      DirectBuffer sealed,
      int offset,
      int length,
      MutableDirectBuffer clear,
      int clearOffset)
      throws UnreadablePayload {
    final Epoch epoch = epochOf(sealed, offset, length);
    final SecretKey wrapping;
    try {
      wrapping = keys.openingKey(caller, epoch, opening);
    } catch (KeyRefused e) {
      throw new UnreadablePayload(why(e.why()), e.getMessage(), e);
    }
    reserve(length);
    sealed.getBytes(offset, input, 0, length);
    try {
      keyWrap.init(Cipher.UNWRAP_MODE, wrapping);
      final Key key =
          keyWrap.unwrap(
              Arrays.copyOfRange(input, HEADER_BYTES, CIPHERTEXT_OFFSET), "AES", Cipher.SECRET_KEY);
      associate(id, epoch, input, HEADER_BYTES);
      gcm.init(Cipher.DECRYPT_MODE, key, ZERO_NONCE);
      gcm.updateAAD(associated.array());
      final int written =
          gcm.doFinal(input, CIPHERTEXT_OFFSET, length - CIPHERTEXT_OFFSET, output, 0);
      clear.putBytes(clearOffset, output, 0, written);
      Arrays.fill(output, 0, written, (byte) 0);
      return written;
    } catch (GeneralSecurityException e) {
      throw new UnreadablePayload(
          UnreadablePayload.Why.NOT_AUTHENTIC, "the payload is not authentic", e);
    }
  }

  /**
   * Reads which epoch a sealed payload belongs to, without opening it.
   *
   * @throws UnreadablePayload if this is not our layout
   */
  public static Epoch epochOf(DirectBuffer sealed, int offset, int length)
      throws UnreadablePayload {
    if (length < OVERHEAD_BYTES) {
      throw new UnreadablePayload(
          UnreadablePayload.Why.MALFORMED, "a payload of " + length + " bytes", null);
    }
    final int version = sealed.getByte(offset) & 0xFF;
    if (version != VERSION) {
      throw new UnreadablePayload(
          UnreadablePayload.Why.UNKNOWN_VERSION, "payload version " + version, null);
    }
    final int group = sealed.getInt(offset + 1, ByteOrder.LITTLE_ENDIAN);
    final int day = sealed.getInt(offset + 5, ByteOrder.LITTLE_ENDIAN);
    if (group < 0 || day < 0) {
      throw new UnreadablePayload(
          UnreadablePayload.Why.MALFORMED, "payload of no possible epoch", null);
    }
    return new Epoch(group, day);
  }

  private static UnreadablePayload.Why why(KeyRefused.Cause cause) {
    return switch (cause) {
      case ERASED -> UnreadablePayload.Why.KEY_ERASED;
      case UNKNOWN -> UnreadablePayload.Why.KEY_UNKNOWN;
      case NOT_ALLOWED, RATE, STORAGE -> UnreadablePayload.Why.KEY_REFUSED;
    };
  }

  private void associate(Id128 id, Epoch epoch, byte[] wrapped, int wrappedOffset) {
    associated
        .clear()
        .put((byte) VERSION)
        .putInt(epoch.group())
        .putInt(epoch.day())
        .put(wrapped, wrappedOffset, WRAPPED_BYTES)
        .putLong(id.hi())
        .putLong(id.lo());
  }

  private void reserve(int bytes) {
    if (input.length < bytes) {
      input = new byte[Integer.highestOneBit(bytes) * 2];
      output = new byte[input.length];
    }
    if (output.length < bytes) {
      output = new byte[input.length];
    }
  }
}
