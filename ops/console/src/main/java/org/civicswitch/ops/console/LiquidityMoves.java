package org.civicswitch.ops.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;

/** Money that came in or went out last. */
final class LiquidityMoves {
  static final int KEPT = 50;

  private final Deque<Move> newestFirst = new ArrayDeque<>();

  /** One booking under a settlement bank's reference. */
  record Move(
      long participant,
      long asset,
      long amount,
      LiquidityKind kind,
      Id128 reference,
      long sequence,
      long timeMs) {}

  void on(final LiquidityMovedDecoder event) {
    newestFirst.addFirst(
        new Move(
            event.participant(),
            event.asset(),
            event.amount(),
            event.liquidityKind(),
            Id128.of(event.reference()),
            event.at().sequence(),
            event.at().timeMs()));
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  List<Move> newestFirst() {
    return new ArrayList<>(newestFirst);
  }
}
