package org.civicswitch.ops.cli.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.core.engine.EngineSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch verify}. */
@Command(
    name = "verify",
    description = "Offline: replays journal and snapshots and checks every invariant.",
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory of a switch that is not running.")
  private Path data;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    spec.commandLine().getErr().println("civicswitch verify: reading " + data + "...");
    final Verification found = verification();
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asMap(found)));
    } else {
      print(out, found);
    }
    out.flush();
    return found.ok() ? 0 : 1;
  }

  private Verification verification() {
    try {
      return Verification.of(data);
    } catch (final IOException e) {
      return Verification.unreadable(e.getMessage());
    }
  }

  private static Map<String, Object> asMap(final Verification found) {
    final EngineSummary summary = found.summary();
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("commands", summary == null ? found.replayed() : summary.commands());
    map.put("replayed", found.replayed());
    map.put("signatures", found.signatures());
    map.put("state_hash", String.format("%016x", found.stateHash()));
    map.put("accounts", summary == null ? 0 : summary.accounts());
    map.put("assets", summary == null ? List.of() : SummaryFields.assets(summary));
    map.put("payments", SummaryFields.payments(summary));
    map.put("ok", found.ok());
    map.put("problems", found.problems());
    map.put("notes", found.notes());
    return map;
  }

  private static void print(final PrintWriter out, final Verification found) {
    final EngineSummary summary = found.summary();
    found.notes().forEach(note -> out.println("note     " + note));
    if (summary != null) {
      out.printf(
          "commands %,d (%,d replayed), %,d operators' signatures%n",
          summary.commands(), found.replayed(), found.signatures());
      out.printf("state    %016x, %,d accounts%n", found.stateHash(), summary.accounts());
      SummaryFields.payments(summary)
          .forEach((name, count) -> out.printf("%-8s %,d%n", name, count));
      summary.assets().forEach(asset -> out.println(SummaryFields.line(asset)));
    }
    found.problems().forEach(problem -> out.println("PROBLEM  " + problem));
    out.println(found.ok() ? "ok" : "NOT OK");
  }
}
