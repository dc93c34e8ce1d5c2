package org.civicswitch.core.engine;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.SignedByDecoder;
import org.civicswitch.memory.BlobStore;

/**
 * A command within a command: a change that is proposed, or made behind glass. It is the signer's
 * own, for the same participant over the same connection, and carries no signature of its own.
 * Reused.
 */
final class EnclosedChange {
  /** Longest change; what people sign is short. */
  static final int BYTES_MAX = 4096;

  private static final int SIGNATURE_BYTES = 64;

  private final Core core;
  private final CommandReader reader;
  private final Command command = new Command();
  private final UnsafeBuffer kept = new UnsafeBuffer(new byte[BYTES_MAX]);

  EnclosedChange(final Core core) {
    this.core = core;
    reader = new CommandReader(core);
  }

  Command command() {
    return command;
  }

  /** Reads what a command encloses as its data: CHANGE_INVALID or OK. */
  Code read(final Command enclosing) {
    reader.read(command, enclosing.buffer, enclosing.dataAt, enclosing.dataLength);
    return reader.check(command, BYTES_MAX) == Code.OK
            && command.kind.governed() != null
            && command.participant == enclosing.participant
            && command.connection == enclosing.connection
            && command.signer == enclosing.signer
            && CommandReader.seenSequence(command) == CommandReader.seenSequence(enclosing)
            && isUnsigned()
        ? Code.OK
        : Code.CHANGE_INVALID;
  }

  private boolean isUnsigned() {
    final int at =
        command.block + CommandReader.SIGNED_BY + SignedByDecoder.signatureEncodingOffset();
    long bits = 0;
    for (int i = 0; i < SIGNATURE_BYTES; i += Long.BYTES) {
      bits |= command.longAt(at + i);
    }
    return bits == 0;
  }

  /** Reads what is kept of a proposal: VERSION_NOT_ACTIVE when it is of an older one, or OK. */
  Code readKept(final BlobStore blobs, final int blob) {
    final int length = blobs.get(blob, kept, 0);
    reader.read(command, kept, 0, length);
    return reader.check(command, BYTES_MAX);
  }

  /** The bytes of a kept change, after {@link #readKept}. */
  DirectBuffer kept() {
    return kept;
  }

  /** Whether the connection, and unless it is behind glass the operator, may still do this. */
  Code checkSender(final boolean glass) {
    final Code connection = core.connections.check(command, false);
    if (connection != Code.OK || glass) {
      return connection;
    }
    return core.operators.check(command.signer, command.kind.roles());
  }

  /** Does it. What its handler says of it is no part of the answer to the enclosing command. */
  Code carryOut() {
    command.kind.handler.begin(command);
    final Code code = command.kind.handler.apply(command);
    core.answer.forget();
    return code;
  }
}
