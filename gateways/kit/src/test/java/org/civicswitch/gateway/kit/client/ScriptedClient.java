package org.civicswitch.gateway.kit.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeEncoder;

/** A switch that answers offers as a test says, and loses the outcomes that a test says. */
final class ScriptedClient implements SwitchClient {
  final List<Long> offered = new ArrayList<>();
  private final Deque<Long> ready = new ArrayDeque<>();
  private final IntUnaryOperator results;
  private final IntUnaryOperator outcomesPerOffer;
  private volatile boolean closed;

  /**
   * @param results what the n-th offer returns, n from 0
   * @param outcomesPerOffer how many outcomes the n-th offer leads to
   */
  ScriptedClient(IntUnaryOperator results, IntUnaryOperator outcomesPerOffer) {
    this.results = results;
    this.outcomesPerOffer = outcomesPerOffer;
  }

  @Override
  public synchronized int offer(DirectBuffer command, int offset, int length, long correlationId) {
    final int n = offered.size();
    offered.add(correlationId);
    final int result = results.applyAsInt(n);
    if (result == ACCEPTED) {
      for (int i = 0; i < outcomesPerOffer.applyAsInt(n); i++) {
        ready.add(correlationId);
      }
    }
    return result;
  }

  @Override
  public synchronized int poll(OutcomeHandler handler, int limit) {
    int count = 0;
    while (count < limit && !ready.isEmpty()) {
      final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
      final OutcomeEncoder outcome = new OutcomeEncoder();
      outcome.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
      outcome.sequence(7).timeMs(8).commandTemplate(20).code(Code.OK).replayed((short) 0);
      outcome.differs(Field.NONE).state((short) 0).originalSequence(0);
      outcome.itemsCount(0);
      outcome.valuesCount(0);
      handler.onOutcome(
          ready.remove(), buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength());
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
