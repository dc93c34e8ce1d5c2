package org.civicswitch.bench.jmh;

import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.bench.BenchWorld;
import org.civicswitch.bench.PaymentCommands;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The engine alone: a payment submitted and confirmed, as the host's engine thread does it. As much
 * is forgotten as comes, so nothing grows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBench {
  private static final long START_MS = 1_800_000_000_000L;
  private static final long KEPT_MS = 60_000;
  private static final int SUBMIT_BYTES = 1024;
  private static final int TEMPLATE_AT = 2;

  /** Milliseconds of log time between payments: what is kept is two minutes of them. */
  @Param({"100", "1"})
  public int stepMs;

  private final SwitchEngine engine = new SwitchEngine();
  private final PaymentCommands commands = new PaymentCommands(SUBMIT_BYTES);
  private final Discarded output = new Discarded();
  private long nowMs = START_MS;
  private long number;

  /** Seeds, then pays until the first payments are forgotten. */
  @Setup
  public void fill() {
    apply(
        BenchWorld.configure(
            nowMs,
            Parameter.DUPLICATE_WINDOW_MS,
            KEPT_MS,
            Parameter.PAYMENT_TIMEOUT_MS_MAX,
            KEPT_MS,
            Parameter.PAYMENT_RETENTION_MS,
            KEPT_MS));
    BenchWorld.genesis(nowMs).forEach(this::apply);
    final long payments = 3 * KEPT_MS / stepMs;
    for (long i = 0; i < payments; i++) {
      twoPhases();
    }
  }

  private void apply(final byte[] command) {
    apply(new UnsafeBuffer(command), command.length);
  }

  private void apply(final UnsafeBuffer command, final int length) {
    engine.touch(command, 0, length);
    engine.apply(engine.sequence() + 1, nowMs, command, 0, length, output);
  }

  /** Encoding both commands, applying both. */
  @Benchmark
  public long twoPhases() {
    final long payment = number++;
    nowMs += stepMs;
    output.payments = 0;
    apply(commands.submit(payment, nowMs), commands.length());
    apply(commands.confirm(payment, nowMs), commands.length());
    if (output.payments != 2) {
      throw new IllegalStateException("payment " + payment + " was not made");
    }
    return engine.feedSequence();
  }

  /** What of {@link #twoPhases} is the client's. */
  @Benchmark
  public int encodeOnly() {
    final long payment = number++;
    final int first = commands.submit(payment, nowMs).capacity();
    return first + commands.confirm(payment, nowMs).capacity();
  }

  /** Counts reservations and settlements; forgets everything. */
  private static final class Discarded implements Output {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_BYTES]);
    private int payments;

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public void outcome(final int length) {
      // Not read.
    }

    @Override
    public void event(final int length) {
      final int template = buffer.getShort(TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN);
      if (template == PaymentReservedDecoder.TEMPLATE_ID
          || template == PaymentSettledDecoder.TEMPLATE_ID) {
        payments++;
      }
    }
  }
}
