package org.civicswitch.gateway.iso20022.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.gateway.kit.client.OutcomeCopy;

/**
 * Moves participants' cursors in the log, one command at a time for each participant: what is
 * acknowledged while one is under way goes with the next. Safe for use by many threads.
 */
final class Acknowledgements {
  private final GatewayContext context;
  private final Map<Integer, Turn> turns = new HashMap<>();

  Acknowledgements(GatewayContext context) {
    this.context = context;
  }

  private static final class Turn {
    private boolean underWay;
    private CompletableFuture<OutcomeCopy> next;
    private long nextCursor;
    private int nextConnection;
  }

  /** Completes when the log has it. */
  CompletableFuture<OutcomeCopy> move(int participant, int connection, long cursor) {
    synchronized (turns) {
      final Turn turn = turns.computeIfAbsent(participant, p -> new Turn());
      if (!turn.underWay) {
        turn.underWay = true;
        return submit(participant, connection, cursor);
      }
      if (turn.next == null) {
        turn.next = new CompletableFuture<>();
      }
      turn.nextCursor = Math.max(turn.nextCursor, cursor);
      turn.nextConnection = connection;
      return turn.next;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
  private CompletableFuture<OutcomeCopy> submit(int participant, int connection, long cursor) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    final AcknowledgeDeliveryEncoder command = new AcknowledgeDeliveryEncoder();
    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    command
        .head()
        .participant(participant)
        .connection(connection)
        .keyHi(participant)
        .keyLo(cursor)
        .createdMs(context.nowMs());
    command.cursor(cursor);
    final CompletableFuture<OutcomeCopy> done = new CompletableFuture<>();
    context
        .commands()
        .submit(
            buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength(), Runnable::run)
        .whenComplete(
            (outcome, failure) -> {
              following(participant);
              if (failure == null) {
                done.complete(outcome);
              } else {
                done.completeExceptionally(failure);
              }
            });
    return done;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
  private void following(int participant) {
    synchronized (turns) {
      final Turn turn = turns.get(participant);
      if (turn.next == null) {
        turn.underWay = false;
        return;
      }
      final CompletableFuture<OutcomeCopy> waiting = turn.next;
      turn.next = null;
      submit(participant, turn.nextConnection, turn.nextCursor)
          .whenComplete(
              (outcome, failure) -> {
                if (failure == null) {
                  waiting.complete(outcome);
                } else {
                  waiting.completeExceptionally(failure);
                }
              });
    }
  }
}
