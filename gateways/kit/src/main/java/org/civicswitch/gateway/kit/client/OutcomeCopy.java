package org.civicswitch.gateway.kit.client;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.ValueName;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * An outcome that outlives its buffer; the fields are those of the wire's {@code Outcome}.
 *
 * @param sequence where in the log the command stands
 * @param timeMs the switch's time for it, UTC milliseconds
 * @param state a state of whatever kind the command concerns, as a number
 * @param originalSequence where the command stands that this one repeats; 0 for none
 * @param items one per item, in the order of the command; empty for a command without items
 */
public record OutcomeCopy(
    long sequence,
    long timeMs,
    int commandTemplate,
    Code code,
    boolean replayed,
    Field differs,
    int state,
    long originalSequence,
    Id128 key,
    long value,
    Digest256 digest,
    List<Item> items,
    List<Value> values) {

  /** The outcome of one item of a command. */
  public record Item(
      Id128 key,
      Code code,
      boolean replayed,
      Field differs,
      PaymentState state,
      int reason,
      long originalSequence) {}

  /** A named amount, as a {@code Query} returns them. */
  public record Value(ValueName name, long amount) {}

  public OutcomeCopy {
    items = List.copyOf(items);
    values = List.copyOf(values);
  }

  /** Decodes an {@code Outcome} message that begins with its message header. */
  public static OutcomeCopy of(DirectBuffer buffer, int offset) {
    final OutcomeDecoder decoder = new OutcomeDecoder();
    decoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
    final Id128 key = Id128.of(decoder.key());
    final Digest256 digest = Digest256.of(decoder.digest());
    final List<Item> items = new ArrayList<>();
    for (final OutcomeDecoder.ItemsDecoder item : decoder.items()) {
      items.add(
          new Item(
              Id128.of(item.key()),
              item.code(),
              item.replayed() != 0,
              item.differs(),
              item.state(),
              item.reason(),
              item.originalSequence()));
    }
    final List<Value> values = new ArrayList<>();
    for (final OutcomeDecoder.ValuesDecoder value : decoder.values()) {
      values.add(new Value(value.name(), value.amount()));
    }
    return new OutcomeCopy(
        decoder.sequence(),
        decoder.timeMs(),
        decoder.commandTemplate(),
        decoder.code(),
        decoder.replayed() != 0,
        decoder.differs(),
        decoder.state(),
        decoder.originalSequence(),
        key,
        decoder.value(),
        digest,
        items,
        values);
  }

  /** Accepted, as far as the command as a whole goes. */
  public boolean ok() {
    return code == Code.OK;
  }
}
