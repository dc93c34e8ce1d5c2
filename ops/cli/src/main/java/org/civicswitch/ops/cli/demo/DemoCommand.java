package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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

/** {@code ./civicswitch demo}. */
@Command(
    name = "demo",
    description =
        "The main job, live: switch, gateways, page, six simulated banks, traffic, one run.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 20_261_123;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (default ${DEFAULT-VALUE}; --check: a new one).")
  private Path data;

  @Option(names = "--fresh", description = "Empties the data directory first.")
  private boolean fresh;

  @Option(names = "--check", description = "The tour without traffic or waiting; exits 0 or 1.")
  private boolean check;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Of the page (default ${DEFAULT-VALUE}; any free one if taken).")
  private int port = 8080;

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "In the benefits run (default ${DEFAULT-VALUE}).")
  private int people = 100_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Payments per second of the traffic (default ${DEFAULT-VALUE}).")
  private double rate = Traffic.DEFAULT_PER_SECOND;

  @Override
  public Integer call() throws Exception {
    if (people < 100 || people > 1_000_000) {
      throw new IllegalArgumentException("--people must be from 100 to 1000000");
    }
    final boolean temporary = check && data == null;
    final Path directory =
        temporary
            ? Files.createTempDirectory("civicswitch-demo-")
            : data == null ? Path.of("data", "demo") : data;
    if (fresh && Files.exists(directory)) {
      delete(directory);
    }
    try {
      return check ? check(directory) : live(directory);
    } finally {
      if (temporary) {
        delete(directory);
      }
    }
  }

  private int check(final Path directory) throws Exception {
    final long began = System.nanoTime();
    try (SwitchNode node = node(directory, null);
        SimulatedBanks banks = banks(node)) {
      new DemoTour(node, banks, directory.resolve("office"), people, cycle(node), this::say).run();
    } catch (final Exception e) {
      System.err.println("NOT OK: " + e.getMessage());
      if (System.getenv("CIVICSWITCH_TRACE") != null) {
        e.printStackTrace();
      }
      return 1;
    }
    System.out.printf("ok, %.0f s%n", (System.nanoTime() - began) / 1e9);
    return 0;
  }

  private int live(final Path directory) throws Exception {
    final CountDownLatch stop = new CountDownLatch(1);
    final CountDownLatch stopped = new CountDownLatch(1);
    final AtomicInteger exit = new AtomicInteger();
    try (Traffic traffic = new Traffic(rate, SEED);
        SwitchNode node = node(directory, traffic);
        SimulatedBanks banks = banks(node)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stop.countDown();
                    try {
                      stopped.await();
                    } catch (final InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(exit.get());
                  },
                  "stop"));
      traffic.connect(banks);
      traffic.start();
      print(node, directory);
      final int cycle = cycle(node);
      final Thread story =
          new Thread(
              () -> {
                try {
                  new DemoTour(node, banks, directory.resolve("office"), people, cycle, this::say)
                      .run();
                  say("Traffic goes on. Ctrl-C stops.");
                } catch (final Exception e) {
                  if (stop.getCount() > 0) {
                    say("the tour ended: " + e.getMessage());
                  }
                }
              },
              "tour");
      story.setDaemon(true);
      story.start();
      stop.await();
      traffic.stop();
      story.interrupt();
    } catch (final RuntimeException e) {
      System.err.println("civicswitch: " + e.getMessage());
      exit.set(1);
    } finally {
      stopped.countDown();
    }
    return exit.get();
  }

  private void say(final String line) {
    System.out.println("  " + line);
  }

  /** A day is a cycle, and a tour on data of the same day the next one after it. */
  private static int cycle(final SwitchNode node) {
    return (int) Math.max(1, node.local().host().releasedSequence());
  }

  private SwitchNode node(final Path directory, final Traffic traffic) throws IOException {
    final Map<String, String> settings = new LinkedHashMap<>();
    settings.put("console.port", Integer.toString(check ? 0 : free(port)));
    settings.put("iso20022.port", Integer.toString(check ? 0 : free(8443)));
    settings.put("exchange.port", Integer.toString(check ? 0 : free(8444)));
    settings.put("identity.port", Integer.toString(check ? 0 : free(8445)));
    settings.put("ops.port", Integer.toString(check ? 0 : free(8081)));
    return SwitchNode.start(
        new SwitchNode.Options(
            directory,
            NodeConfig.load(null, settings),
            true,
            "DEMO",
            traffic,
            Set.of(DemoRoll.person(DemoRoll.VOUCHER_HOLDER))),
        note -> System.err.println("civicswitch: " + note));
  }

  private static SimulatedBanks banks(final SwitchNode node) throws IOException {
    return SimulatedBanks.start(
        node.vertx(), URI.create(node.endpoints().url("iso20022")), node.seed().authority());
  }

  /** The wanted port, or 0 for any free one when somebody has it. */
  private static int free(final int wanted) {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (final IOException e) {
      return 0;
    }
  }

  private static void print(final SwitchNode node, final Path directory) {
    final Path ca = node.seed().authority().rootCertificate();
    final Path dev = ca.getParent();
    System.out.printf(
        """

        Civic Switch is running. Data: %s

          Open       %s
          Metrics    %s

        Try, in another terminal:

          ./civicswitch send --from AURBXX2A --to BORBXX2A --amount 12.50 --data %s

          ./civicswitch dev example pacs008 --from AURBXX2A --to CEDSXX2A --amount 7.25 | \\
            curl -sS --cacert %s --cert %s --key %s \\
            -H 'Content-Type: application/xml' -H 'Prefer: wait=10' --data-binary @- \\
            %s/iso20022/messages

        """,
        directory,
        node.endpoints().url("console"),
        node.endpoints().url("metrics"),
        directory,
        ca,
        dev.resolve("aurbxx2a.pem"),
        dev.resolve("aurbxx2a.key"),
        node.endpoints().url("iso20022"));
  }

  private static void delete(final Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(final Path dir, final IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
