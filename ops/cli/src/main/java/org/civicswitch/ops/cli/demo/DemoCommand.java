package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.StopSignal;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.report.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch demo}. */
@Command(
    name = "demo",
    description =
        "The main job, live: switch, gateways, page, six simulated banks, traffic, one run.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final String DATA = "data/demo";
  private static final long SEED = 20_261_123;
  private static final long SIGNAL_CHECK_MS = 200;
  private static final long TOUR_STOP_MS = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (default " + DATA + "; --check: a new one).")
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

  @Option(
      names = "--json",
      description =
          "One JSON object on standard output: the tour's result with --check, else the endpoints.")
  private boolean json;

  private Thread walk;

  @Override
  public Integer call() throws Exception {
    checkOptions();
    final boolean temporary = check && data == null;
    final Path directory =
        temporary
            ? Files.createTempDirectory("civicswitch-demo-")
            : data == null ? Path.of(DATA) : data;
    try (StopSignal signal = new StopSignal()) {
      tell("opening " + directory + "...");
      try {
        if (fresh) {
          DemoDirectory.empty(directory);
        }
        final int exit = check ? check(directory, signal) : live(directory, signal);
        if (exit == 0) {
          signal.succeeded();
        }
        return exit;
      } catch (final IOException | RuntimeException e) {
        if (!signal.asked()) {
          throw e;
        }
        // After a signal the process ends with this method: nobody else could say it.
        tell(String.valueOf(e.getMessage()));
        return 1;
      } finally {
        if (temporary) {
          DirectoryTree.delete(directory);
        }
      }
    }
  }

  private void checkOptions() {
    if (people < 100 || people > 1_000_000) {
      throw wrong("--people must be from 100 to 1000000");
    }
    if (port < 0 || port > 65_535) {
      throw wrong("--port must be from 0 to 65535");
    }
    if (!(rate > 0 && rate <= Traffic.PER_SECOND_MAX)) {
      throw wrong("--rate must be above 0 and at most " + Math.round(Traffic.PER_SECOND_MAX));
    }
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The tour on a thread of its own, so that a signal ends it at once. */
  private int check(final Path directory, final StopSignal signal) throws Exception {
    final long began = System.nanoTime();
    final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    final String failure;
    try (SwitchNode node = node(directory, null);
        SimulatedBanks banks = banks(node)) {
      final CompletableFuture<String> tour =
          tour(
              node,
              banks,
              directory,
              line -> {
                steps.add(line);
                say(line);
              });
      while (!tour.isDone() && !signal.await(SIGNAL_CHECK_MS)) {
        // the tour goes on
      }
      failure = tour.isDone() ? tour.join() : "stopped before the end";
      stopTour();
    }
    final double seconds = Math.round((System.nanoTime() - began) / 1e8) / 10.0;
    if (json) {
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("ok", failure.isEmpty());
      fields.put("seconds", seconds);
      fields.put("steps", List.copyOf(steps));
      if (!failure.isEmpty()) {
        fields.put("error", failure);
      }
      print(JsonMapper.shared().writeValueAsString(fields));
    }
    if (!failure.isEmpty()) {
      tell("NOT OK: " + failure);
      return 1;
    }
    talk(String.format(Locale.ROOT, "ok, %.0f s", seconds));
    return 0;
  }

  private int live(final Path directory, final StopSignal signal) throws Exception {
    try (Traffic traffic = new Traffic(rate, SEED);
        SwitchNode node = node(directory, traffic);
        SimulatedBanks banks = banks(node)) {
      traffic.connect(banks);
      traffic.start();
      if (json) {
        print(node.endpoints().json());
      }
      talk(
          DemoWords.of(
              Launcher.typed(),
              directory,
              node.seed().authority().rootCertificate().getParent(),
              node.seed().logins(),
              node.endpoints()));
      final CompletableFuture<Void> told =
          tour(node, banks, directory, this::say)
              .thenAccept(
                  failure -> {
                    if (signal.asked()) {
                      return;
                    }
                    say(failure.isEmpty() ? "done" : "the tour ended: " + failure);
                    say("Traffic goes on. Ctrl-C stops.");
                  });
      while (!signal.await(SIGNAL_CHECK_MS)) {
        if (node.local().host().isHalted()) {
          throw new IllegalStateException(
              "halted: " + node.local().host().haltReason().getMessage());
        }
      }
      told.cancel(true);
      traffic.stop();
      stopTour();
    }
    return 0;
  }

  /** Walks it on a thread of its own; completes with why it failed, or with nothing. */
  private CompletableFuture<String> tour(
      final SwitchNode node,
      final SimulatedBanks banks,
      final Path directory,
      final Consumer<String> said) {
    final CompletableFuture<String> ended = new CompletableFuture<>();
    final int cycle = cycle(node);
    walk =
        new Thread(
            () -> {
              try {
                new DemoTour(node, banks, directory.resolve("office"), people, cycle, said).run();
                ended.complete("");
              } catch (final Exception e) {
                if (System.getenv("CIVICSWITCH_TRACE") != null) {
                  e.printStackTrace();
                }
                ended.complete(e.getMessage() == null ? e.toString() : e.getMessage());
              }
            },
            "tour");
    walk.setDaemon(true);
    walk.start();
    return ended;
  }

  private void stopTour() throws InterruptedException {
    walk.interrupt();
    walk.join(TOUR_STOP_MS);
  }

  private void say(final String line) {
    talk("  " + line);
  }

  /** For the person: on standard output unless that is the JSON object's. */
  private void talk(final String text) {
    final PrintWriter writer = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    writer.println(text);
    writer.flush();
  }

  private void print(final String object) {
    spec.commandLine().getOut().println(object);
    spec.commandLine().getOut().flush();
  }

  private void tell(final String note) {
    spec.commandLine().getErr().println("civicswitch: " + note);
    spec.commandLine().getErr().flush();
  }

  /** A day is a cycle, and a tour on data of the same day the next one after it. */
  private static int cycle(final SwitchNode node) {
    return (int) Math.max(1, node.local().host().releasedSequence());
  }

  private SwitchNode node(final Path directory, final Traffic traffic) throws IOException {
    final Map<String, String> settings = new LinkedHashMap<>();
    settings.put("console.port", port("the page", port));
    settings.put("iso20022.port", port("the gateway", 8443));
    settings.put("exchange.port", port("the exchange bridge", 8444));
    settings.put("identity.port", port("the identity provider", 8445));
    settings.put("ops.port", port("health and metrics", 8081));
    return SwitchNode.start(
        new SwitchNode.Options(directory, NodeConfig.load(null, settings), true, "DEMO", traffic),
        this::tell);
  }

  private static SimulatedBanks banks(final SwitchNode node) throws IOException {
    return SimulatedBanks.start(
        node.vertx(), URI.create(node.endpoints().url("iso20022")), node.seed().authority());
  }

  /**
   * The wanted port, or 0 for any free one when somebody has it. A check needs none to be known.
   */
  private String port(final String what, final int wanted) {
    if (check) {
      return "0";
    }
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (final IOException e) {
      tell("port " + wanted + " is taken: " + what + " gets another");
      return "0";
    }
  }
}
