package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.civicswitch.gateway.kit.Digest256;

/** What the two databases do differently. Holds no state; every call belongs to a connection. */
interface Dialect {
  /** For the schema's migrations. */
  Map<String, String> placeholders();

  /**
   * Prepares the one connection that writes, and makes sure that it is the only one.
   *
   * @throws SQLException saying so if another process writes into this store
   */
  void claim(Connection connection) throws SQLException;

  /** Adds rows as fast as the database takes them. */
  void add(Connection connection, TableShape shape, List<Object[]> rows) throws SQLException;

  /** A statement that adds a row or replaces the one with its key. */
  String replaceSql(TableShape shape);

  /** Removes pending payments by UETR and returns what was reserved: columns of {@link Taken}. */
  String takePendingSql();

  /** Makes room for rows of a month where a month needs room of its own. */
  void openMonth(Connection connection, Table table, YearMonth month) throws SQLException;

  /**
   * Removes rows whose month lies before this one, a bounded number at a time.
   *
   * @param timeColumn the column that says the month
   * @return whether there is more to remove
   */
  boolean dropBefore(Connection connection, Table table, String timeColumn, YearMonth month)
      throws SQLException;

  /** Whether a search was given up because it took too long. */
  boolean isTimeout(SQLException failure);

  /** What of a pending payment its final event does not say. */
  record Taken(
      UUID uetr, long payment, long logSequence, long openedMs, Long connection, Digest256 alias) {}

  /** The tables that grow without end, and the column by which they are kept. */
  Map<Table, String> BY_MONTH =
      Map.of(
          Table.FINAL_PAYMENTS, "opened_ms",
          Table.REFUSALS, "time_ms",
          Table.DISBURSEMENTS, "time_ms");
}
