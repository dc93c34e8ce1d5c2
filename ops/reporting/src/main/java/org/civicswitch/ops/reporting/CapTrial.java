package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * One participant's payments under another cap, in the order of the feed. What was really available
 * is known: behind every change that is no payment and at the end of every minute, and by payments,
 * returns and redemptions in between. What would have been is that, and what refused payments
 * really took.
 */
final class CapTrial {
  private static final String PREFUNDED = "PREFUNDED_GROSS";
  private static final int ROWS = 1_000;

  private final PositionHistory positions;
  private final long participant;
  private final long asset;
  private final long cap;
  private final long fromMs;

  /** Whose payments move this position. */
  private final Set<Long> own;

  /** What becomes final later than what is at hand; by the feed sequence at which it does. */
  private final PriorityQueue<Ending> endings =
      new PriorityQueue<>(Comparator.comparingLong(Ending::at));

  private final Deque<PositionHistory.Position> history = new ArrayDeque<>();
  private final Deque<PositionHistory.Move> moves = new ArrayDeque<>();
  private final List<WhatIf.Refused> listed = new ArrayList<>();
  private boolean begun;
  private boolean historyEnded;
  private long historyAt;
  private boolean movesEnded;
  private long movesAt;

  /** Minor units. */
  private long available;

  /** What refused payments had really taken, and so would not be missing. */
  private long spared;

  private long asked;
  private long askedMinor;
  private long refused;
  private long refusedMinor;
  private long refusedThen;
  private long wouldPass;
  private long deferred;
  private long lowest = Long.MAX_VALUE;
  private long lowestMs;

  /** What a payment does to the position when it ends: to what was, and to what would have been. */
  private record Ending(long at, long available, long spared) {}

  CapTrial(
      final PositionHistory positions,
      final long participant,
      final long asset,
      final long cap,
      final long fromMs,
      final Set<Long> own) {
    this.positions = positions;
    this.participant = participant;
    this.asset = asset;
    this.cap = cap;
    this.fromMs = fromMs;
    this.own = own;
  }

  /** In order of their numbers. */
  void payment(final PaymentRow row) throws IOException {
    if (!row.settlementModel().equals(PREFUNDED)) {
      deferred += row.openedMs() >= fromMs ? 1 : 0;
      return;
    }
    if (row.openedMs() < fromMs) {
      underWay(row);
      return;
    }
    begin(row.number() - 1);
    moveTo(row.number() - 1);
    final boolean isRefused = draws(row) && isRefused(row);
    if (own.contains(row.creditorAgent()) && WhatIf.isPosted(row)) {
      endings.add(new Ending(row.finalFeedSequence(), row.amount(), isRefused ? -row.amount() : 0));
    }
  }

  /** Whether it is paid from this position; a line of an envelope is from its programme's cash. */
  private boolean draws(final PaymentRow row) {
    return own.contains(row.debtorAgent()) && row.envelope() == null;
  }

  /** Of a payment reserved before the stretch only its end can fall into it. */
  private void underWay(final PaymentRow row) {
    if (row.finalFeedSequence() == null || row.finalFeedSequence() == row.number()) {
      return;
    }
    final boolean posted = WhatIf.isPosted(row);
    if ((draws(row) && !posted) || (own.contains(row.creditorAgent()) && posted)) {
      endings.add(new Ending(row.finalFeedSequence(), row.amount(), 0));
    }
  }

  private boolean isRefused(final PaymentRow row) {
    final boolean posted = WhatIf.isPosted(row);
    final boolean atOnce =
        row.finalFeedSequence() != null && row.finalFeedSequence() == row.number();
    final long headroom = available + spared + cap;
    if (atOnce && !posted) {
      // It never took anything.
      if ("NET_DEBIT_CAP".equals(row.code())) {
        refusedThen++;
        wouldPass += row.amount() <= headroom ? 1 : 0;
      }
      return false;
    }
    asked++;
    askedMinor += row.amount();
    available -= row.amount();
    final boolean givenBack = row.finalFeedSequence() != null && !posted;
    if (row.amount() <= headroom) {
      see(headroom - row.amount(), row.openedMs());
      if (givenBack) {
        endings.add(new Ending(row.finalFeedSequence(), row.amount(), 0));
      }
      return false;
    }
    see(headroom, row.openedMs());
    refused++;
    refusedMinor += row.amount();
    // What was given back of it later is moved by its returns.
    spared += row.amount() - row.returnedAmount();
    if (listed.size() < WhatIf.LISTED) {
      listed.add(new WhatIf.Refused(row, headroom));
    }
    if (givenBack) {
      endings.add(new Ending(row.finalFeedSequence(), row.amount(), -row.amount()));
    }
    return true;
  }

  private void see(final long headroom, final long timeMs) {
    if (headroom < lowest) {
      lowest = headroom;
      lowestMs = timeMs;
    }
  }

  private void begin(final long feedSequence) throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    available =
        positions
            .at(participant, asset, feedSequence)
            .map(PositionHistory.Position::available)
            .orElse(0L);
    historyAt = feedSequence;
    movesAt = feedSequence;
    while (!endings.isEmpty() && endings.peek().at() <= feedSequence) {
      endings.poll();
    }
  }

  /** Takes in all that happened up to this event: ends of payments, moves, known positions. */
  private void moveTo(final long feedSequence) throws IOException {
    while (true) {
      fetch();
      final long ends = endings.isEmpty() ? Long.MAX_VALUE : endings.peek().at();
      final long known = history.isEmpty() ? Long.MAX_VALUE : history.peek().asOf();
      final long moved = moves.isEmpty() ? Long.MAX_VALUE : moves.peek().at();
      if (Math.min(ends, Math.min(known, moved)) > feedSequence) {
        return;
      }
      // What is known of a sequence has in it what happened there.
      if (ends <= known && ends <= moved) {
        final Ending ending = endings.poll();
        available += ending.available();
        spared += ending.spared();
      } else if (moved <= known) {
        available += moves.poll().available();
      } else {
        available = history.poll().available();
      }
    }
  }

  private void fetch() throws IOException {
    if (history.isEmpty() && !historyEnded) {
      history.addAll(positions.between(participant, asset, historyAt, Long.MAX_VALUE, ROWS));
      historyEnded = history.size() < ROWS;
      historyAt = history.isEmpty() ? historyAt : history.peekLast().asOf();
    }
    if (moves.isEmpty() && !movesEnded) {
      moves.addAll(positions.moves(participant, asset, movesAt, ROWS));
      movesEnded = moves.size() < ROWS;
      movesAt = moves.isEmpty() ? movesAt : moves.peekLast().at();
    }
  }

  WhatIf.Cap result(final long toMs, final long cutMs, final long asOf) {
    return new WhatIf.Cap(
        fromMs,
        toMs,
        asked,
        askedMinor,
        refused,
        refusedMinor,
        refusedThen,
        wouldPass,
        deferred,
        asked == 0 ? 0 : lowest,
        lowestMs,
        List.copyOf(listed),
        cutMs,
        asOf);
  }
}
