package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.Sender;

/** Sends the lines of one envelope: the second pass over a roll. A bounded number is under way. */
final class Filling {
  /** Commands under way at most. */
  static final int WINDOW = 16;

  /** How often a command is sent again when lines of it met a limit that may pass. */
  static final int TRIES = 40;

  private final OfficeContext context;
  private final Id128 envelope;
  private final LineChunk chunk;
  private final Deque<Sender.Sent> underWay = new ArrayDeque<>();
  private final Map<Integer, Code> noRoom = new HashMap<>();

  Filling(final OfficeContext context, final Id128 envelope) {
    this.context = context;
    this.envelope = envelope;
    chunk = new LineChunk(context.commands(), envelope);
  }

  /**
   * Sends what is wanted and not yet there.
   *
   * @param wanted lines of the roll
   * @return lines that a limit of the switch kept out however often they were sent
   */
  Map<Integer, Code> send(final Roll roll, final BitSet wanted)
      throws IOException, RollFormatException {
    final BitSet there = context.book().lines(envelope).added();
    roll.rows(
        row -> {
          if (wanted.get((int) row.line()) && !there.get((int) row.line())) {
            add(context.line(row, context.payee(row), envelope));
          }
        });
    if (!chunk.isEmpty()) {
      offer();
    }
    while (!underWay.isEmpty()) {
      settleOldest();
    }
    return noRoom;
  }

  private void add(final LineChunk.Line line) {
    if (!chunk.hasRoomFor(line)) {
      offer();
    }
    chunk.add(line);
  }

  private void offer() {
    if (underWay.size() == WINDOW) {
      settleOldest();
    }
    underWay.add(context.sender().send(chunk.take()));
  }

  private void settleOldest() {
    final Sender.Sent sent = underWay.remove();
    OutcomeCopy outcome = context.sender().await(sent);
    for (int tries = 1; tries < TRIES && mayPass(outcome); tries++) {
      // The same keys: lines that were taken are answered as before.
      outcome = context.sender().again(sent);
    }
    if (!outcome.ok()) {
      throw new IllegalStateException("lines were not taken: " + outcome.code());
    }
    for (final OutcomeCopy.Item item : outcome.items()) {
      if (mayPass(item)) {
        noRoom.put((int) item.key().lo(), item.code());
      }
    }
  }

  private static boolean mayPass(final OutcomeCopy outcome) {
    return outcome.items().stream().anyMatch(Filling::mayPass);
  }

  private static boolean mayPass(final OutcomeCopy.Item item) {
    return item.code() == Code.CAPACITY || item.code() == Code.THROTTLED;
  }
}
