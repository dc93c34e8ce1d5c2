package org.civicswitch.ops.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.civicswitch.core.client.IpcSwitchConnection;
import org.civicswitch.gateway.iso20022.http.Iso20022Gateway;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.node.NodeConfig;
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
  private static final long HEALTH_CHECK_SECONDS = 1;

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
    final NodeConfig node = NodeConfig.load(config, settings);
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
    final CountDownLatch stop = new CountDownLatch(1);
    final CountDownLatch stopped = new CountDownLatch(1);
    final AtomicInteger exit = new AtomicInteger(1);
    final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
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
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stop.countDown();
                    awaitQuietly(stopped);
                    // The exit status of a clean stop is 0, not that of the signal.
                    Runtime.getRuntime().halt(exit.get());
                  },
                  "stop"));
      final PrintWriter out = spec.commandLine().getOut();
      out.println("ready " + gateway.url());
      out.flush();
      if (healthyUntil(stop, gateway)) {
        exit.set(0);
      } else {
        spec.commandLine()
            .getErr()
            .println("civicswitch gateway: the switch cannot be followed any more; start it anew");
      }
    } catch (final IOException | RuntimeException e) {
      exit.set(1);
      throw e;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
      stopped.countDown();
    }
    return exit.get();
  }

  /** Waits for the signal; false when the gateway stopped following the feed before. */
  private static boolean healthyUntil(final CountDownLatch stop, final Iso20022Gateway gateway)
      throws InterruptedException {
    while (!stop.await(HEALTH_CHECK_SECONDS, TimeUnit.SECONDS)) {
      if (!gateway.isHealthy()) {
        return false;
      }
    }
    return true;
  }

  private static void awaitQuietly(final CountDownLatch latch) {
    try {
      latch.await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
