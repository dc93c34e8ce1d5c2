package org.civicswitch.ops.cli.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;

/** Encodes commands one after the other into byte arrays, each under a key of its own. */
final class CommandWriter {
  final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
  private final List<byte[]> commands = new ArrayList<>();
  private final int connection;
  private final long createdMs;
  private final long keyHi;
  private long keyLo;

  /**
   * @param keyHi the upper half of every key; the lower half counts from 1
   */
  CommandWriter(final int connection, final long createdMs, final long keyHi) {
    this.connection = connection;
    this.createdMs = createdMs;
    this.keyHi = keyHi;
  }

  MutableDirectBuffer buffer() {
    return buffer;
  }

  void head(final HeadEncoder head, final int participant) {
    head.participant(participant)
        .connection(connection)
        .keyHi(keyHi)
        .keyLo(++keyLo)
        .createdMs(createdMs);
  }

  /**
   * Adds a command.
   *
   * @param encode fills the buffer from 0 and returns the encoded length without message header
   */
  void add(final ToIntFunction<MutableDirectBuffer> encode) {
    buffer.setMemory(0, 1024, (byte) 0);
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + encode.applyAsInt(buffer);
    final byte[] bytes = new byte[length];
    buffer.getBytes(0, bytes);
    commands.add(bytes);
  }

  List<byte[]> commands() {
    return commands;
  }
}
