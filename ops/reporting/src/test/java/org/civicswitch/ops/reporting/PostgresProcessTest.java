package org.civicswitch.ops.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real PostgreSQL, and what only there can happen. */
@Tag("slow")
@Tag("process")
final class PostgresProcessTest extends StoreContract {
  private static PostgresCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        PostgresCluster.binaries().isPresent(),
        "no PostgreSQL below /usr/lib/postgresql; Debian: apt-get install postgresql");
    cluster = PostgresCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  ReportingSettings fresh() throws Exception {
    return ReportingSettings.postgres(cluster.newDatabase(), "test", "");
  }

  @Test
  void bothDatabasesHoldTheSameRows(@TempDir final Path directory) throws Exception {
    final ReportingSettings here = fresh();
    final ReportingSettings embedded = ReportingSettings.embedded(directory);
    for (final ReportingSettings settings : new ReportingSettings[] {here, embedded}) {
      try (ReportingStore store = ReportingStore.open(settings)) {
        project(store, feed(), 1_234);
      }
    }
    assertThat(Dump.of(here)).isEqualTo(Dump.of(embedded));
  }

  @Test
  void aSecondWriterIsRefused() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh());
        StoreWriter first = store.openWriter()) {
      assertThatThrownBy(store::openWriter)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("another process writes into this reporting store");
      assertThatThrownBy(() -> ReportingStore.clear(store.settings()))
          .hasMessageContaining("another process writes");
      assertThat(first.committedSequence()).isZero();
    }
  }

  @Test
  void aSearchThatTakesTooLongIsGivenUp() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh().withSearch(1, 2));
        Connection other = Dump.connect(store.settings());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE pending_payments IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(
              () ->
                  store
                      .payments()
                      .find(PaymentQuery.all(), PaymentSearch.Order.NEWEST_FIRST, null, 10))
          .isInstanceOf(PaymentSearch.SearchTooLongException.class)
          .hasMessageContaining("within 1 s");
    }
  }

  @Test
  void aCrashOfTheDatabaseIsWaitedOutWithoutGapOrRepetition() throws Exception {
    final ReportingSettings settings = fresh();
    final MemoryFeed feed = feed().upTo(1_000);
    try (Projector projector = Projector.start(settings, feed::reader)) {
      awaitSequence(projector, 1_000);
      cluster.crash();
      feed.upTo(feed.size());
      final long end = System.nanoTime() + 60_000_000_000L;
      while (projector.status().problem() == null) {
        assertThat(System.nanoTime() - end).isNegative();
        Thread.sleep(5);
      }
      assertThat(projector.status().text()).contains("stopped for now");
      assertThat(projector.status().caughtUp()).isFalse();
      cluster.startAgain();
      awaitSequence(projector, feed.size());
    }
    final ReportingSettings whole = fresh();
    try (ReportingStore store = ReportingStore.open(whole)) {
      project(store, feed(), 1_000);
    }
    assertThat(Dump.of(settings)).isEqualTo(Dump.of(whole));
  }
}
