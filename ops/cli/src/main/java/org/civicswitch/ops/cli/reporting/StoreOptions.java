package org.civicswitch.ops.cli.reporting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.reporting.ReportingSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which store: that of a data directory, as the settings of its node have it. */
final class StoreOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory of the switch.")
  private Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings (HOCON), as for start.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over the file; for example reporting.url=jdbc:postgresql://...")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  Path data() {
    return data;
  }

  boolean json() {
    return json;
  }

  /**
   * @throws ParameterException if a setting is wrong
   * @throws IOException if there is no data, or no store is wanted for it
   */
  ReportingSettings store(final CommandLine line) throws IOException {
    final NodeConfig node;
    try {
      node = NodeConfig.load(config, settings);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
    if (!Files.isDirectory(LocalSwitch.journalDirectory(data))) {
      throw new IOException("there is no switch's data in " + data);
    }
    return node.reporting(data)
        .orElseThrow(() -> new IOException("reporting is switched off: reporting.enabled = false"));
  }
}
