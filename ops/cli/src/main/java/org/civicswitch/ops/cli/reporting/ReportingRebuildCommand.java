package org.civicswitch.ops.cli.reporting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.ops.reporting.ReportingSettings;
import org.civicswitch.ops.reporting.ReportingStore;
import org.civicswitch.ops.reporting.StoreWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch reporting rebuild}. */
@Command(
    name = "rebuild",
    description = "Empties the reporting store of a switch that is not running and fills it again.",
    mixinStandardHelpOptions = true)
final class ReportingRebuildCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions options;

  @Override
  public Integer call() throws Exception {
    final ReportingSettings settings = options.store(spec.commandLine());
    final Path journal = LocalSwitch.journalDirectory(options.data());
    final long startNs = System.nanoTime();
    final Map<String, Object> done = new LinkedHashMap<>();
    done.put("ok", true);
    done.put("store", settings.where());
    // Held all the while: a switch that starts now would write into a store half made.
    try (DirectoryStorage storage = DirectoryStorage.openToRead(journal)) {
      tell("emptying " + settings.where() + "...");
      ReportingStore.clear(settings);
      done.put("from", fill(settings, storage, done));
    }
    done.put("seconds", Math.round((System.nanoTime() - startNs) / 1e8) / 10.0);
    final PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(JsonMapper.shared().writeValueAsString(done));
    } else {
      out.printf(
          "%,d events from the %s in %s s%n",
          (Long) done.get("events"), done.get("from"), done.get("seconds"));
    }
    out.flush();
    return 0;
  }

  private String fill(
      final ReportingSettings settings,
      final DirectoryStorage storage,
      final Map<String, Object> done)
      throws IOException, SQLException {
    try (ReportingStore store = ReportingStore.open(settings);
        StoreWriter writer = store.openWriter()) {
      final WholeFeed whole = new WholeFeed(options.data(), storage, writer, this::tell);
      final String from = whole.read();
      writer.flush();
      done.put("events", writer.committedSequence());
      return from;
    }
  }

  private void tell(final String note) {
    spec.commandLine().getErr().println("civicswitch reporting: " + note);
    spec.commandLine().getErr().flush();
  }
}
