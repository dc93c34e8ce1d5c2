package org.civicswitch.core.engine;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The command being applied, and within it the instruction being applied: the command itself, or
 * one of its items. Its shape has been checked before anything here is read. Reused.
 */
final class Command {
  DirectBuffer buffer;
  int offset;
  int length;
  long sequence;

  /** The engine's time for this command. */
  long timeMs;

  CommandKind kind;
  int template;

  // Of the header every command begins with.
  int participant;
  int connection;
  int signer;

  /** Where the fixed fields begin. */
  int block;

  /** Where the group header is, if the kind has a group. */
  int group;

  /** Entries in the group. */
  int count;

  // Of the instruction at hand.
  long keyHi;
  long keyLo;
  long createdMs;

  /** 0 to count - 1, or -1 when the instruction is the whole command. */
  int item;

  /** Where its fields begin: the block, or the item's. */
  int at;

  /** Where its variable data begins, behind the length. */
  int dataAt;

  int dataLength;

  long longAt(final int position) {
    return buffer.getLong(position, ByteOrder.LITTLE_ENDIAN);
  }

  int intAt(final int position) {
    return buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
  }

  int shortAt(final int position) {
    return buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  int byteAt(final int position) {
    return buffer.getByte(position) & 0xFF;
  }
}
