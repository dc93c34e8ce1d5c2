package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/** The feed's files: what was not synced may be lost in a crash, from the end on. */
final class SimFeed {
  private final List<DirectBuffer> events = new ArrayList<>();
  private int durable;

  long lastSequence() {
    return events.size();
  }

  void append(final long feedSequence, final DirectBuffer event) {
    SimFailure.unlessEqual(lastSequence() + 1, feedSequence, "next sequence of the feed");
    events.add(event);
  }

  void sync() {
    durable = events.size();
  }

  /** True if something was lost. */
  boolean crash(final SplittableRandom random) {
    final int kept = durable + random.nextInt(events.size() - durable + 1);
    final boolean lost = kept < events.size();
    events.subList(kept, events.size()).clear();
    return lost;
  }

  /** What consumers have read must be what happened. */
  void check(final List<DirectBuffer> truth) {
    SimFailure.unless(events.equals(truth), "the feed differs from what happened");
  }
}
