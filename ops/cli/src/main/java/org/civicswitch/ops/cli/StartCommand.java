package org.civicswitch.ops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.StopSignal;
import org.civicswitch.ops.cli.node.SwitchNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./civicswitch start}. */
@Command(
    name = "start",
    description = "The embedded switch with its gateways, bridge and console, until SIGTERM.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  private static final long HALT_CHECK_MS = 500;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory; made when absent.")
  private Path data;

  @Option(
      names = "--dev",
      description = "Makes a development authority, certificates and the seeded world in DIR/dev.")
  private boolean dev;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings (HOCON).")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over the file; for example iso20022.port=0.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--json", description = "Prints the endpoints once ready, as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    final SwitchNode.Options options =
        new SwitchNode.Options(data, config(), dev, dev ? "DEV" : "", null);
    try (StopSignal signal = new StopSignal()) {
      tell("opening " + data + "...");
      try {
        final String halted = run(options, signal);
        if (halted != null) {
          throw new IllegalStateException("halted: " + halted);
        }
      } catch (final IOException | RuntimeException e) {
        if (!signal.asked()) {
          throw e;
        }
        // After a signal the process ends with this method: nobody else could say it.
        tell(String.valueOf(e.getMessage()));
        return 1;
      }
      tell("stopped");
      signal.succeeded();
      return 0;
    }
  }

  private String run(final SwitchNode.Options options, final StopSignal signal) throws Exception {
    try (SwitchNode node = SwitchNode.start(options, this::tell)) {
      tell(
          "ready; console "
              + node.endpoints().url("console")
              + "; to sign in: cat "
              + node.seed().logins().resolve("operator-1"));
      if (json) {
        spec.commandLine().getOut().println(node.endpoints().json());
        spec.commandLine().getOut().flush();
      }
      return untilStopped(signal, node);
    }
  }

  /** Null after a signal; the reason when the host halted by itself and only a restart can help. */
  private static String untilStopped(final StopSignal signal, final SwitchNode node)
      throws InterruptedException {
    while (!signal.await(HALT_CHECK_MS)) {
      if (node.local().host().isHalted()) {
        return String.valueOf(node.local().host().haltReason().getMessage());
      }
    }
    return null;
  }

  private NodeConfig config() {
    try {
      return NodeConfig.load(config, settings);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void tell(final String note) {
    spec.commandLine().getErr().println("civicswitch: " + note);
    spec.commandLine().getErr().flush();
  }
}
