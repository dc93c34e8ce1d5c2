package org.civicswitch.core.host;

import com.lmax.disruptor.Sequence;

/**
 * The release gate: what comes out of a command passes when the command is both durable and
 * applied. Journal and engine move one side each; outcomes and feed wait behind, each at a barrier
 * of its own.
 */
final class Gate {
  private final Sequence durable = new Sequence();
  private final Sequence applied = new Sequence();
  private final StageBarrier outcomes;
  private final StageBarrier feed;

  Gate(final int spins) {
    outcomes = new StageBarrier(this::open, spins);
    feed = new StageBarrier(this::open, spins);
  }

  private long open() {
    return Math.min(durable.get(), applied.get());
  }

  StageBarrier outcomes() {
    return outcomes;
  }

  StageBarrier feed() {
    return feed;
  }

  /** The journal's thread: everything up to this place of the ring is forced. */
  void durable(final long place) {
    durable.set(place);
    wake();
  }

  /** The engine's thread: everything up to this place of the ring is applied. */
  void applied(final long place) {
    applied.set(place);
    wake();
  }

  private void wake() {
    outcomes.wake();
    feed.wake();
  }
}
