package org.civicswitch.ops.cli.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.funds.FundsReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the settlement bank's statements with the switch every minute: a metric per currency,
 * and a line in the log when what it finds is another number of breaks than before.
 */
final class FundsWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FundsWatch.class);
  private static final long EVERY_S = 60;
  private static final long STOP_S = 5;

  private final FundsDesk desk;
  private final MultiGauge breaks;
  private final MultiGauge ages;
  private final Map<String, Integer> before = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            final Thread named = new Thread(task, "funds-watch");
            named.setDaemon(true);
            return named;
          });

  private ScheduledFuture<?> looking;

  private FundsWatch(final FundsDesk desk, final MeterRegistry registry) {
    this.desk = desk;
    breaks =
        MultiGauge.builder("civicswitch.funds.breaks")
            .description("what the settlement bank's statements and the switch do not agree on")
            .register(registry);
    ages =
        MultiGauge.builder("civicswitch.funds.statement.age.days")
            .description("since the last day that a statement of the settlement account covers")
            .register(registry);
  }

  /**
   * @param desk stays open when the watch is closed
   */
  static FundsWatch start(final FundsDesk desk, final MeterRegistry registry) {
    final FundsWatch watch = new FundsWatch(desk, registry);
    watch.looking = watch.thread.scheduleWithFixedDelay(watch::look, 1, EVERY_S, TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    try {
      show(desk.look().reports(), LocalDate.now(ZoneOffset.UTC));
    } catch (final IOException | RuntimeException e) {
      // Tried again in a minute; what was last seen stays.
      LOG.warn("the settlement bank's statements cannot be compared: {}", e.getMessage());
    }
  }

  private void show(final List<FundsReport> reports, final LocalDate today) {
    final List<MultiGauge.Row<?>> counts = new ArrayList<>();
    final List<MultiGauge.Row<?>> days = new ArrayList<>();
    for (final FundsReport report : reports) {
      if (report.closingDate() == null) {
        continue;
      }
      final Tags currency = Tags.of("currency", report.currency());
      counts.add(MultiGauge.Row.of(currency, report.breaks().size()));
      days.add(MultiGauge.Row.of(currency, ChronoUnit.DAYS.between(report.closingDate(), today)));
      final Integer last = before.put(report.currency(), report.breaks().size());
      if (last == null ? !report.agrees() : last != report.breaks().size()) {
        LOG.warn(
            "the settlement bank and the switch differ in {} on {} things: see funds status",
            report.currency(),
            report.breaks().size());
      }
    }
    breaks.register(counts, true);
    ages.register(days, true);
  }

  @Override
  public void close() {
    looking.cancel(true);
    thread.shutdownNow();
    try {
      thread.awaitTermination(STOP_S, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
