package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.civicswitch.core.feed.ChronicleFeed;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.feed.FeedSettings;
import org.civicswitch.ops.reporting.Projector;
import org.civicswitch.ops.reporting.ReportingSettings;
import org.civicswitch.ops.reporting.ReportingStore;
import org.civicswitch.ops.reporting.StoreWriter;

/**
 * The feed into SQL: as fast as it goes, and following payments that come at a constant rate; then
 * searches among many. Every payment is two events, at 20,000/s 200 ms apart.
 */
final class ReportingBenchmark implements Benchmark {
  private static final int RATE = 20_000;
  private static final int LIFE = RATE / 5;
  private static final long SAMPLE_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CATCH_UP_NS_MAX = TimeUnit.MINUTES.toNanos(10);
  private static final long MONTH_MS = TimeUnit.DAYS.toMillis(30);

  @Override
  public String name() {
    return "reporting";
  }

  @Override
  public String description() {
    return "the feed into PostgreSQL and H2, its lag at 20,000/s, searches among --payments N";
  }

  @Override
  public BenchReport run(final BenchOptions options)
      throws IOException, SQLException, WrongResultException {
    final BenchReport report = new BenchReport(name(), "none");
    try (PostgresServer server = PostgresServer.startOnLoopback(options.directory())) {
      final ReportingSettings postgres =
          ReportingSettings.postgres(server.url(), server.user(), "").withRetentionDays(0);
      final ReportingSettings h2 =
          ReportingSettings.embedded(options.directory().resolve("h2")).withRetentionDays(0);
      final Path feed = options.directory().resolve("feed-max");
      final long payments = (long) options.seconds() * RATE;
      write(feed, payments);
      max(report, "PostgreSQL, as fast as it goes", postgres, feed, payments);
      final double h2Max = max(report, "H2, as fast as it goes", h2, feed, payments);
      follow(report, "PostgreSQL", postgres, RATE, options);
      follow(report, "H2", h2, (int) Math.min(RATE, Math.max(1, h2Max / 2)), options);
      search(report, postgres, options.payments());
    }
    return report;
  }

  private static void write(final Path feed, final long payments) throws IOException {
    try (ChronicleFeed sink = ChronicleFeed.open(feed, FeedSettings.defaults())) {
      final ReportingEvents events = new ReportingEvents(sink::append);
      final long startMs = System.currentTimeMillis();
      events.world(startMs);
      for (long number = 0; number < payments + LIFE; number++) {
        step(events, number, payments, startMs + number * 1000 / RATE);
      }
    }
  }

  /** One payment begins, and the one that began 200 ms before ends. */
  private static void step(
      final ReportingEvents events, final long number, final long payments, final long nowMs) {
    if (number < payments) {
      events.reserved(number, nowMs);
    }
    if (number >= LIFE) {
      events.ended(number - LIFE, nowMs);
    }
  }

  private static double max(
      final BenchReport report,
      final String label,
      final ReportingSettings settings,
      final Path feed,
      final long payments)
      throws IOException, SQLException, WrongResultException {
    ReportingStore.clear(settings);
    final long start = System.nanoTime();
    try (Projector projector = Projector.start(settings, from -> FeedReaders.open(feed, from))) {
      awaitSequence(projector, lastSequence(payments));
    }
    final double seconds = (System.nanoTime() - start) / 1e9;
    check(settings, payments);
    report.add(label, 0, payments / seconds, null).with("payments", payments);
    System.err.printf("bench: %s: %,.0f payments/s%n", label, payments / seconds);
    return payments / seconds;
  }

  private static long lastSequence(final long payments) {
    return 1 + ReportingEvents.PARTICIPANTS + 2 * payments;
  }

  /** The writer keeps its rate whatever the store does; the lag is from the intended time. */
  private static void follow(
      final BenchReport report,
      final String label,
      final ReportingSettings settings,
      final int rate,
      final BenchOptions options)
      throws IOException, SQLException, WrongResultException {
    ReportingStore.clear(settings);
    final Path feed = options.directory().resolve("feed-" + label);
    final long payments = (long) options.seconds() * rate;
    final Histogram lags = new Histogram(3);
    final List<Long> lagMsBySecond = new ArrayList<>();
    try (ChronicleFeed sink = ChronicleFeed.open(feed, FeedSettings.defaults())) {
      final ReportingEvents events = new ReportingEvents(sink::append);
      events.world(System.currentTimeMillis());
      try (Projector projector = Projector.start(settings, from -> FeedReaders.open(feed, from))) {
        awaitSequence(projector, events.feedSequence());
        final long startNs = System.nanoTime();
        long sampledNs = startNs;
        long number = 0;
        while (number < payments + LIFE) {
          final long nowNs = System.nanoTime();
          final long due = (nowNs - startNs) * rate / TimeUnit.SECONDS.toNanos(1);
          final long nowMs = System.currentTimeMillis();
          for (; number < due && number < payments + LIFE; number++) {
            step(events, number, payments, nowMs);
          }
          if (nowNs - sampledNs >= SAMPLE_NS) {
            sampledNs = nowNs;
            final long lagNs = nowNs - intendedNs(projector.status().feedSequence(), startNs, rate);
            lags.recordValue(Math.max(0, lagNs));
            if ((nowNs - startNs) / TimeUnit.SECONDS.toNanos(1) > lagMsBySecond.size()) {
              lagMsBySecond.add(TimeUnit.NANOSECONDS.toMillis(lagNs));
            }
          }
          LockSupport.parkNanos(500_000);
        }
        final long writtenNs = System.nanoTime();
        awaitSequence(projector, lastSequence(payments));
        final long endNs = System.nanoTime();
        report
            .add(label + ", following", rate, payments / ((endNs - startNs) / 1e9), lags)
            .with("payments", payments)
            .with("caught_up_s", Math.round((endNs - writtenNs) / 1e7) / 100.0)
            .with("lag_ms_each_second", lagMsBySecond);
        System.err.printf("bench: %s following %,d/s: lag in ms %s%n", label, rate, lagMsBySecond);
      }
    }
    check(settings, payments);
  }

  /** When the event of this sequence was to be written. */
  private static long intendedNs(final long sequence, final long startNs, final int rate) {
    final long behindWorld = Math.max(0, sequence - 1 - ReportingEvents.PARTICIPANTS);
    // The first ones are alone; then beginnings and ends alternate.
    final long number = behindWorld <= LIFE ? behindWorld : LIFE + (behindWorld - LIFE) / 2;
    return startNs + number * TimeUnit.SECONDS.toNanos(1) / rate;
  }

  private static void awaitSequence(final Projector projector, final long sequence)
      throws WrongResultException {
    final long end = System.nanoTime() + CATCH_UP_NS_MAX;
    while (projector.status().feedSequence() < sequence) {
      if (System.nanoTime() - end > 0) {
        throw new WrongResultException("the store stays behind: " + projector.status());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void check(final ReportingSettings settings, final long payments)
      throws SQLException, WrongResultException {
    long amount = 0;
    for (long number = 0; number < payments; number++) {
      amount += ReportingEvents.isRejected(number) ? 0 : ReportingEvents.amount(number);
    }
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      connection.setSchema("civicswitch_reporting");
      equal(payments, statement, "SELECT COUNT(*) FROM final_payments");
      equal(0, statement, "SELECT COUNT(*) FROM pending_payments");
      equal(amount, statement, "SELECT SUM(amount) FROM final_payments WHERE status = 'SETTLED'");
      equal(amount, statement, "SELECT SUM(debits_posted) FROM positions");
      equal(amount, statement, "SELECT SUM(credits_posted) FROM positions");
      equal(0, statement, "SELECT SUM(debits_pending) + SUM(credits_pending) FROM positions");
    }
  }

  private static void equal(final long expected, final Statement statement, final String sql)
      throws SQLException, WrongResultException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getLong(1) != expected) {
        throw new WrongResultException(sql + ": " + row.getLong(1) + " instead of " + expected);
      }
    }
  }

  /** Loads as the projector does, a month's payments, and searches among them. */
  private static void search(
      final BenchReport report, final ReportingSettings settings, final long payments)
      throws IOException, SQLException, WrongResultException {
    ReportingStore.clear(settings);
    final long toMs = System.currentTimeMillis();
    final long fromMs = toMs - MONTH_MS;
    try (ReportingStore store = ReportingStore.open(settings)) {
      final long start = System.nanoTime();
      try (StoreWriter writer = store.openWriter()) {
        final ReportingEvents events = new ReportingEvents(writer::onEvent);
        events.world(fromMs);
        for (long number = 0; number < payments + LIFE; number++) {
          step(events, number, payments, fromMs + (long) ((double) number / payments * MONTH_MS));
          if (writer.waiting() >= StoreWriter.BATCH_EVENTS_MAX - 2) {
            writer.flush();
          }
          if (number % 1_000_000 == 999_999) {
            System.err.printf(
                "bench: %,d payments loaded, %,.0f/s%n",
                number + 1, (number + 1) / ((System.nanoTime() - start) / 1e9));
          }
        }
        writer.flush();
      }
      final double seconds = (System.nanoTime() - start) / 1e9;
      check(settings, payments);
      final long bytes = vacuumed(settings);
      report
          .add("PostgreSQL, loading to search", 0, payments / seconds, null)
          .with("payments", payments)
          .with("bytes_per_payment", bytes / payments);
      new ReportingSearches(store.payments(), payments, fromMs, toMs).run(report, "search");
    }
  }

  /** As autovacuum leaves a table that has been there for a while; returns what all takes. */
  private static long vacuumed(final ReportingSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      connection.setSchema("civicswitch_reporting");
      statement.execute("VACUUM (ANALYZE) final_payments");
      statement.execute("VACUUM (ANALYZE) pending_payments");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT SUM(pg_total_relation_size(inhrelid)) FROM pg_inherits"
                  + " WHERE inhparent = 'final_payments'::regclass")) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
