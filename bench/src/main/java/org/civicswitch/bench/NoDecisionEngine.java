package org.civicswitch.bench;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.EventHeadEncoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeEncoder;
import org.civicswitch.core.protocol.PaymentReservedEncoder;
import org.civicswitch.core.protocol.PaymentSettledEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;

/**
 * The limit of the embedded host: an engine that looks at nothing but the kind of a command and
 * answers with bytes made beforehand, as long as the real ones. What is left is sequencer, journal,
 * outcomes and feed.
 */
final class NoDecisionEngine implements Engine {
  private static final int TEMPLATE_AT = 2;
  private static final int FEED_SEQUENCE_AT =
      MessageHeaderEncoder.ENCODED_LENGTH + EventHeadEncoder.feedSequenceEncodingOffset();

  private final UnsafeBuffer reservedOutcome = outcome(PaymentState.RESERVED);
  private final UnsafeBuffer settledOutcome = outcome(PaymentState.SETTLED);
  private final UnsafeBuffer reserved;
  private final UnsafeBuffer settled;
  private long sequence;
  private long timeMs;
  private long feedSequence;

  /**
   * @param payloadBytes of each submission; its event carries as many
   */
  NoDecisionEngine(final int payloadBytes) {
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Output.MAX_MESSAGE_BYTES]);
    final PaymentReservedEncoder first = new PaymentReservedEncoder();
    first.wrapAndApplyHeader(buffer, 0, header).putPayload(new byte[payloadBytes], 0, payloadBytes);
    reserved = copy(buffer, MessageHeaderEncoder.ENCODED_LENGTH + first.encodedLength());
    final PaymentSettledEncoder second = new PaymentSettledEncoder();
    second.wrapAndApplyHeader(buffer, 0, header).putPayload(new byte[0], 0, 0);
    settled = copy(buffer, MessageHeaderEncoder.ENCODED_LENGTH + second.encodedLength());
  }

  private static UnsafeBuffer outcome(final PaymentState state) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    final OutcomeEncoder encoder = new OutcomeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).code(Code.OK);
    encoder.itemsCount(1).next().code(Code.OK).differs(Field.NONE).state(state);
    encoder.valuesCount(0);
    return copy(buffer, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
  }

  private static UnsafeBuffer copy(final UnsafeBuffer from, final int length) {
    final byte[] bytes = new byte[length];
    from.getBytes(0, bytes);
    return new UnsafeBuffer(bytes);
  }

  @Override
  public void touch(final DirectBuffer command, final int offset, final int length) {
    // Nothing is looked up.
  }

  @Override
  public void apply(
      final long newSequence,
      final long newTimeMs,
      final DirectBuffer command,
      final int offset,
      final int length,
      final Output output) {
    sequence = newSequence;
    timeMs = Math.max(timeMs, newTimeMs);
    final int template = command.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    final boolean confirm = template == ConfirmPaymentDecoder.TEMPLATE_ID;
    final UnsafeBuffer outcome = confirm ? settledOutcome : reservedOutcome;
    output.buffer().putBytes(output.offset(), outcome, 0, outcome.capacity());
    output.outcome(outcome.capacity());
    final UnsafeBuffer event = confirm ? settled : reserved;
    event.putLong(FEED_SEQUENCE_AT, ++feedSequence, ByteOrder.LITTLE_ENDIAN);
    output.buffer().putBytes(output.offset(), event, 0, event.capacity());
    output.event(event.capacity());
  }

  @Override
  public long nextDeadlineMs() {
    return Long.MAX_VALUE;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public long timeMs() {
    return timeMs;
  }

  @Override
  public long feedSequence() {
    return feedSequence;
  }

  @Override
  public Image freeze() {
    return new NothingImage(sequence, timeMs, feedSequence);
  }

  @Override
  public void load(final SnapshotSource source) {
    throw new IllegalStateException("a benchmark begins in an empty directory");
  }

  @Override
  public long stateHash() {
    return 0;
  }

  /** The state of an engine that keeps none. */
  private record NothingImage(long sequence, long timeMs, long feedSequence) implements Image {
    @Override
    public long stateHash() {
      return 0;
    }

    @Override
    public void writeTo(final SnapshotSink sink) {
      sink.section("nothing", 1);
    }

    @Override
    public long copiedBytes() {
      return 0;
    }

    @Override
    public void close() {
      // Nothing was frozen.
    }
  }
}
