package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;

/** The newest envelopes and how far each has come. */
final class Envelopes {
  static final int KEPT = 1_000;

  /** Reasons counted by name; what comes after these is counted together. */
  static final int REASONS = 24;

  private final Map<Id128, Envelope> byId = new LinkedHashMap<>();

  void on(final EnvelopeChangedDecoder event) {
    final Envelope envelope = at(Id128.of(event.envelope()));
    envelope.programme = event.programme();
    envelope.cycle = event.cycle();
    envelope.state = event.state();
    envelope.declaredCount = event.declaredCount();
    envelope.declaredTotal = event.declaredTotal();
    envelope.added = event.added();
    envelope.addedTotal = event.addedTotal();
    envelope.sent = event.sent();
    envelope.settled = event.settled();
    envelope.settledTotal = event.settledTotal();
    envelope.rejected = event.rejected();
    envelope.expired = event.expired();
    envelope.held = event.held();
    envelope.returned = event.returned();
    envelope.approvals = event.approvals();
    envelope.changedMs = event.at().timeMs();
    if (envelope.state == EnvelopeState.RELEASED && envelope.releasedMs == 0) {
      envelope.releasedMs = envelope.changedMs;
    }
    envelope.pace.add(envelope.changedMs, envelope.done());
  }

  Envelope at(final Id128 id) {
    final Envelope known = byId.get(id);
    if (known != null) {
      return known;
    }
    final Envelope envelope = new Envelope(id);
    byId.put(id, envelope);
    if (byId.size() > KEPT) {
      final var eldest = byId.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return envelope;
  }

  Envelope get(final Id128 id) {
    return byId.get(id);
  }

  /** Newest first. */
  List<Envelope> all() {
    final List<Envelope> list = new ArrayList<>(byId.values());
    java.util.Collections.reverse(list);
    return list;
  }

  /** One envelope; counts of lines, totals in minor units of the programme's cash. */
  static final class Envelope {
    final Id128 id;
    long programme;
    long cycle;
    EnvelopeState state = EnvelopeState.NONE;
    long declaredCount;
    long declaredTotal;
    long added;
    long addedTotal;
    long sent;
    long settled;
    long settledTotal;
    long rejected;
    long expired;
    long held;
    long returned;
    long approvals;
    long releasedMs;
    long changedMs;
    final Pace pace = new Pace();
    final Map<String, Long> reasons = new TreeMap<>();

    Envelope(final Id128 id) {
      this.id = id;
    }

    /** Lines with a final answer. */
    long done() {
      return settled + rejected + expired;
    }

    void countReason(final String reason) {
      reasons.merge(
          reasons.size() < REASONS || reasons.containsKey(reason) ? reason : "other",
          1L,
          Long::sum);
    }
  }

  /** How fast a count grows: over the last ten seconds of log time. */
  static final class Pace {
    private static final int SECONDS = 10;
    private final long[] second = new long[SECONDS + 1];
    private final long[] count = new long[SECONDS + 1];

    void add(final long timeMs, final long total) {
      final long now = timeMs / 1000;
      final int slot = (int) Math.floorMod(now, (long) second.length);
      second[slot] = now;
      count[slot] = total;
    }

    /** Per second, seen from {@code nowMs}; 0 when nothing has moved in the last ten seconds. */
    double perSecond(final long nowMs) {
      final long now = nowMs / 1000;
      long newest = Long.MIN_VALUE;
      long oldest = Long.MAX_VALUE;
      long newestCount = 0;
      long oldestCount = 0;
      for (int i = 0; i < second.length; i++) {
        if (second[i] == 0 || second[i] < now - SECONDS || second[i] > now) {
          continue;
        }
        if (second[i] > newest) {
          newest = second[i];
          newestCount = count[i];
        }
        if (second[i] < oldest) {
          oldest = second[i];
          oldestCount = count[i];
        }
      }
      return newest > oldest ? (newestCount - oldestCount) / (double) (newest - oldest) : 0;
    }
  }
}
