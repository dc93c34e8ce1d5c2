package org.civicswitch.ops.console;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Recorder;

/** The page over a made-up country, for looking at it while working on templates and styles. */
final class PreviewMain {
  private PreviewMain() {}

  public static void main(final String[] args) {
    final SyntheticFeed feed = new SyntheticFeed();
    final SmallCountry country = new SmallCountry(new Events(feed), 42);
    final AtomicBoolean running = new AtomicBoolean(true);
    final Recorder parse = new Recorder(2);
    country.found(System.currentTimeMillis());
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    final var unused =
        timer.scheduleAtFixedRate(
            () -> {
              for (int i = 0; running.get() && i < 20; i++) {
                country.step(System.currentTimeMillis());
                parse.recordValue(80 + i * 7L);
              }
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
    final ConsoleServer server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .http("127.0.0.1", args.length > 0 ? Integer.parseInt(args[0]) : 0)
                .dev(true)
                .banner("DEMO")
                .traffic(new SwitchTraffic(running))
                .stages(StageLatencies.of(Map.of("Parse and check", parse)))
                .build());
    System.out.println(server.url() + " " + server.opsUrl());
  }
}
