package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;

/**
 * Signed {@code Quarantine} commands for commands that the engine cannot get past: one file each,
 * {@code quarantine-<sequence>.cmd}. At every replay the engine is given the signed command in the
 * place of the poisoned one, at its sequence and time. So what happened instead is part of the
 * engine's state and of its hash, and the same on every member that holds the file. The journal
 * itself is never changed.
 */
public final class QuarantineFiles {
  private static final String PREFIX = "quarantine-";
  private static final String SUFFIX = ".cmd";
  private static final int HEADER_BYTES = 16;
  private static final long MAGIC = 0x5241555157534943L; // "CISWQUAR"

  private QuarantineFiles() {}

  /**
   * Stores a signed command; durable when this returns. The host that uses the directory must be
   * stopped.
   *
   * @throws IllegalArgumentException if it is no {@code Quarantine} command
   */
  public static long write(
      final Storage storage, final DirectBuffer command, final int offset, final int length)
      throws IOException {
    final long sequence = quarantinedSequence(command, offset, length);
    if (sequence < 1) {
      throw new IllegalArgumentException("not a Quarantine command for a sequence");
    }
    final ByteBuffer content =
        ByteBuffer.allocate(HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(0, MAGIC);
    content.putInt(8, length);
    command.getBytes(offset, content, HEADER_BYTES, length);
    content.putInt(12, crc(content));
    final String name = PREFIX + DataFormat.digits(sequence) + SUFFIX;
    final String temporary = "unfinished-" + name;
    try (Storage.StoredFile file = storage.open(temporary)) {
      file.truncate(0);
      file.write(content, 0);
      file.force();
    }
    storage.rename(temporary, name);
    storage.forceDirectory();
    return sequence;
  }

  /** The signed commands by the sequence that each concerns. */
  static Map<Long, DirectBuffer> read(final Storage storage) throws IOException {
    final Map<Long, DirectBuffer> commands = new HashMap<>();
    for (final String name : storage.list()) {
      if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
        final DirectBuffer command = read(storage, name);
        commands.put(quarantinedSequence(command, 0, command.capacity()), command);
      }
    }
    return commands;
  }

  private static DirectBuffer read(final Storage storage, final String name) throws IOException {
    final ByteBuffer content;
    try (Storage.StoredFile file = storage.open(name)) {
      content =
          ByteBuffer.allocate((int) Math.min(file.size(), HEADER_BYTES + Journal.MAX_ENTRY_BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      file.read(content, 0);
    }
    content.flip();
    final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    if (content.limit() > HEADER_BYTES
        && content.getLong(0) == MAGIC
        && content.getInt(8) == content.limit() - HEADER_BYTES
        && content.getInt(12) == crc(content)) {
      command.wrap(content, HEADER_BYTES, content.getInt(8));
    }
    final long sequence = quarantinedSequence(command, 0, command.capacity());
    if (sequence < 1 || !name.equals(PREFIX + DataFormat.digits(sequence) + SUFFIX)) {
      throw new StorageCorruptException(
          name, 0, "not a whole Quarantine command for the sequence in its name", "Sign it again");
    }
    return command;
  }

  private static int crc(final ByteBuffer content) {
    final CRC32C crc = new CRC32C();
    crc.update(content.duplicate().limit(content.capacity()).position(HEADER_BYTES));
    return (int) crc.getValue();
  }

  private static long quarantinedSequence(
      final DirectBuffer command, final int offset, final int length) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    if (length < MessageHeaderDecoder.ENCODED_LENGTH + QuarantineDecoder.BLOCK_LENGTH
        || header.wrap(command, offset).templateId() != QuarantineDecoder.TEMPLATE_ID
        || header.schemaId() != QuarantineDecoder.SCHEMA_ID) {
      return 0;
    }
    return new QuarantineDecoder()
        .wrapAndApplyHeader(command, offset, header)
        .quarantinedSequence();
  }
}
