package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Up to where the feed is in the store.
 *
 * @param feedSequence of the last event in it, 0 before the first
 * @param logSequence of the command that caused it
 * @param timeMs its time
 * @param eventCrc of its bytes: another feed has another event there
 */
record FeedPosition(long feedSequence, long logSequence, long timeMs, long eventCrc) {
  static FeedPosition read(final Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT feed_sequence, log_sequence, time_ms, event_crc32c FROM feed_position"
                    + " WHERE id = 1")) {
      if (!row.next()) {
        throw new SQLException("the reporting store has no position: rebuild it");
      }
      return new FeedPosition(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  /**
   * Moves the position on within the transaction that holds the rows.
   *
   * @throws SQLException if somebody else has moved it: these rows are there already
   */
  void replace(final Connection connection, final FeedPosition before) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE feed_position SET feed_sequence = ?, log_sequence = ?, time_ms = ?,"
                + " event_crc32c = ? WHERE id = 1 AND feed_sequence = ?")) {
      update.setLong(1, feedSequence);
      update.setLong(2, logSequence);
      update.setLong(3, timeMs);
      update.setLong(4, eventCrc);
      update.setLong(5, before.feedSequence);
      if (update.executeUpdate() != 1) {
        throw new SQLException("another process writes into this reporting store");
      }
    }
  }
}
