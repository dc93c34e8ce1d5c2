package org.civicswitch.ops.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.core.client.IpcSwitchConnection;
import org.civicswitch.gateway.iso20022.http.Iso20022Gateway;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.NodeVertx;
import org.civicswitch.ops.cli.node.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./civicswitch gateway}. */
@Command(
    name = "gateway",
    description = "One gateway as its own process against a running switch on this machine.",
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
  private static final long HEALTH_CHECK_MS = 1_000;

  /** Which gateways there are. */
  enum Kind {
    iso20022
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (HOCON): gateway.data, gateway.message-log, host, iso20022.port.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over the file; for example iso20022.port=0.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of the running switch, over gateway.data.")
  private Path data;

  @Override
  public Integer call() throws Exception {
    if (data != null) {
      settings.put("gateway.data", data.toString());
    }
    final NodeConfig node = config();
    final Path directory =
        node.gatewayData()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "which switch? Give --data DIR or the setting gateway.data"));
    // Opening an authority or keys makes them where there are none: a typing error must not.
    if (!Files.isDirectory(directory.resolve("dev").resolve("ca"))
        || !Files.isDirectory(directory.resolve("keys"))) {
      throw new IOException(
          "no switch was ever started with --dev in " + directory + "; start one first");
    }
    node.checkPort(kind.name());
    final DevelopmentCa authority = DevelopmentCa.open(directory.resolve("dev").resolve("ca"));
    final Iso20022Gateway.Options options =
        new Iso20022Gateway.Options(
            node.host(),
            node.port(kind.name()),
            authority.server(),
            authority.rootCertificate(),
            node.gatewayMessageLog()
                .orElse(directory.resolve("messages").resolve(kind.name() + "-gateway")),
            System::currentTimeMillis);
    return serve(directory, options);
  }

  private int serve(final Path directory, final Iso20022Gateway.Options options)
      throws IOException, InterruptedException {
    try (StopSignal signal = new StopSignal()) {
      tell("connecting to the switch of " + directory + "...");
      final boolean healthy;
      try {
        healthy = run(directory, options, signal);
      } catch (final IOException | RuntimeException e) {
        if (!signal.asked()) {
          throw e;
        }
        // After a signal the process ends with this method: nobody else could say it.
        tell(String.valueOf(e.getMessage()));
        return 1;
      }
      if (!healthy) {
        tell("the switch cannot be followed any more; start it anew");
        return 1;
      }
      tell("stopped");
      signal.succeeded();
      return 0;
    }
  }

  private boolean run(
      final Path directory, final Iso20022Gateway.Options options, final StopSignal signal)
      throws IOException, InterruptedException {
    final Vertx vertx = NodeVertx.create();
    try (IpcSwitchConnection connection = IpcSwitchConnection.open(directory);
        FileKeyService keys =
            FileKeyService.open(
                directory.resolve("keys"), "gateway-" + ProcessHandle.current().pid());
        Iso20022Gateway gateway =
            Iso20022Gateway.start(
                vertx,
                connection,
                keys,
                keys.admit(kind.name(), Iso20022Gateway.RIGHTS),
                options)) {
      final PrintWriter out = spec.commandLine().getOut();
      out.println("ready " + gateway.url());
      out.flush();
      return healthyUntil(signal, gateway);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Waits for the signal; false when the gateway stopped following the feed before. */
  private static boolean healthyUntil(final StopSignal signal, final Iso20022Gateway gateway)
      throws InterruptedException {
    while (!signal.await(HEALTH_CHECK_MS)) {
      if (!gateway.isHealthy()) {
        return false;
      }
    }
    return true;
  }

  private NodeConfig config() {
    try {
      return NodeConfig.load(config, settings);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void tell(final String note) {
    spec.commandLine().getErr().println("civicswitch gateway: " + note);
    spec.commandLine().getErr().flush();
  }
}
