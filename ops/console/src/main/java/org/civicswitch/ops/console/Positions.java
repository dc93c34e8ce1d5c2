package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.PositionChangedDecoder;

/**
 * What every participant holds in every asset: set by {@code PositionChanged}, moved by payments in
 * between. Amounts in minor units.
 */
final class Positions {
  private final Map<Key, Position> byKey = new HashMap<>();
  private long lookedMs;

  void on(final PositionChangedDecoder event) {
    final Position position = at(event.participant(), event.asset());
    position.netDebitCap = event.netDebitCap();
    position.paymentMax = event.paymentMax();
    position.debitsPosted = event.debitsPosted();
    position.creditsPosted = event.creditsPosted();
    position.debitsPending = event.debitsPending();
    position.creditsPending = event.creditsPending();
    position.peak = Math.max(position.peak, position.posted());
  }

  /** Once in a while, when log time has moved on. */
  void look(final long timeMs) {
    if (timeMs - lookedMs >= Trend.EVERY_MS) {
      lookedMs = timeMs;
      byKey.values().forEach(position -> position.trend.look(timeMs, position.available()));
    }
  }

  Position at(final long participant, final long asset) {
    return byKey.computeIfAbsent(new Key(participant, asset), Position::new);
  }

  /** By asset, then by participant. */
  List<Position> all() {
    final List<Position> sorted = new ArrayList<>(byKey.values());
    sorted.sort(
        Comparator.<Position>comparingLong(p -> p.key.asset())
            .thenComparingLong(p -> p.key.participant()));
    return sorted;
  }

  /** Who holds a position; whoever only operates the switch does not. */
  int participants() {
    return (int) byKey.keySet().stream().mapToLong(Key::participant).distinct().count();
  }

  record Key(long participant, long asset) {}

  /** One participant in one asset. */
  static final class Position {
    final Key key;
    long netDebitCap;
    long paymentMax;
    long debitsPosted;
    long creditsPosted;
    long debitsPending;
    long creditsPending;

    /** Of what is available: how fast it goes. */
    final Trend trend = new Trend();

    /** The most that was ever final here: what a share of headroom is measured against. */
    long peak;

    Position(final Key key) {
      this.key = key;
    }

    /** Puts aside what will leave, or takes it back with a negative amount. */
    void willPay(final long amount) {
      debitsPending += amount;
    }

    /** Says what will arrive, or takes it back with a negative amount. */
    void willGet(final long amount) {
      creditsPending += amount;
    }

    void debit(final long amount) {
      debitsPosted += amount;
    }

    void credit(final long amount) {
      creditsPosted += amount;
      peak = Math.max(peak, posted());
    }

    /** What is final. */
    long posted() {
      return creditsPosted - debitsPosted;
    }

    /** Promised to others and not theirs yet. */
    long reserved() {
      return debitsPending;
    }

    /** What is final and not promised. */
    long available() {
      return posted() - debitsPending;
    }

    /** How much more may leave before a payment is refused. */
    long headroom() {
      return available() + netDebitCap;
    }
  }
}
