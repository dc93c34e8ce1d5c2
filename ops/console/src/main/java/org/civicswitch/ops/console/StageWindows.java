package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The last minute of every stage that the host reports; drained once a second by one thread. */
final class StageWindows {
  static final int SECONDS = 60;

  private final StageLatencies source;
  private final List<Window> windows = new ArrayList<>();

  StageWindows(final StageLatencies source) {
    this.source = source;
    for (final String stage : source.stages()) {
      windows.add(new Window(stage));
    }
  }

  /** Takes what was recorded since the last call as one more second. */
  synchronized void tick() {
    for (final Window window : windows) {
      final Histogram second = new Histogram(Rates.MICROS_MAX, 2);
      second.setAutoResize(true);
      source.drain(window.stage, second);
      window.ring[window.next] = second.getTotalCount() > 0 ? second : null;
      window.next = (window.next + 1) % SECONDS;
    }
  }

  /** The sum over the window, stage by stage. */
  synchronized List<Named> sums() {
    final List<Named> sums = new ArrayList<>(windows.size());
    for (final Window window : windows) {
      final Histogram sum = new Histogram(Rates.MICROS_MAX, 2);
      sum.setAutoResize(true);
      for (final Histogram second : window.ring) {
        if (second != null) {
          sum.add(second);
        }
      }
      sums.add(new Named(window.stage, sum));
    }
    return sums;
  }

  record Named(String stage, Histogram micros) {}

  private static final class Window {
    final String stage;
    final Histogram[] ring = new Histogram[SECONDS];
    int next;

    Window(final String stage) {
      this.stage = stage;
    }
  }
}
