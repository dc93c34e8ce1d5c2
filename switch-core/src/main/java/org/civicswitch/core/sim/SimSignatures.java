package org.civicswitch.core.sim;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Signatures;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.SignedByDecoder;

/**
 * Signatures of the simulated world: a hash of key and message, which nobody makes by accident, for
 * a hundredth of the time of real ones. A key is its operator's number in all its words.
 */
final class SimSignatures implements Signatures {
  private static final int SIGNER =
      MessageHeaderDecoder.ENCODED_LENGTH
          + HeadDecoder.ENCODED_LENGTH
          + SignedByDecoder.signerEncodingOffset();
  private static final int SIGNATURE =
      MessageHeaderDecoder.ENCODED_LENGTH
          + HeadDecoder.ENCODED_LENGTH
          + SignedByDecoder.signatureEncodingOffset();

  /** The public key of an operator. */
  static void key(final DigestEncoder into, final int operator) {
    into.a(operator).b(operator).c(operator).d(operator);
  }

  /** Signs a command in place, for the operator whom it names. */
  static void sign(final byte[] command) {
    final UnsafeBuffer buffer = new UnsafeBuffer(command);
    final int operator = buffer.getInt(SIGNER, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(SIGNATURE, hash(operator, command, command.length), ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a command that carries a signature carries its signer's. */
  static boolean isSigned(final byte[] command) {
    final byte[] message = without(command);
    final UnsafeBuffer buffer = new UnsafeBuffer(command);
    final int operator = buffer.getInt(SIGNER, ByteOrder.LITTLE_ENDIAN);
    return buffer.getLong(SIGNATURE, ByteOrder.LITTLE_ENDIAN)
        == hash(operator, message, message.length);
  }

  /** A command as it was before it was signed; any bytes are. */
  static byte[] without(final byte[] command) {
    final byte[] unsigned = command.clone();
    if (unsigned.length >= SIGNATURE + SIGNATURE_BYTES) {
      Arrays.fill(unsigned, SIGNATURE, SIGNATURE + SIGNATURE_BYTES, (byte) 0);
    }
    return unsigned;
  }

  @Override
  public boolean isKey(final byte[] publicKey) {
    return true;
  }

  @Override
  public boolean hold(
      final byte[] publicKey, final byte[] signature, final byte[] message, final int length) {
    final int operator = new UnsafeBuffer(publicKey).getInt(4, ByteOrder.BIG_ENDIAN);
    final UnsafeBuffer claimed = new UnsafeBuffer(signature);
    return claimed.getLong(0, ByteOrder.LITTLE_ENDIAN) == hash(operator, message, length);
  }

  private static long hash(final int operator, final byte[] message, final int length) {
    long hash = 0x9E3779B97F4A7C15L * (operator + 1);
    for (int i = 0; i < length; i++) {
      hash = (hash ^ message[i]) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
