package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Looks payments up. Pages follow a key, never an offset: the thousandth costs what the first does,
 * and what arrives meanwhile moves nothing. Safe for use by many threads; each call takes a
 * connection for its time.
 */
public final class PaymentSearch {
  /** The most rows of a page. */
  public static final int PAGE_MAX = 500;

  private final DataSource source;
  private final Dialect dialect;
  private final int seconds;

  /** In which direction the pages go. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /** A search took longer than it may. */
  public static final class SearchTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    SearchTooLongException(final int seconds, final Throwable cause) {
      super("nothing was found within " + seconds + " s: give a time, an id or an amount", cause);
    }
  }

  PaymentSearch(final DataSource source, final Dialect dialect, final int seconds) {
    this.source = source;
    this.dialect = dialect;
    this.seconds = seconds;
  }

  /**
   * One page.
   *
   * @param next what the page before said, or null for the first page
   * @param limit rows, 1 to {@link #PAGE_MAX}
   * @throws IllegalArgumentException if the limit is out of its range
   * @throws SearchTooLongException if it takes longer than {@code search-seconds}
   * @throws IOException if the database cannot answer
   */
  public PaymentPage find(
      final PaymentQuery query, final Order order, final Long next, final int limit)
      throws IOException {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + PAGE_MAX + " rows, not " + limit);
    }
    try (Connection connection = source.getConnection()) {
      final long asOf = FeedPosition.read(connection).feedSequence();
      final PaymentSql sql =
          PaymentSql.of(query, order, next, limit + 1, bounds(connection, query));
      final List<PaymentRow> rows = new ArrayList<>();
      try (PreparedStatement statement = prepare(connection, sql.text());
          ResultSet found = execute(statement, sql.parameters())) {
        long last = Long.MIN_VALUE;
        while (found.next() && rows.size() <= limit) {
          final PaymentRow row = PaymentRow.of(found);
          // One that two of the alternatives found stands beside itself.
          if (row.number() != last) {
            rows.add(row);
            last = row.number();
          }
        }
      }
      final boolean more = rows.size() > limit;
      final List<PaymentRow> page = List.copyOf(more ? rows.subList(0, limit) : rows);
      return new PaymentPage(page, more ? page.get(limit - 1).number() : null, asOf);
    } catch (final SQLException e) {
      throw failed(e);
    }
  }

  /** The payment of this number, if the store has it. */
  public Optional<PaymentRow> byNumber(final long number) throws IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            prepare(
                connection,
                PaymentSql.withProgramme(
                    "SELECT " + PaymentRow.COLUMNS + " FROM payments WHERE payment = ?"));
        ResultSet found = execute(statement, List.of(number))) {
      return found.next() ? Optional.of(PaymentRow.of(found)) : Optional.empty();
    } catch (final SQLException e) {
      throw failed(e);
    }
  }

  /** What happened to payments of this UETR, in order. */
  public List<PaymentEvent> events(final UUID uetr) throws IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            prepare(
                connection,
                "SELECT kind, feed_sequence, log_sequence, time_ms, code, reason, amount"
                    + " FROM payment_events WHERE uetr = ? ORDER BY feed_sequence");
        ResultSet found = execute(statement, List.of(uetr))) {
      final List<PaymentEvent> events = new ArrayList<>();
      while (found.next()) {
        events.add(
            new PaymentEvent(
                found.getString(1),
                found.getLong(2),
                found.getLong(3),
                found.getLong(4),
                found.getString(5),
                found.getString(6),
                found.getLong(7)));
      }
      return events;
    } catch (final SQLException e) {
      throw failed(e);
    }
  }

  /** The times of a query as payment numbers: as exact as a minute, and an index knows them. */
  private PaymentSql.Bounds bounds(final Connection connection, final PaymentQuery query)
      throws SQLException {
    return new PaymentSql.Bounds(
        bound(
            connection,
            "SELECT MAX(feed_sequence) FROM minutes WHERE minute_ms <= ?",
            query.fromMs()),
        bound(
            connection,
            "SELECT MIN(feed_sequence) FROM minutes WHERE minute_ms >= ?",
            query.toMs()));
  }

  private Long bound(final Connection connection, final String sql, final Long ms)
      throws SQLException {
    if (ms == null) {
      return null;
    }
    try (PreparedStatement statement = prepare(connection, sql);
        ResultSet row = execute(statement, List.of(ms))) {
      row.next();
      final long bound = row.getLong(1);
      return row.wasNull() ? null : bound;
    }
  }

  private PreparedStatement prepare(final Connection connection, final String sql)
      throws SQLException {
    final PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(seconds);
    return statement;
  }

  private static ResultSet execute(final PreparedStatement statement, final List<Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement.executeQuery();
  }

  private IOException failed(final SQLException e) {
    return dialect.isTimeout(e)
        ? new SearchTooLongException(seconds, e)
        : new IOException("the reporting store does not answer: " + e.getMessage(), e);
  }
}
