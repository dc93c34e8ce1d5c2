package org.civicswitch.ops.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.SwitchNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./civicswitch start}. */
@Command(
    name = "start",
    description = "The embedded switch with its gateways, bridge and console, until SIGTERM.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
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

  @Override
  public Integer call() throws Exception {
    final CountDownLatch stop = new CountDownLatch(1);
    final CountDownLatch stopped = new CountDownLatch(1);
    final AtomicInteger exit = new AtomicInteger();
    final SwitchNode node =
        SwitchNode.start(
            new SwitchNode.Options(
                data, NodeConfig.load(config, settings), dev, dev ? "DEV" : "", null, Set.of()),
            note -> System.err.println("civicswitch: " + note));
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
    System.err.println("civicswitch: ready; console " + node.endpoints().url("console"));
    try {
      stop.await();
      node.close();
      System.err.println("civicswitch: stopped");
    } catch (final RuntimeException e) {
      System.err.println("civicswitch: " + e.getMessage());
      exit.set(1);
    } finally {
      stopped.countDown();
    }
    return exit.get();
  }

  private static void awaitQuietly(final CountDownLatch latch) {
    try {
      latch.await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
