package org.civicswitch.ops.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.ops.treasury.ChangeKind;

/** Who did alone what others should have approved: an alarm on every page for a day. */
final class GlassBreaks {
  static final long ALARM_MS = TimeUnit.DAYS.toMillis(1);

  /** Older ones are in the log, and in the reporting store. */
  static final int KEPT = 20;

  private final Deque<Break> newestFirst = new ArrayDeque<>();

  /** One of them. */
  record Break(String kind, long operator, String reason, long sequence, long timeMs) {}

  void on(final GlassBrokenDecoder event) {
    newestFirst.addFirst(
        new Break(
            ChangeKind.word(event.changeTemplate()),
            event.signer(),
            event.reason().strip(),
            event.at().sequence(),
            event.at().timeMs()));
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  /** Those kept that are behind a sequence of the log, the newest first. */
  List<Break> behind(final long sequence) {
    final List<Break> later = new ArrayList<>(newestFirst);
    later.removeIf(one -> one.sequence() <= sequence);
    return later;
  }

  List<Break> since(final long nowMs) {
    final List<Break> recent = new ArrayList<>(newestFirst);
    recent.removeIf(one -> nowMs - one.timeMs() >= ALARM_MS);
    return recent;
  }
}
