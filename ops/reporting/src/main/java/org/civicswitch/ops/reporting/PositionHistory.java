package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Positions as of any feed sequence that the store has: the last row of the history at or before
 * it, and what payments, returns and redemptions did from there on, at most a minute of the log.
 * Safe for use by many threads.
 */
public final class PositionHistory {
  private static final String SETTLING_ON =
      "SELECT participant FROM participants WHERE participant = ? OR settlement_participant = ?";

  private static final String PREFUNDED = "settlement_model = 'PREFUNDED_GROSS'";

  private final DataSource source;
  private final int seconds;

  PositionHistory(final DataSource source, final int seconds) {
    this.source = source;
    this.seconds = seconds;
  }

  /**
   * A position; minor units.
   *
   * @param asOf the feed sequence asked for
   */
  public record Position(
      long participant,
      long asset,
      long netDebitCap,
      long debitsPosted,
      long creditsPosted,
      long debitsPending,
      long creditsPending,
      long asOf) {
    /** What is final and not promised to others. */
    public long available() {
      return creditsPosted - debitsPosted - debitsPending;
    }
  }

  /**
   * The position as it was behind this event; empty if there was none.
   *
   * @throws IOException if the store has not come so far, or the database cannot answer
   */
  public Optional<Position> at(final long participant, final long asset, final long feedSequence)
      throws IOException {
    try (Connection connection = source.getConnection()) {
      final long reached = FeedPosition.read(connection).feedSequence();
      if (feedSequence > reached) {
        throw new IOException(
            "the reporting store is at feed sequence " + reached + ", not yet at " + feedSequence);
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT net_debit_cap, debits_posted, credits_posted, debits_pending,"
                  + " credits_pending, feed_sequence FROM position_history WHERE participant = ?"
                  + " AND asset = ? AND feed_sequence <= ? ORDER BY feed_sequence DESC"
                  + " FETCH FIRST 1 ROWS ONLY")) {
        statement.setQueryTimeout(seconds);
        statement.setLong(1, participant);
        statement.setLong(2, asset);
        statement.setLong(3, feedSequence);
        try (ResultSet row = statement.executeQuery()) {
          if (!row.next()) {
            return Optional.empty();
          }
          final long from = row.getLong(6);
          final Moved moved = moved(connection, participant, asset, from, feedSequence);
          return Optional.of(
              new Position(
                  participant,
                  asset,
                  row.getLong(1),
                  row.getLong(2) + moved.debitsPosted(),
                  row.getLong(3) + moved.creditsPosted(),
                  row.getLong(4) + moved.debitsPending(),
                  row.getLong(5) + moved.creditsPending(),
                  feedSequence));
        }
      }
    } catch (final SQLException e) {
      throw new IOException("the reporting store does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * The position as it was behind events of this stretch, the eldest first: behind every one that
   * is no payment, and at the end of every minute of the log.
   *
   * @param after the first is behind this feed sequence
   * @param upTo the last is at most behind this one
   * @param limit rows at most; as many: there may be more, from the last one's on
   * @throws IOException if the database cannot answer
   */
  public List<Position> between(
      final long participant, final long asset, final long after, final long upTo, final int limit)
      throws IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT net_debit_cap, debits_posted, credits_posted, debits_pending,"
                    + " credits_pending, feed_sequence FROM position_history WHERE participant = ?"
                    + " AND asset = ? AND feed_sequence > ? AND feed_sequence <= ?"
                    + " ORDER BY feed_sequence FETCH FIRST "
                    + limit
                    + " ROWS ONLY")) {
      statement.setQueryTimeout(seconds);
      statement.setLong(1, participant);
      statement.setLong(2, asset);
      statement.setLong(3, after);
      statement.setLong(4, upTo);
      final List<Position> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new Position(
                  participant,
                  asset,
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6)));
        }
      }
      return found;
    } catch (final SQLException e) {
      throw new IOException("the reporting store does not answer: " + e.getMessage(), e);
    }
  }

  /** The participant, and those who settle on its position. */
  public Set<Long> settlingOn(final long participant) throws IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(SETTLING_ON)) {
      statement.setQueryTimeout(seconds);
      statement.setLong(1, participant);
      statement.setLong(2, participant);
      final Set<Long> found = new TreeSet<>(Set.of(participant));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(row.getLong(1));
        }
      }
      return found;
    } catch (final SQLException e) {
      throw new IOException("the reporting store does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * What a return or a redemption did to what is available; minor units.
   *
   * @param at the feed sequence at which it did
   */
  public record Move(long at, long available) {}

  /**
   * Returns and redemptions that moved the position, the eldest first.
   *
   * @param after the first is behind this feed sequence
   * @param limit rows at most
   * @throws IOException if the database cannot answer
   */
  public List<Move> moves(
      final long participant, final long asset, final long after, final int limit)
      throws IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT moved_at, delta FROM (SELECT feed_sequence AS moved_at,"
                    + " CASE WHEN debtor_agent IN ("
                    + SETTLING_ON
                    + ") THEN -amount ELSE 0 END + CASE WHEN envelope IS NULL AND creditor_agent"
                    + " IN ("
                    + SETTLING_ON
                    + ") THEN amount ELSE 0 END AS delta FROM returns"
                    + " WHERE asset = ? AND feed_sequence > ? AND "
                    + PREFUNDED
                    + " UNION ALL SELECT redemptions.feed_sequence, redemptions.amount"
                    + " FROM redemptions JOIN assets ON assets.asset = redemptions.asset"
                    + " WHERE at_participant IN ("
                    + SETTLING_ON
                    + ") AND (CASE WHEN money_asset = 0 THEN assets.asset ELSE money_asset END) = ?"
                    + " AND redemptions.feed_sequence > ?) moves WHERE delta <> 0"
                    + " ORDER BY moved_at FETCH FIRST "
                    + limit
                    + " ROWS ONLY")) {
      statement.setQueryTimeout(seconds);
      int at = 1;
      for (final int agents : new int[] {2, 1}) {
        for (int i = 0; i < 2 * agents; i++) {
          statement.setLong(at++, participant);
        }
        statement.setLong(at++, asset);
        statement.setLong(at++, after);
      }
      final List<Move> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(new Move(row.getLong(1), row.getLong(2)));
        }
      }
      return found;
    } catch (final SQLException e) {
      throw new IOException("the reporting store does not answer: " + e.getMessage(), e);
    }
  }

  private record Moved(
      long debitsPosted, long creditsPosted, long debitsPending, long creditsPending) {}

  /**
   * An agent that settles on this participant moves its position as it would itself. A line of an
   * envelope is paid from its programme's cash, and a return of it goes back there. What a scheme
   * settles deferred moves no position here.
   */
  private Moved moved(
      final Connection connection,
      final long participant,
      final long asset,
      final long after,
      final long upTo)
      throws SQLException {
    final String own = "(" + SETTLING_ON + ")";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT SUM(debit), SUM(credit), SUM(debit_pending), SUM(credit_pending) FROM ("
                // reserved
                + "SELECT 0 AS debit, 0 AS credit, CASE WHEN envelope IS NULL AND debtor_agent IN "
                + own
                + " THEN amount ELSE 0 END AS debit_pending, CASE WHEN creditor_agent IN "
                + own
                + " THEN amount ELSE 0 END AS credit_pending FROM payments"
                + " WHERE asset = ? AND payment > ? AND payment <= ? AND "
                + PREFUNDED
                + " AND (final_feed_sequence IS NULL OR final_feed_sequence <> payment)"
                // final
                + " UNION ALL SELECT CASE WHEN posted = 1 AND debits = 1 THEN amount ELSE 0 END,"
                + " CASE WHEN posted = 1 AND credits = 1 THEN amount ELSE 0 END,"
                + " CASE WHEN held = 1 AND debits = 1 THEN -amount ELSE 0 END,"
                + " CASE WHEN held = 1 AND credits = 1 THEN -amount ELSE 0 END FROM (SELECT amount,"
                + " CASE WHEN status IN ('REJECTED', 'EXPIRED') THEN 0 ELSE 1 END AS posted,"
                + " CASE WHEN payment = final_feed_sequence THEN 0 ELSE 1 END AS held,"
                + " CASE WHEN envelope IS NULL AND debtor_agent IN "
                + own
                + " THEN 1 ELSE 0 END AS debits, CASE WHEN creditor_agent IN "
                + own
                + " THEN 1 ELSE 0 END AS credits FROM final_payments"
                + " WHERE asset = ? AND final_feed_sequence > ? AND final_feed_sequence <= ? AND "
                + PREFUNDED
                + ") ended"
                // returned
                + " UNION ALL SELECT CASE WHEN debtor_agent IN "
                + own
                + " THEN amount ELSE 0 END, CASE WHEN envelope IS NULL AND creditor_agent IN "
                + own
                + " THEN amount ELSE 0 END, 0, 0 FROM returns"
                + " WHERE asset = ? AND feed_sequence > ? AND feed_sequence <= ? AND "
                + PREFUNDED
                // redeemed
                + " UNION ALL SELECT 0, redemptions.amount, 0, 0 FROM redemptions JOIN assets"
                + " ON assets.asset = redemptions.asset WHERE at_participant IN "
                + own
                + " AND (CASE WHEN money_asset = 0 THEN assets.asset ELSE money_asset END) = ?"
                + " AND redemptions.feed_sequence > ? AND redemptions.feed_sequence <= ?) all_moves")) {
      statement.setQueryTimeout(seconds);
      int at = 1;
      // Three parts with both agents, one with the merchant's.
      for (final int agents : new int[] {2, 2, 2, 1}) {
        for (int i = 0; i < 2 * agents; i++) {
          statement.setLong(at++, participant);
        }
        statement.setLong(at++, asset);
        statement.setLong(at++, after);
        statement.setLong(at++, upTo);
      }
      try (ResultSet sums = statement.executeQuery()) {
        sums.next();
        return new Moved(sums.getLong(1), sums.getLong(2), sums.getLong(3), sums.getLong(4));
      }
    }
  }
}
