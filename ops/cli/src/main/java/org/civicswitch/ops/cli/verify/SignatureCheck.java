package org.civicswitch.ops.cli.verify;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.SignedByDecoder;
import org.civicswitch.core.storage.JournalReader;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.operator.OperatorSignatures;

/**
 * Checks once more that every accepted command of an operator carries that operator's signature, by
 * the keys that the log itself registered, with another implementation than the engine's.
 */
final class SignatureCheck {
  private static final int TEMPLATE_AT = 2;
  private static final int PROBLEMS_MAX = 20;
  private static final int SECOND_AT =
      MessageHeaderDecoder.ENCODED_LENGTH + QuarantineDecoder.secondEncodingOffset();
  private static final int SIGNER_AT =
      MessageHeaderDecoder.ENCODED_LENGTH + HeadDecoder.ENCODED_LENGTH;

  private final OperatorKeys keys;
  private final SignedByDecoder signedBy = new SignedByDecoder();
  private final List<String> problems;
  private long checked;

  /**
   * @param keys of every operator that the log tells of, by a command of its own or by what was
   *     approved
   */
  SignatureCheck(final OperatorKeys keys, final List<String> problems) {
    this.keys = keys;
    this.problems = problems;
  }

  /**
   * @param accepted sequences of the signed commands that the engine accepted
   * @return signatures checked
   */
  long run(final JournalReader journal, final LongHashSet accepted) throws IOException {
    while (journal.next()) {
      if (accepted.contains(journal.sequence())) {
        command(journal.sequence(), journal.buffer(), journal.offset(), journal.length());
      }
    }
    return checked;
  }

  private void command(
      final long sequence, final DirectBuffer buffer, final int offset, final int length) {
    final int template = buffer.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    if (!OperatorSignatures.isSigned(template)) {
      return;
    }
    final int operator = (int) signedBy.wrap(buffer, offset + SIGNER_AT).signer();
    // Operator 0 signs nothing; the engine accepts it only before the first operator exists.
    if (operator != 0) {
      final Digest256 key = keys.at(operator, sequence);
      check(
          sequence,
          operator,
          key != null && OperatorSignatures.verify(buffer, offset, length, key));
    }
    if (template == QuarantineDecoder.TEMPLATE_ID) {
      final int second = (int) signedBy.wrap(buffer, offset + SECOND_AT).signer();
      final Digest256 key = keys.at(second, sequence);
      check(
          sequence,
          second,
          key != null && OperatorSignatures.verifySecond(buffer, offset, length, key));
    }
  }

  private void check(final long sequence, final int operator, final boolean signed) {
    checked++;
    if (!signed) {
      problem("command " + sequence + " is not signed by operator " + operator);
    }
  }

  private void problem(final String text) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(text);
    }
  }
}
