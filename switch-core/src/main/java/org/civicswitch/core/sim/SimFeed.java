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

  /** Appends what it does not hold yet of all that ever happened. */
  void append(final List<DirectBuffer> all) {
    events.addAll(all.subList(Math.min(all.size(), events.size()), all.size()));
  }

  void append(final DirectBuffer event) {
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

  /** Takes off an end of any length, durable or not; what is left is durable. Returns it. */
  List<DirectBuffer> cut(final SplittableRandom random) {
    final List<DirectBuffer> end = events.subList(random.nextInt(events.size() + 1), events.size());
    final List<DirectBuffer> lost = List.copyOf(end);
    end.clear();
    durable = events.size();
    return lost;
  }

  /** Puts back what was cut off. */
  void mend(final List<DirectBuffer> lost) {
    events.addAll(lost);
    sync();
  }

  /** What consumers have read must be what happened. */
  void check(final List<DirectBuffer> truth) {
    SimFailure.unless(events.equals(truth), "the feed differs from what happened");
  }
}
