package org.civicswitch.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.engine.SwitchEngine;
import tools.jackson.databind.json.JsonMapper;

/** A process of its own that fills a directory, or starts from one. Prints one JSON object. */
final class LargeStateProcess {
  private LargeStateProcess() {}

  public static void main(final String[] arguments) throws Exception {
    final Path directory = Path.of(arguments[1]);
    final Map<String, Object> found;
    if (arguments[0].equals("fill")) {
      final LargeState state =
          new LargeState(
              Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), null, List.of());
      found = new LargeStateFill(state, Integer.parseInt(arguments[4])).run(directory);
    } else {
      found = start(directory);
    }
    System.out.println(JsonMapper.shared().writeValueAsString(found));
  }

  private static Map<String, Object> start(final Path directory) throws IOException {
    final SwitchEngine engine = new SwitchEngine();
    final Map<String, Object> found = new LinkedHashMap<>();
    final long startNs = System.nanoTime();
    final BenchSwitch bench = BenchSwitch.open(directory, engine);
    try (bench) {
      final long nowNs = System.nanoTime();
      final long nowMs = System.currentTimeMillis();
      found.put("seconds", Math.round((nowNs - startNs) / 1e6) / 1e3);
      found.put(
          "process_seconds", (nowMs - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3);
      found.put("collections", Processes.collections());
      found.put("collector_seconds", Processes.collectorMs() / 1e3);
      found.put("heap_mb", Processes.heapMb());
      found.put("rss_mb_max", Processes.rssMbMax());
      found.put("replayed", bench.host().recovered().replayed());
    }
    found.put("sequence", engine.sequence());
    found.put("feed_sequence", engine.feedSequence());
    found.put("state_hash", engine.stateHash());
    return found;
  }
}
