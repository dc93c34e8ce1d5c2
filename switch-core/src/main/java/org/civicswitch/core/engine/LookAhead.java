package org.civicswitch.core.engine;

import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder.PaymentsDecoder;
import org.civicswitch.identity.Token;
import org.civicswitch.memory.IdLookAhead;

/**
 * Brings near what commands will look up, so that it is in the cache by the time they are applied.
 * Ids are gathered from all the commands that are announced before one is applied, and then read
 * together.
 */
final class LookAhead {
  /** Two or three for each command that a host announces at one time (32), and some more. */
  private static final int IDS = 128;

  private final Core core;
  private final Command command = new Command();
  private final IdLookAhead ids = new IdLookAhead(IDS);
  private final Token alias = new Token();

  private int touched;

  LookAhead(final Core core) {
    this.core = core;
  }

  /** Keeps the reads from being optimized away; no state. */
  int touched() {
    return touched;
  }

  /** Before a command is applied. */
  void bringNear() {
    if (!ids.isEmpty()) {
      ids.bringNear();
    }
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
    core.remembered.lookAhead(ids, command.participant, template, command.keyHi, command.keyLo);
    if (template == ConfirmPaymentDecoder.TEMPLATE_ID) {
      core.book.lookAhead(ids, command.keyHi, command.keyLo);
      return;
    }
    final int at = command.at;
    final int uetr = at + PaymentsDecoder.uetrEncodingOffset();
    core.book.lookAhead(ids, command.longAt(uetr), command.longAt(uetr + Long.BYTES));
    final int token = at + PaymentsDecoder.aliasEncodingOffset();
    alias.set(
        command.longAt(token),
        command.longAt(token + Long.BYTES),
        command.longAt(token + 2 * Long.BYTES),
        command.longAt(token + 3 * Long.BYTES));
    if (!alias.isNone()) {
      core.identity.aliases().lookAhead(ids, alias);
    }
    final int asset = command.intAt(at + PaymentsDecoder.assetEncodingOffset());
    touched +=
        core.positions.touch(command.intAt(at + PaymentsDecoder.debtorAgentEncodingOffset()), asset)
            + core.positions.touch(
                command.intAt(at + PaymentsDecoder.creditorAgentEncodingOffset()), asset);
  }
}
