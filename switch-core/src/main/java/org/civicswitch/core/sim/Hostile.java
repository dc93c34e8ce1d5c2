package org.civicswitch.core.sim;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;

/** Makes of honest commands what an enemy, a defect or a retry may make of them. */
final class Hostile {
  private final SplittableRandom random;

  Hostile(final SplittableRandom random) {
    this.random = random;
  }

  /** Any damage; the result may still be a command. */
  Instruction mangle(final Instruction honest) {
    byte[] bytes = honest.bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
      case 2 -> {
        for (int i = 0; i <= random.nextInt(4); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 3 -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) -1);
      case 4 -> {
        // Another template over the same bytes.
        bytes[2] = (byte) random.nextInt(64);
      }
      default -> {
        bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
      }
    }
    return new Instruction(bytes, true);
  }

  /** The right command over a connection or for a participant that may not. */
  Instruction impersonate(final Instruction honest) {
    final byte[] bytes = honest.bytes.clone();
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    buffer.putInt(
        MessageHeaderDecoder.ENCODED_LENGTH
            + (random.nextBoolean()
                ? HeadDecoder.connectionEncodingOffset()
                : HeadDecoder.participantEncodingOffset()),
        random.nextInt(12),
        ByteOrder.LITTLE_ENDIAN);
    return new Instruction(bytes, true);
  }

  /** An operator's command with something else in it than what was signed. */
  Instruction forge(final Instruction honest) {
    if (!honest.isSigned() || honest.signer() == 0) {
      return honest;
    }
    final byte[] bytes = honest.bytes.clone();
    // Behind the head; what else may be wrong with it is refused first.
    final int from = MessageHeaderDecoder.ENCODED_LENGTH + HeadDecoder.ENCODED_LENGTH;
    bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
    return new Instruction(bytes, true);
  }

  /** An honest retry whose private fields were encrypted anew: the same answer must come. */
  Instruction encryptAnew(final Instruction submit) {
    final byte[] bytes = submit.bytes.clone();
    if (payloadBytes(bytes) > 0) {
      bytes[bytes.length - 1] ^= 0x55;
    }
    return new Instruction(bytes, submit.hostile);
  }

  /** The same key with another amount: the difference must be seen. */
  Instruction tamper(final Instruction submit) {
    final byte[] bytes = submit.bytes.clone();
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    final int at = firstItem() + SubmitPaymentDecoder.PaymentsDecoder.amountEncodingOffset();
    buffer.putLong(at, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) + 1, ByteOrder.LITTLE_ENDIAN);
    return new Instruction(bytes, submit.hostile);
  }

  private static int firstItem() {
    return MessageHeaderDecoder.ENCODED_LENGTH + SubmitPaymentDecoder.BLOCK_LENGTH + 4;
  }

  /** Of the last payment. */
  private static int payloadBytes(final byte[] bytes) {
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    int at = firstItem();
    int length = 0;
    while (at < bytes.length) {
      at += SubmitPaymentDecoder.PaymentsDecoder.sbeBlockLength();
      length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
      at += 2 + length;
    }
    return length;
  }
}
