package org.civicswitch.core.storage;

import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeEncoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;
import org.civicswitch.memory.StateSpace;

/** Adds every command up in one of many records; gives as many events as the first byte says. */
final class ToyEngine implements Engine {
  /** A command that begins with this byte is too much for it. */
  static final byte POISON = 66;

  private static final int RECORDS = 64;

  private final StateSpace space = new StateSpace();
  private final RecordStore records = space.add("toy", 4, 1 << 20);
  private final OutcomeEncoder outcome = new OutcomeEncoder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private boolean quarantineAllowed = true;

  ToyEngine() {
    for (int i = 0; i < RECORDS; i++) {
      records.allocate();
    }
  }

  void refuseQuarantine() {
    quarantineAllowed = false;
  }

  @Override
  public void touch(final DirectBuffer command, final int offset, final int length) {}

  @Override
  public void apply(
      final long sequence,
      final long timeMs,
      final DirectBuffer command,
      final int offset,
      final int length,
      final Output output) {
    if (sequence != sequence() + 1) {
      throw new IllegalStateException("command " + sequence + " after " + sequence());
    }
    final boolean quarantine = isQuarantine(command, offset, length);
    if (!quarantine && command.getByte(offset) == POISON) {
      throw new IllegalArgumentException("poison");
    }
    records.set(1, 0, sequence);
    records.set(1, 1, timeMs);
    final int record = 2 + Math.floorMod(command.getByte(offset) + length, RECORDS - 2);
    for (int i = 0; i < length; i++) {
      records.set(record, 3, records.get(record, 3) * 31 + command.getByte(offset + i));
    }
    outcome.wrapAndApplyHeader(output.buffer(), output.offset(), header);
    outcome
        .sequence(sequence)
        .code(quarantine && !quarantineAllowed ? Code.OPERATOR_UNKNOWN : Code.OK);
    output.outcome(MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength());
    for (int i = Math.floorMod(command.getByte(offset), 3); i > 0; i--) {
      records.set(1, 2, feedSequence() + 1);
      output.buffer().putLong(output.offset(), feedSequence());
      output.buffer().putLong(output.offset() + 8, sequence);
      output.event(16);
    }
  }

  private static boolean isQuarantine(
      final DirectBuffer command, final int offset, final int length) {
    return length > MessageHeaderDecoder.ENCODED_LENGTH
        && new MessageHeaderDecoder().wrap(command, offset).templateId()
            == QuarantineDecoder.TEMPLATE_ID;
  }

  @Override
  public long nextDeadlineMs() {
    return Long.MAX_VALUE;
  }

  @Override
  public long sequence() {
    return records.get(1, 0);
  }

  @Override
  public long timeMs() {
    return records.get(1, 1);
  }

  @Override
  public long feedSequence() {
    return records.get(1, 2);
  }

  @Override
  public Image freeze() {
    return new ToyImage(space.freeze(), sequence(), timeMs(), feedSequence());
  }

  @Override
  public void load(final SnapshotSource source) {
    space.load(source);
  }

  @Override
  public long stateHash() {
    return space.stateHash();
  }

  private record ToyImage(StateSpace.Image image, long sequence, long timeMs, long feedSequence)
      implements Image {
    @Override
    public long stateHash() {
      return image.stateHash();
    }

    @Override
    public void writeTo(final SnapshotSink sink) {
      image.writeTo(sink);
    }

    @Override
    public long copiedBytes() {
      return image.copiedBytes();
    }

    @Override
    public void close() {
      image.close();
    }
  }
}
