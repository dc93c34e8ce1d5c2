package org.civicswitch.core.engine;

import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder.PaymentsDecoder;

/** Reads what a command will look up, so that it is in the cache by the time it is applied. */
final class LookAhead {
  private final Core core;
  private final Command command = new Command();

  /** Keeps the reads from being optimized away; no state. */
  private int touched;

  LookAhead(final Core core) {
    this.core = core;
  }

  int touched() {
    return touched;
  }

  void touch(final DirectBuffer buffer, final int offset, final int length) {
    final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
      return;
    }
    command.buffer = buffer;
    final int template = command.shortAt(offset + 2);
    if (template != SubmitPaymentDecoder.TEMPLATE_ID
        && template != ConfirmPaymentDecoder.TEMPLATE_ID) {
      return;
    }
    final CommandKind kind = core.kind(template);
    if (!kind.check(command, command.shortAt(offset), body, offset + length)) {
      return;
    }
    command.participant = command.intAt(body);
    kind.firstItem(command);
    for (int i = 1; ; i++) {
      touchItem(template);
      if (i == command.count) {
        return;
      }
      kind.nextItem(command);
    }
  }

  private void touchItem(final int template) {
    touched += core.remembered.touch(command.participant, template, command.keyHi, command.keyLo);
    if (template == ConfirmPaymentDecoder.TEMPLATE_ID) {
      touched += core.book.touch(command.keyHi, command.keyLo);
      return;
    }
    final int at = command.at;
    final int asset = command.intAt(at + PaymentsDecoder.assetEncodingOffset());
    touched +=
        core.positions.touch(command.intAt(at + PaymentsDecoder.debtorAgentEncodingOffset()), asset)
            + core.positions.touch(
                command.intAt(at + PaymentsDecoder.creditorAgentEncodingOffset()), asset)
            + core.book.touch(
                command.longAt(at + PaymentsDecoder.uetrEncodingOffset()),
                command.longAt(at + PaymentsDecoder.uetrEncodingOffset() + Long.BYTES));
  }
}
