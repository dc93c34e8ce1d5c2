package org.civicswitch.core.engine;

import java.util.Arrays;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.SignedByDecoder;

/**
 * Whether commands are signed by whom they name. What is signed are the command's bytes with every
 * signature in it zeroed: so also who signs, and what they had seen. Reused.
 */
final class SignedCommands {
  private final Operators operators;
  private final Signatures signatures;
  private final byte[] message = new byte[SwitchEngine.COMMAND_BYTES_MAX];
  private final byte[] key = new byte[Signatures.KEY_BYTES];
  private final byte[] signature = new byte[Signatures.SIGNATURE_BYTES];

  SignedCommands(final Operators operators, final Signatures signatures) {
    this.operators = operators;
    this.signatures = signatures;
  }

  /** Whether the signer, who is known, signed it. */
  boolean isSigned(final Command command) {
    return holds(command, command.signer, CommandReader.SIGNED_BY);
  }

  /** Whether the second signer of a {@code Quarantine}, who is known, signed it. */
  boolean isSignedBySecond(final Command command, final int second) {
    return holds(command, second, QuarantineDecoder.secondEncodingOffset());
  }

  private boolean holds(final Command command, final int operator, final int signedBy) {
    command.buffer.getBytes(command.offset, message, 0, command.length);
    operators.key(operator, key);
    final int at = MessageHeaderDecoder.ENCODED_LENGTH + signatureAt(signedBy);
    System.arraycopy(message, at, signature, 0, signature.length);
    zero(CommandReader.SIGNED_BY);
    if (command.template == QuarantineDecoder.TEMPLATE_ID) {
      zero(QuarantineDecoder.secondEncodingOffset());
    }
    return signatures.hold(key, signature, message, command.length);
  }

  private void zero(final int signedBy) {
    final int at = MessageHeaderDecoder.ENCODED_LENGTH + signatureAt(signedBy);
    Arrays.fill(message, at, at + Signatures.SIGNATURE_BYTES, (byte) 0);
  }

  private static int signatureAt(final int signedBy) {
    return signedBy + SignedByDecoder.signatureEncodingOffset();
  }
}
