package org.civicswitch.ops.console;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Latencies of stages that the feed's times do not show: parsing, sequencing, journal. The host and
 * the gateways record, the console drains once a second from one thread.
 */
public interface StageLatencies {
  /** In the order of a payment's way; fixed for the life of the console; at most {@value #MAX}. */
  List<String> stages();

  /** Adds what was recorded since the last call, in microseconds. */
  void drain(String stage, Histogram intoMicros);

  int MAX = 16;

  /** No stages beyond those the console measures itself. */
  static StageLatencies none() {
    return of(Map.of());
  }

  /**
   * Stages from recorders of microseconds, in the map's own order (give a {@link
   * java.util.LinkedHashMap}). The console becomes the only one to read them.
   */
  static StageLatencies of(final Map<String, Recorder> recorders) {
    final List<String> names = List.copyOf(recorders.keySet());
    final Map<String, Recorder> byName = Map.copyOf(recorders);
    return new StageLatencies() {
      @Override
      public List<String> stages() {
        return names;
      }

      @Override
      public void drain(final String stage, final Histogram intoMicros) {
        final Histogram interval = byName.get(stage).getIntervalHistogram();
        if (interval.getTotalCount() > 0) {
          intoMicros.add(interval);
        }
      }
    };
  }
}
