package org.civicswitch.ops.cli.reporting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.ops.reporting.ReportingSettings;
import org.civicswitch.ops.reporting.ReportingStore;
import org.civicswitch.ops.reporting.ReportingStore.StorePosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./civicswitch reporting status}. Looks into the store itself; into an embedded one that a
 * running switch has open, through that switch's metrics.
 */
@Command(
    name = "status",
    description = "How far the reporting store is, and how far behind the feed.",
    mixinStandardHelpOptions = true)
final class ReportingStatusCommand implements Callable<Integer> {
  private static final int BATCH = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions options;

  @Override
  public Integer call() throws Exception {
    final ReportingSettings settings = options.store(spec.commandLine());
    final Map<String, Object> found = new LinkedHashMap<>();
    found.put("ok", true);
    found.put("store", settings.where());
    final long sequence = look(settings, found);
    found.put("feed_sequence", sequence);
    behind(sequence, found);
    final PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(JsonMapper.shared().writeValueAsString(found));
    } else {
      found.forEach((name, value) -> out.printf("%-14s %s%n", name, value));
    }
    out.flush();
    return 0;
  }

  private long look(final ReportingSettings settings, final Map<String, Object> found)
      throws IOException {
    try {
      final Optional<StorePosition> position = ReportingStore.look(settings);
      found.put("exists", position.isPresent());
      if (position.isEmpty()) {
        return 0;
      }
      found.put("log_sequence", position.get().logSequence());
      found.put("time", Instant.ofEpochMilli(position.get().timeMs()).toString());
      return position.get().feedSequence();
    } catch (final ReportingStore.StoreInUseException e) {
      final NodeMetrics metrics = NodeMetrics.read(options.data());
      found.put("exists", true);
      found.put("lag_seconds", metrics.value("civicswitch_reporting_lag_seconds"));
      found.put("stopped", metrics.value("civicswitch_reporting_stopped") != 0);
      return (long) metrics.value("civicswitch_reporting_feed_sequence");
    }
  }

  /** Counts what the feed has behind this; says instead if that is gone from it. */
  private void behind(final long sequence, final Map<String, Object> found) {
    final Path feed = LocalSwitch.feedDirectory(options.data());
    long count = 0;
    try (FeedReader reader = FeedReaders.open(feed, sequence + 1)) {
      int more;
      do {
        more = reader.poll((at, event, offset, length) -> {}, BATCH);
        count += more;
      } while (more > 0);
      found.put("events_behind", count);
    } catch (final FeedReader.FeedGoneException e) {
      found.put("ok", false);
      found.put("problem", e.getMessage() + ": 'civicswitch reporting rebuild' makes it anew");
    }
  }
}
