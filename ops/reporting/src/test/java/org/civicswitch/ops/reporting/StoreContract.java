package org.civicswitch.ops.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.sim.SimulatedHistory;
import org.junit.jupiter.api.Test;

/** What holds on either database. The events are a real engine's under the simulation's load. */
abstract class StoreContract {
  private static final long SEED = 20261138L;
  private static final int COMMANDS = 4_000;
  private static SimulatedHistory known;

  /** Settings of a store that nobody has used. */
  abstract ReportingSettings fresh() throws Exception;

  static synchronized SimulatedHistory history() {
    if (known == null) {
      known = SimulatedHistory.of(SEED, COMMANDS);
    }
    return known;
  }

  static MemoryFeed feed() {
    return new MemoryFeed(history().events());
  }

  /** In batches of this size. */
  static void project(final ReportingStore store, final MemoryFeed feed, final int batch)
      throws SQLException {
    try (StoreWriter writer = store.openWriter()) {
      final FeedReader reader = feed.reader(writer.committedSequence() + 1);
      while (reader.poll(writer, batch) > 0) {
        writer.flush();
      }
    }
  }

  @Test
  void positionsAreWhatTheSimulationCounted() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh())) {
      project(store, feed(), 1_000);
      assertThat(store.position().feedSequence()).isEqualTo(history().events().size());
      int compared = 0;
      for (final SimulatedHistory.Standing standing : history().standings()) {
        final var found =
            store.positions().at(standing.participant(), standing.asset(), standing.feedSequence());
        if (found.isEmpty()) {
          assertThat(standing.creditsPosted()).isZero();
          continue;
        }
        final PositionHistory.Position position = found.get();
        assertThat(
                List.of(
                    position.debitsPosted(),
                    position.creditsPosted(),
                    position.debitsPending(),
                    position.creditsPending()))
            .as("seed %d, %s", SEED, standing)
            .containsExactly(
                standing.debitsPosted(),
                standing.creditsPosted(),
                standing.debitsPending(),
                standing.creditsPending());
        compared++;
      }
      assertThat(compared).isGreaterThan(500);
      assertThatThrownBy(() -> store.positions().at(1, 1, history().events().size() + 1L))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not yet at");
    }
  }

  @Test
  void everyPaymentIsOneRow() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh())) {
      project(store, feed(), 777);
      final Map<UUID, Long> returned = history().returnedByUetr();
      int seen = 0;
      for (final PaymentRow row : all(store, PaymentQuery.all(), 100)) {
        if (row.status() == PaymentStatus.REJECTED && row.finalFeedSequence() == row.number()) {
          continue;
        }
        seen++;
        assertThat(returned).as("seed %d", SEED).containsEntry(row.uetr(), row.returnedAmount());
        assertThat(row.status() == PaymentStatus.RESERVED)
            .isEqualTo(history().reserved().contains(row.uetr()));
        assertThat(row.status() == PaymentStatus.RETURNED)
            .isEqualTo(row.returnedAmount() == row.amount());
        assertThat(row.status() == PaymentStatus.PARTLY_RETURNED)
            .isEqualTo(row.returnedAmount() > 0 && row.returnedAmount() < row.amount());
      }
      assertThat(seen).isEqualTo(returned.size()).isGreaterThan(250);
    }
  }

  @Test
  void anyBatchesAndAbortsInBetweenLeadToTheSameRows() throws Exception {
    final ReportingSettings whole = fresh();
    try (ReportingStore store = ReportingStore.open(whole)) {
      project(store, feed(), Integer.MAX_VALUE);
    }
    final ReportingSettings pieces = fresh();
    final SplittableRandom random = new SplittableRandom(SEED);
    final MemoryFeed feed = feed();
    try (ReportingStore store = ReportingStore.open(pieces)) {
      boolean done = false;
      while (!done) {
        try (StoreWriter writer = store.openWriter()) {
          final FeedReader reader = FeedFrom.behind(writer, feed::reader);
          for (int batches = random.nextInt(8); batches >= 0 && !done; batches--) {
            done = reader.poll(writer, 1 + random.nextInt(900)) == 0;
            writer.flush();
          }
          // What is polled now is thrown away with the writer, as a crash would.
          reader.poll(writer, random.nextInt(500));
        }
      }
    }
    assertThat(Dump.of(pieces)).isEqualTo(Dump.of(whole));
    assertThat(Dump.of(whole).get("payments")).isNull();
    assertThat(Dump.of(whole).get("final_payments")).isNotEmpty();
  }

  @Test
  void searchesFindWhatAFilterOfAllRowsFinds() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh())) {
      project(store, feed(), 1_000);
      final List<PaymentRow> rows = all(store, PaymentQuery.all(), 500);
      assertThat(rows).hasSizeGreaterThan(1_000);
      final SplittableRandom random = new SplittableRandom(SEED + 1);
      for (int i = 0; i < 60; i++) {
        final PaymentRow some = rows.get(random.nextInt(rows.size()));
        final PaymentQuery query = QueryLike.of(some, random);
        final List<PaymentRow> wanted =
            rows.stream().filter(row -> QueryLike.matches(query, row)).toList();
        assertThat(wanted).contains(some);
        assertThat(all(store, query, 1 + random.nextInt(50)))
            .as("seed %d, %s", SEED, query)
            .isEqualTo(wanted);
        final List<PaymentRow> oldest = new ArrayList<>();
        Long next = null;
        do {
          final PaymentPage page =
              store.payments().find(query, PaymentSearch.Order.OLDEST_FIRST, next, 500);
          oldest.addAll(page.rows());
          next = page.next();
        } while (next != null);
        assertThat(oldest).containsExactlyInAnyOrderElementsOf(wanted);
      }
    }
  }

  static List<PaymentRow> all(
      final ReportingStore store, final PaymentQuery query, final int pageRows) throws IOException {
    final List<PaymentRow> rows = new ArrayList<>();
    Long next = null;
    do {
      final PaymentPage page =
          store.payments().find(query, PaymentSearch.Order.NEWEST_FIRST, next, pageRows);
      assertThat(page.rows().size()).isLessThanOrEqualTo(pageRows);
      assertThat(page.asOf()).isEqualTo(history().events().size());
      rows.addAll(page.rows());
      next = page.next();
    } while (next != null);
    return rows;
  }

  @Test
  void aPaymentIsFoundByEveryIdAndTellsItsLife() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh())) {
      project(store, feed(), 1_000);
      final PaymentRow returned =
          all(store, PaymentQuery.all().withStatus(PaymentStatus.RETURNED), 500).get(0);
      final List<PaymentEvent> events = store.payments().events(returned.uetr());
      assertThat(events).extracting(PaymentEvent::kind).contains("SETTLED", "RETURNED");
      assertThat(events).extracting(PaymentEvent::feedSequence).isSorted();
      assertThat(events.get(0).feedSequence()).isEqualTo(returned.number());
      for (final UUID id :
          List.of(
              returned.uetr(),
              returned.instructionId(),
              value(store, "SELECT uetr FROM returns WHERE original_uetr = ?", returned.uetr()),
              value(
                  store,
                  "SELECT instruction_id FROM returns WHERE original_uetr = ?",
                  returned.uetr()))) {
        assertThat(all(store, PaymentQuery.all().withId(id), 10)).contains(returned);
      }
      assertThat(all(store, PaymentQuery.all().withId(new UUID(1, 1)), 10)).isEmpty();
      assertThat(store.payments().byNumber(returned.number())).contains(returned);
      final PaymentRow benefit =
          all(store, PaymentQuery.all(), 500).stream()
              .filter(row -> row.envelope() != null)
              .findFirst()
              .orElseThrow();
      assertThat(benefit.programme()).isEqualTo(1);
      assertThat(all(store, PaymentQuery.all().withId(benefit.envelope()), 10)).contains(benefit);
    }
  }

  private static UUID value(final ReportingStore store, final String sql, final UUID parameter)
      throws SQLException {
    try (Connection connection = Dump.connect(store.settings());
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, parameter);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  @Test
  void pagesHaveALimitAndBadQueriesAreNamed() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh())) {
      final PaymentSearch search = store.payments();
      for (final int limit : new int[] {0, PaymentSearch.PAGE_MAX + 1}) {
        assertThatThrownBy(
                () ->
                    search.find(PaymentQuery.all(), PaymentSearch.Order.NEWEST_FIRST, null, limit))
            .hasMessageContaining("1 to 500 rows, not " + limit);
      }
    }
    assertThatThrownBy(() -> PaymentQuery.all().withAmount(0, 5L, 4L))
        .hasMessageContaining("from 5 to 4");
    assertThatThrownBy(() -> PaymentQuery.all().withTime(5L, 4L))
        .hasMessageContaining("from 5 to 4");
    assertThatThrownBy(() -> PaymentQuery.all().withReason("x' OR 1=1"))
        .hasMessageContaining("NET_DEBIT_CAP");
  }

  @Test
  void oldMonthsGoAndTheStoreGoesOn() throws Exception {
    final ReportingSettings settings = fresh();
    try (ReportingStore store = ReportingStore.open(settings)) {
      final MemoryFeed feed = feed();
      project(store, feed.upTo(feed.size() / 2), 1_000);
      final long before = count(settings, "final_payments");
      try (Connection connection = Dump.connect(settings);
          Statement statement = connection.createStatement();
          StoreWriter writer = store.openWriter()) {
        assertThat(writer.dropOlderThan(31)).isFalse();
        assertThat(count(settings, "final_payments")).isEqualTo(before);
        // As if the log had come half a year further.
        statement.executeUpdate("UPDATE feed_position SET time_ms = time_ms + 15552000000");
      }
      try (StoreWriter writer = store.openWriter()) {
        assertThat(writer.dropOlderThan(0)).isFalse();
        assertThat(count(settings, "final_payments")).isEqualTo(before).isPositive();
        while (writer.dropOlderThan(31)) {
          // a part at a time
        }
      }
      try (Connection connection = Dump.connect(settings);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE feed_position SET time_ms = time_ms - 15552000000");
      }
      assertThat(count(settings, "final_payments")).isZero();
      assertThat(count(settings, "refusals")).isZero();
      project(store, feed.upTo(feed.size()), 1_000);
      assertThat(count(settings, "final_payments")).isPositive();
    }
  }

  static long count(final ReportingSettings settings, final String table) throws SQLException {
    try (Connection connection = Dump.connect(settings);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void anotherFeedOrALostPartOfItIsRefused() throws Exception {
    try (ReportingStore store = ReportingStore.open(fresh())) {
      project(store, feed().upTo(1_500), 1_000);
      try (StoreWriter writer = store.openWriter()) {
        final MemoryFeed other = new MemoryFeed(SimulatedHistory.of(SEED + 5, 2_000).events());
        assertThatThrownBy(() -> FeedFrom.behind(writer, other::reader))
            .hasMessageContaining("event 1500 of the feed is not the store's")
            .hasMessageContaining("rebuild");
        assertThatThrownBy(() -> FeedFrom.behind(writer, feed().upTo(1_499)::reader))
            .hasMessageContaining("the feed ends before event 1500");
        assertThatThrownBy(() -> FeedFrom.behind(writer, feed().from(1_502)::reader))
            .hasMessageContaining("the first kept is 1502");
        // The store has all that is gone.
        assertThat(FeedFrom.behind(writer, feed().from(1_501)::reader).nextSequence())
            .isEqualTo(1_501);
        assertThatThrownBy(() -> feed().reader(1_502).poll(writer, 1))
            .hasMessageContaining("event 1502 after 1500");
        assertThat(feed().reader(1_400).poll(writer, 100)).isEqualTo(100);
        assertThat(writer.waiting()).isZero();
      }
    }
  }

  @Test
  void clearingLeavesAnEmptyStoreThatFillsAgain() throws Exception {
    final ReportingSettings settings = fresh();
    try (ReportingStore store = ReportingStore.open(settings)) {
      project(store, feed(), 1_000);
    }
    final Map<String, List<String>> before = Dump.of(settings);
    ReportingStore.clear(settings);
    try (ReportingStore store = ReportingStore.open(settings)) {
      assertThat(store.position().feedSequence()).isZero();
      project(store, feed(), 1_700);
    }
    assertThat(Dump.of(settings)).isEqualTo(before);
  }

  @Test
  void theProjectorFollowsAndSaysHowFarItIs() throws Exception {
    final ReportingSettings settings = fresh();
    final MemoryFeed feed = feed().upTo(500);
    try (Projector projector = Projector.start(settings, feed::reader)) {
      awaitSequence(projector, 500);
      assertThat(projector.status().caughtUp()).isTrue();
      assertThat(projector.status().lagMs()).isZero();
      assertThat(projector.status().text()).isEqualTo("at feed sequence 500, up to date");
      feed.upTo(feed.size());
      awaitSequence(projector, feed.size());
      assertThat(projector.store().position().feedSequence()).isEqualTo(feed.size());
    }
  }

  static void awaitSequence(final Projector projector, final long sequence) throws Exception {
    final long end = System.nanoTime() + 60_000_000_000L;
    while (projector.status().feedSequence() < sequence || !projector.status().caughtUp()) {
      assertThat(System.nanoTime() - end).as(projector.status().toString()).isNegative();
      Thread.sleep(5);
    }
  }
}
