package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.ops.console.StageLatencies;
import org.junit.jupiter.api.Test;

final class TimedConnectionTest {
  private final Queue<Long> taken = new ArrayDeque<>();
  private int answer = SwitchClient.ACCEPTED;

  @Test
  void countsAnInstructionAndAConfirmationOnceEach() {
    final TimedConnection timed = new TimedConnection(new Backend());
    final SwitchClient client = timed.newClient();
    final StageLatencies stages = timed.stages();
    assertThat(client.offer(command(SubmitPaymentEncoder.TEMPLATE_ID), 0, 8, 1)).isEqualTo(1);
    assertThat(client.offer(command(PulseEncoder.TEMPLATE_ID), 0, 8, 2)).isEqualTo(1);
    answer = SwitchClient.BACK_PRESSURED;
    assertThat(client.offer(command(ConfirmPaymentEncoder.TEMPLATE_ID), 0, 8, 3)).isEqualTo(-1);
    answer = SwitchClient.ACCEPTED;
    assertThat(client.offer(command(ConfirmPaymentEncoder.TEMPLATE_ID), 0, 8, 3)).isEqualTo(1);
    final List<Long> outcomes = new ArrayList<>();
    assertThat(client.poll((id, buffer, at, length) -> outcomes.add(id), 10)).isEqualTo(3);
    assertThat(outcomes).containsExactly(1L, 2L, 3L);
    assertThat(stages.stages()).hasSize(2);
    for (final String stage : stages.stages()) {
      final Histogram micros = new Histogram(3);
      stages.drain(stage, micros);
      assertThat(micros.getTotalCount()).as(stage).isEqualTo(1);
    }
  }

  private static DirectBuffer command(final int template) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
    buffer.putShort(2, (short) template, java.nio.ByteOrder.LITTLE_ENDIAN);
    return buffer;
  }

  /** Takes what it is told to take and answers it at the next poll. */
  private final class Backend implements SwitchConnection, SwitchClient {
    @Override
    public SwitchClient newClient() {
      return this;
    }

    @Override
    public FeedReader feedFrom(final long feedSequence) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int offer(
        final DirectBuffer command, final int offset, final int length, final long correlationId) {
      if (answer == ACCEPTED) {
        taken.add(correlationId);
      }
      return answer;
    }

    @Override
    public int poll(final OutcomeHandler handler, final int limit) {
      int polled = 0;
      while (!taken.isEmpty()) {
        handler.onOutcome(taken.remove(), command(0), 0, 8);
        polled++;
      }
      return polled;
    }

    @Override
    public void close() {}
  }
}
