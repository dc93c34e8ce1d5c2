package org.civicswitch.core.engine;

import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.ValueName;

/** Collects the one outcome of a command. Handlers set what belongs to the instruction at hand. */
final class Answer {
  static final int VALUES_MAX = 64;

  /** What the instruction made or touched, kept with the remembered id; 0 for nothing. */
  int entity;

  /** State of that, a value of its own enumeration, also given with refusals. */
  int state;

  // Of the whole command; for kinds that are not items.
  long value;
  long digestA;
  long digestB;
  long digestC;
  long digestD;

  // Set by the caller of handlers.
  Code code;
  boolean replayed;
  Field differs;
  long originalSequence;

  private final OutcomeEncoder encoder = new OutcomeEncoder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final long[] itemKeys = new long[CommandKind.ITEMS_MAX * 2];
  private final long[] itemSequences = new long[CommandKind.ITEMS_MAX];
  private final Code[] itemCodes = new Code[CommandKind.ITEMS_MAX];
  private final Field[] itemDiffers = new Field[CommandKind.ITEMS_MAX];
  private final byte[] itemStates = new byte[CommandKind.ITEMS_MAX];
  private final boolean[] itemReplayed = new boolean[CommandKind.ITEMS_MAX];
  private int itemCount;
  private final ValueName[] valueNames = new ValueName[VALUES_MAX];
  private final long[] values = new long[VALUES_MAX];
  private int valueCount;

  void begin() {
    itemCount = 0;
    valueCount = 0;
    forget();
    beginInstruction(0);
    code = Code.OK;
  }

  /** Drops what a handler has said of what it made. */
  void forget() {
    entity = 0;
    state = 0;
    value = 0;
    digest(0, 0, 0, 0);
  }

  void beginInstruction(final long sequence) {
    entity = 0;
    state = 0;
    replayed = false;
    differs = Field.NONE;
    originalSequence = sequence;
  }

  /** Takes the instruction at hand as the next item. */
  void endItem(final long keyHi, final long keyLo, final Code itemCode) {
    final int i = itemCount++;
    itemKeys[i * 2] = keyHi;
    itemKeys[i * 2 + 1] = keyLo;
    itemCodes[i] = itemCode;
    itemReplayed[i] = replayed;
    itemDiffers[i] = differs;
    itemStates[i] = (byte) state;
    itemSequences[i] = originalSequence;
  }

  /** One named value of a query's answer. */
  void value(final ValueName name, final long amount) {
    if (valueCount == VALUES_MAX) {
      throw new IllegalStateException("more than " + VALUES_MAX + " values");
    }
    valueNames[valueCount] = name;
    values[valueCount++] = amount;
  }

  void digest(final long a, final long b, final long c, final long d) {
    digestA = a;
    digestB = b;
    digestC = c;
    digestD = d;
  }

  /**
   * Writes the outcome.
   *
   * @return its length
   */
  int encode(
      final MutableDirectBuffer buffer,
      final int offset,
      final Command command,
      final long keyHi,
      final long keyLo) {
    encoder
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(command.sequence)
        .timeMs(command.timeMs)
        .commandTemplate(command.template)
        .code(code);
    if (itemCount == 0) {
      encoder
          .replayed((short) (replayed ? 1 : 0))
          .differs(differs)
          .state((short) state)
          .originalSequence(originalSequence);
    } else {
      encoder
          .replayed((short) 0)
          .differs(Field.NONE)
          .state((short) 0)
          .originalSequence(command.sequence);
    }
    encoder.reserved((short) 0);
    encoder.key().hi(keyHi).lo(keyLo);
    encoder.value(value);
    encoder.digest().a(digestA).b(digestB).c(digestC).d(digestD);
    encodeItems();
    final OutcomeEncoder.ValuesEncoder group = encoder.valuesCount(valueCount);
    for (int i = 0; i < valueCount; i++) {
      group.next().name(valueNames[i]).amount(values[i]);
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  private void encodeItems() {
    final OutcomeEncoder.ItemsEncoder items = encoder.itemsCount(itemCount);
    for (int i = 0; i < itemCount; i++) {
      items.next().key().hi(itemKeys[i * 2]).lo(itemKeys[i * 2 + 1]);
      items
          .code(itemCodes[i])
          .replayed((short) (itemReplayed[i] ? 1 : 0))
          .differs(itemDiffers[i])
          .state(PaymentState.get(itemStates[i]))
          .reserved((short) 0)
          .reason(0)
          .originalSequence(itemSequences[i]);
    }
  }
}
