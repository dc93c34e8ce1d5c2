package org.civicswitch.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.bench.PaymentCommands;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.OutcomeEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The messages of a submission, by the generated codecs: with the fields that a gateway sets and
 * the engine reads, one payment of 1,024 bytes and its outcome.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {
  private static final int SUBMIT_BYTES = 1024;
  private static final long NOW_MS = 1_800_000_000_000L;

  private final PaymentCommands commands = new PaymentCommands(SUBMIT_BYTES);
  private final UnsafeBuffer submitted = new PaymentCommands(SUBMIT_BYTES).submit(1, NOW_MS);
  private final UnsafeBuffer answered = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SubmitPaymentDecoder submit = new SubmitPaymentDecoder();
  private final OutcomeEncoder outcomeEncoder = new OutcomeEncoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private long number;

  /** A state that has an outcome to read. */
  public CodecBench() {
    encodeOutcome();
  }

  /** As a gateway does; the payload is copied, it is encrypted elsewhere. */
  @Benchmark
  public int encodeSubmit() {
    commands.submit(number++, NOW_MS);
    return commands.length();
  }

  /** What the engine reads of it. */
  @Benchmark
  public long decodeSubmit() {
    submit.wrapAndApplyHeader(submitted, 0, header);
    long seen = submit.head().participant() + submit.head().connection();
    for (final SubmitPaymentDecoder.PaymentsDecoder item : submit.payments()) {
      seen += item.key().hi() + item.key().lo() + item.uetr().hi() + item.uetr().lo();
      seen += item.createdMs() + item.debtorAgent() + item.creditorAgent() + item.asset();
      seen += item.modeRaw() + item.settlementModelRaw() + item.scheme() + item.amount();
      seen += item.timeoutMs() + item.valueDate() + item.aliasVersion() + item.verdict().kind();
      seen += item.alias().a() + item.alias().b() + item.alias().c() + item.alias().d();
      seen += item.contentDigest().a() + item.contentDigest().b();
      seen += item.contentDigest().c() + item.contentDigest().d();
      seen += item.skipPayload();
    }
    return seen;
  }

  /** As the engine does. */
  @Benchmark
  public final int encodeOutcome() {
    outcomeEncoder
        .wrapAndApplyHeader(answered, 0, headerEncoder)
        .sequence(++number)
        .timeMs(NOW_MS)
        .commandTemplate(SubmitPaymentDecoder.TEMPLATE_ID)
        .code(Code.OK)
        .replayed((short) 0)
        .differs(Field.NONE)
        .state((short) 0)
        .originalSequence(number)
        .reserved((short) 0)
        .key()
        .hi(1)
        .lo(number);
    outcomeEncoder.value(0).digest().a(0).b(0).c(0).d(0);
    final OutcomeEncoder.ItemsEncoder item = outcomeEncoder.itemsCount(1).next();
    item.key().hi(1).lo(number);
    item.code(Code.OK)
        .replayed((short) 0)
        .differs(Field.NONE)
        .state(PaymentState.RESERVED)
        .reserved((short) 0)
        .reason(0)
        .originalSequence(number);
    outcomeEncoder.valuesCount(0);
    return MessageHeaderEncoder.ENCODED_LENGTH + outcomeEncoder.encodedLength();
  }

  /** In place, as a client does that keeps nothing. */
  @Benchmark
  public long decodeOutcome() {
    outcome.wrapAndApplyHeader(answered, 0, header);
    long seen = outcome.sequence() + outcome.timeMs() + outcome.code().value();
    for (final OutcomeDecoder.ItemsDecoder item : outcome.items()) {
      seen += item.key().hi() + item.key().lo() + item.code().value() + item.state().value();
      seen += item.replayed() + item.reason() + item.originalSequence();
    }
    for (final OutcomeDecoder.ValuesDecoder value : outcome.values()) {
      seen += value.amount();
    }
    return seen;
  }

  /** As a gateway does, for another thread: a copy that outlives the buffer, so it allocates. */
  @Benchmark
  public OutcomeCopy copyOutcome() {
    return OutcomeCopy.of(answered, 0);
  }
}
