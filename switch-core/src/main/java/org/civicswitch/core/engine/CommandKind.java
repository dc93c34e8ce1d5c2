package org.civicswitch.core.engine;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.SignedByDecoder;

/**
 * One kind of command as data: its shape on the wire, who may send it, which fields make it the
 * same instruction again. Built once at start.
 */
final class CommandKind {
  /** The head is the first field of every command. */
  static final int HEAD_LENGTH = 32;

  /** Most entries in a group: keeps outcome and events of one command within {@link Output}. */
  static final int ITEMS_MAX = 1000;

  /** Bits of a field's fingerprint. */
  static final int PRINT_BITS = 7;

  static final int PRINT_MASK = (1 << PRINT_BITS) - 1;

  /** Distinct fields whose fingerprints fit into a remembered id. */
  static final int FIELDS_MAX = Long.SIZE / PRINT_BITS;

  private static final int GROUP_HEADER = 4;
  private static final int DATA_HEADER = 2;

  final int template;
  final CommandHandler handler;
  private final int blockLength;
  private int roles;
  private boolean hostAllowed;
  private boolean remembered;
  private int itemLength;
  private boolean itemData;
  private int itemsMax;
  private boolean data;
  private boolean dataCompared;
  private Governed governed;
  private boolean instructions;
  private int itemKey;
  private int itemCreated = -1;
  private final Checks blockChecks = new Checks();
  private final Checks itemChecks = new Checks();

  private final Field[] fields = new Field[FIELDS_MAX];
  private int fieldCount;
  private int[] comparedSlot = new int[0];
  private int[] comparedAt = new int[0];
  private int[] comparedLength = new int[0];

  /** Which of the ranges lie in the block, a bit each. */
  private long comparedOfBlock;

  CommandKind(final int template, final int blockLength, final CommandHandler handler) {
    this.template = template;
    this.blockLength = blockLength;
    this.handler = handler;
  }

  // ---- building

  /** Carries an operator's signature right behind the head; one of these roles is needed. */
  CommandKind signed(final int anyOfRoles) {
    roles = anyOfRoles;
    return compare(
        Field.OTHER, HEAD_LENGTH + SignedByDecoder.signerEncodingOffset(), Integer.BYTES);
  }

  /** The host itself may send it, as connection 0. */
  CommandKind hostMaySend() {
    hostAllowed = true;
    return this;
  }

  /** The head's key makes it happen once. Its creation time is compared. */
  CommandKind once() {
    remembered = true;
    return compare(Field.CREATED, 24, Long.BYTES);
  }

  /** Variable data behind the fixed fields. */
  CommandKind data() {
    data = true;
    return this;
  }

  /** Variable data that makes it the same instruction again. */
  CommandKind comparedData() {
    dataCompared = true;
    return data();
  }

  /** A rule may want it approved by others. */
  CommandKind governed(final Governed what) {
    governed = what;
    return this;
  }

  /** A group that is content of the one instruction: 1 to max entries. */
  CommandKind group(final int entryLength, final int max) {
    itemLength = entryLength;
    itemsMax = max;
    return this;
  }

  /**
   * A group of 1 to {@link #ITEMS_MAX} instructions, each remembered under its own key.
   *
   * @param withData whether each carries variable data
   * @param keyAt where in the item its key is
   * @param createdAt where in the item its creation time is, or -1: the head's is checked for age
   *     and not compared
   */
  CommandKind items(
      final int entryLength, final boolean withData, final int keyAt, final int createdAt) {
    itemLength = entryLength;
    itemData = withData;
    itemsMax = ITEMS_MAX;
    instructions = true;
    remembered = true;
    itemKey = keyAt;
    itemCreated = createdAt;
    if (createdAt >= 0) {
      compare(Field.CREATED, createdAt, Long.BYTES);
    }
    return this;
  }

  /** A one-byte field of the block holds 0 to max. */
  CommandKind byteMax(final int at, final int max) {
    blockChecks.add(at, 1, max);
    return this;
  }

  /** An id in every item that must not be all zero, which means none. */
  CommandKind itemId(final int at) {
    itemChecks.add(at, 16, ID);
    return this;
  }

  /** The same in every item. */
  CommandKind itemByteMax(final int at, final int max) {
    itemChecks.add(at, 1, max);
    return this;
  }

  /** A field of the block is printable ASCII, padded with zeros. */
  CommandKind text(final int at, final int length) {
    blockChecks.add(at, length, TEXT);
    return this;
  }

  /** Bytes of the instruction that make it the same again. */
  CommandKind compare(final Field field, final int at, final int length) {
    int slot = 0;
    while (slot < fieldCount && fields[slot] != field) {
      slot++;
    }
    if (slot == fieldCount) {
      if (fieldCount == FIELDS_MAX) {
        throw new IllegalArgumentException("template " + template + ": too many fields to compare");
      }
      fields[fieldCount++] = field;
    }
    comparedSlot = append(comparedSlot, slot);
    comparedAt = append(comparedAt, at);
    comparedLength = append(comparedLength, length);
    return this;
  }

  /** Bytes of the block that make every item of a group the same again. */
  CommandKind compareBlock(final Field field, final int at, final int length) {
    comparedOfBlock |= 1L << comparedAt.length;
    return compare(field, at, length);
  }

  private static int[] append(final int[] array, final int value) {
    final int[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = value;
    return longer;
  }

  // ---- using

  boolean isSigned() {
    return roles != 0;
  }

  int roles() {
    return roles;
  }

  boolean isHostAllowed() {
    return hostAllowed;
  }

  boolean isRemembered() {
    return remembered;
  }

  boolean hasItems() {
    return instructions;
  }

  /**
   * The first field, in the order of {@link Field}, whose fingerprint is not zero here; OTHER when
   * the fingerprints cannot tell.
   */
  Field firstDifference(final long prints) {
    Field first = Field.OTHER;
    for (int slot = 0; slot < fieldCount; slot++) {
      if (((prints >>> (slot * PRINT_BITS)) & PRINT_MASK) != 0
          && fields[slot].value() < first.value()) {
        first = fields[slot];
      }
    }
    return first;
  }

  int comparedRanges() {
    return comparedSlot.length;
  }

  int comparedSlot(final int range) {
    return comparedSlot[range];
  }

  /** Where the range is in a command. */
  int comparedAt(final int range, final Command command) {
    return comparedAt[range] + ((comparedOfBlock & 1L << range) == 0 ? command.at : command.block);
  }

  int comparedLength(final int range) {
    return comparedLength[range];
  }

  /** What rules of approval look at, or null for a kind that they cannot be for. */
  Governed governed() {
    return governed;
  }

  boolean isDataCompared() {
    return dataCompared;
  }

  /** The bytes of a group that is content, as one more compared range; 0 if there is none. */
  int contentGroupLength(final Command command) {
    return itemLength == 0 || instructions ? 0 : GROUP_HEADER + command.count * itemLength;
  }

  /**
   * Whether the bytes are exactly one command of this kind: every length, count and enumeration.
   * Also notes where things are. Reads nothing outside the command.
   *
   * @param body behind the message header
   * @param end behind the last byte
   */
  boolean check(final Command command, final int declaredBlock, final int body, final int end) {
    final DirectBuffer buffer = command.buffer;
    if (declaredBlock != blockLength || end - body < blockLength) {
      return false;
    }
    command.block = body;
    command.count = 0;
    int at = body + blockLength;
    if (!blockChecks.hold(buffer, body)) {
      return false;
    }
    if (itemLength > 0) {
      command.group = at;
      if (end - at < GROUP_HEADER
          || (buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) != itemLength) {
        return false;
      }
      command.count = buffer.getShort(at + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
      if (command.count < 1 || command.count > itemsMax) {
        return false;
      }
      at += GROUP_HEADER;
      for (int i = 0; i < command.count; i++) {
        if (end - at < itemLength || !itemChecks.hold(buffer, at)) {
          return false;
        }
        if (instructions && isZero(buffer, at + itemKey)) {
          return false;
        }
        at += itemLength;
        if (itemData) {
          at = skipData(buffer, at, end);
          if (at < 0) {
            return false;
          }
        }
      }
    }
    if (data) {
      command.dataAt = at + DATA_HEADER;
      at = skipData(buffer, at, end);
      command.dataLength = at - command.dataAt;
    }
    return at == end && (!remembered || instructions || !isZero(buffer, body + 8));
  }

  private static int skipData(final DirectBuffer buffer, final int at, final int end) {
    if (end - at < DATA_HEADER) {
      return -1;
    }
    final int length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    return end - at - DATA_HEADER < length ? -1 : at + DATA_HEADER + length;
  }

  /** An id of all zero means none, so it cannot be a key. */
  private static boolean isZero(final DirectBuffer buffer, final int at) {
    return (buffer.getLong(at) | buffer.getLong(at + 8)) == 0;
  }

  /** Moves to the first item. */
  void firstItem(final Command command) {
    command.item = -1;
    command.at = command.group + GROUP_HEADER;
    command.dataLength = 0;
    command.dataAt = command.at;
    readItem(command);
  }

  /** Moves to the next item. */
  void nextItem(final Command command) {
    command.at = itemData ? command.dataAt + command.dataLength : command.at + itemLength;
    readItem(command);
  }

  private void readItem(final Command command) {
    command.item++;
    if (itemData) {
      command.dataAt = command.at + itemLength + DATA_HEADER;
      command.dataLength = command.shortAt(command.at + itemLength);
    }
    command.keyHi = command.longAt(command.at + itemKey);
    command.keyLo = command.longAt(command.at + itemKey + 8);
    command.createdMs =
        command.longAt(itemCreated < 0 ? command.block + 24 : command.at + itemCreated);
  }

  // Instead of a largest value.
  private static final int TEXT = -1;
  private static final int ID = -2;

  /** What single fields must be for a decoder to be safe. */
  private static final class Checks {
    private int[] at = new int[0];
    private int[] length = new int[0];
    private int[] max = new int[0];

    void add(final int newAt, final int newLength, final int newMax) {
      at = append(at, newAt);
      length = append(length, newLength);
      max = append(max, newMax);
    }

    boolean hold(final DirectBuffer buffer, final int base) {
      for (int i = 0; i < at.length; i++) {
        if (!holds(buffer, base + at[i], length[i], max[i])) {
          return false;
        }
      }
      return true;
    }

    private static boolean holds(
        final DirectBuffer buffer, final int at, final int length, final int max) {
      if (max == TEXT) {
        return isText(buffer, at, length);
      }
      return max == ID ? !isZero(buffer, at) : (buffer.getByte(at) & 0xFF) <= max;
    }

    private static boolean isText(final DirectBuffer buffer, final int at, final int length) {
      boolean ended = false;
      for (int i = 0; i < length; i++) {
        final byte b = buffer.getByte(at + i);
        if (b == 0) {
          ended = true;
        } else if (ended || b < 0x20 || b > 0x7E) {
          return false;
        }
      }
      return true;
    }
  }
}
