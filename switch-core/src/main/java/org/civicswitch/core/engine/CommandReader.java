package org.civicswitch.core.engine;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.SignedByDecoder;

/** Takes bytes as a command, whatever they are. */
final class CommandReader {
  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

  /** Where the signer stands in the block of every signed command. */
  static final int SIGNED_BY = CommandKind.HEAD_LENGTH;

  private final Core core;

  CommandReader(final Core core) {
    this.core = core;
  }

  /** Notes what can be told of any bytes, however short. */
  void read(final Command command, final DirectBuffer buffer, final int offset, final int length) {
    command.buffer = buffer;
    command.offset = offset;
    command.length = length;
    command.sequence = core.scalars.sequence();
    command.timeMs = core.scalars.timeMs();
    command.kind = null;
    command.template =
        length < HEADER ? 0 : buffer.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    command.item = -1;
    command.at = offset + HEADER;
    command.block = command.at;
    command.signer = 0;
    if (length < HEADER + HeadDecoder.ENCODED_LENGTH) {
      command.participant = 0;
      command.connection = 0;
      command.keyHi = 0;
      command.keyLo = 0;
      command.createdMs = 0;
    } else {
      command.participant = command.intAt(command.at + HeadDecoder.participantEncodingOffset());
      command.connection = command.intAt(command.at + HeadDecoder.connectionEncodingOffset());
      command.keyHi = command.longAt(command.at + HeadDecoder.keyHiEncodingOffset());
      command.keyLo = command.longAt(command.at + HeadDecoder.keyLoEncodingOffset());
      command.createdMs = command.longAt(command.at + HeadDecoder.createdMsEncodingOffset());
    }
  }

  /**
   * Checks the shape to the last byte, and notes kind and signer: MALFORMED, UNKNOWN_KIND,
   * VERSION_NOT_ACTIVE or OK.
   */
  Code check(final Command command, final int lengthMax) {
    if (command.length < HEADER
        || command.length > lengthMax
        || command.shortAt(command.offset + 4) != MessageHeaderDecoder.SCHEMA_ID) {
      return Code.MALFORMED;
    }
    final CommandKind kind = core.kind(command.template);
    if (kind == null) {
      return Code.UNKNOWN_KIND;
    }
    final int version = command.shortAt(command.offset + 6);
    if (version != core.scalars.get(Scalars.VERSION)) {
      return version == 0 ? Code.MALFORMED : Code.VERSION_NOT_ACTIVE;
    }
    if (!kind.check(
        command,
        command.shortAt(command.offset),
        command.offset + HEADER,
        command.offset + command.length)) {
      return Code.MALFORMED;
    }
    command.kind = kind;
    if (kind.isSigned()) {
      command.signer =
          command.intAt(command.block + SIGNED_BY + SignedByDecoder.signerEncodingOffset());
    }
    return Code.OK;
  }

  /** The sequence that the signer of a signed command had seen. */
  static long seenSequence(final Command command) {
    return command.longAt(command.block + SIGNED_BY + SignedByDecoder.seenSequenceEncodingOffset());
  }
}
