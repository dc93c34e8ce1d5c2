package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;
import org.civicswitch.core.engine.SwitchEngine;
import org.junit.jupiter.api.Test;

/** The limit is only one while it moves as many bytes as the engine. */
class NoDecisionEngineTest {
  private static final long NOW_MS = 1_800_000_000_000L;

  @Test
  void answersWithMessagesAsLongAsTheEngines() {
    for (final int bytes : new int[] {PaymentCommands.SUBMIT_BYTES_MIN, 320, 1024, 4000}) {
      final PaymentCommands commands = new PaymentCommands(bytes);
      final SwitchEngine real = new SwitchEngine();
      final Lengths lengths = new Lengths();
      for (final byte[] command : BenchWorld.genesis(NOW_MS)) {
        apply(real, new UnsafeBuffer(command), command.length, lengths);
      }
      assertThat(payment(real, commands))
          .as("submission of %d bytes", bytes)
          .isEqualTo(payment(new NoDecisionEngine(commands.payloadBytes()), commands))
          .hasSize(4);
    }
  }

  private static List<Integer> payment(final Engine engine, final PaymentCommands commands) {
    final Lengths lengths = new Lengths();
    apply(engine, commands.submit(1, NOW_MS), commands.length(), lengths);
    apply(engine, commands.confirm(1, NOW_MS), commands.length(), lengths);
    return lengths.all;
  }

  private static void apply(
      final Engine engine, final UnsafeBuffer command, final int length, final Lengths lengths) {
    engine.apply(engine.sequence() + 1, NOW_MS, command, 0, length, lengths);
  }

  private static final class Lengths implements Output {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_BYTES]);
    private final List<Integer> all = new ArrayList<>();

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
      all.add(length);
    }

    @Override
    public void event(final int length) {
      all.add(length);
    }
  }
}
