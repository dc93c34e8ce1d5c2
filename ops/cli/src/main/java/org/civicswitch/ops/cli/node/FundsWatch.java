package org.civicswitch.ops.cli.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Path;
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
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.ops.funds.FundsBook;
import org.civicswitch.ops.funds.FundsCheck;
import org.civicswitch.ops.funds.FundsReport;
import org.civicswitch.ops.funds.StatementArchive;
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

  private final FundsBook book;
  private final Tokens tokens;
  private final Path statements;
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

  private FundsWatch(
      final SwitchConnection feed,
      final Tokens tokens,
      final Path statements,
      final MeterRegistry registry) {
    book = new FundsBook(feed);
    this.tokens = tokens;
    this.statements = statements;
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
   * @param statements where the bank's files are kept; need not be there
   */
  static FundsWatch start(
      final SwitchConnection feed,
      final Tokens tokens,
      final Path statements,
      final MeterRegistry registry) {
    final FundsWatch watch = new FundsWatch(feed, tokens, statements, registry);
    watch.looking = watch.thread.scheduleWithFixedDelay(watch::look, 1, EVERY_S, TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    try {
      final LocalDate today = LocalDate.now(ZoneOffset.UTC);
      final List<FundsReport> reports =
          new FundsCheck(book, tokens::settlementReference, today)
              .run(StatementArchive.open(statements).statements());
      show(reports, today);
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
    book.close();
  }
}
