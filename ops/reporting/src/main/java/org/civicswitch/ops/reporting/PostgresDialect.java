package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;

/** PostgreSQL 14 and newer: COPY for the bulk, a partition a month for what grows without end. */
final class PostgresDialect implements Dialect {
  /** Any number that nobody else takes in this database: "civicswt". */
  private static final long ADVISORY_LOCK = 0x6369766963737774L;

  @Override
  public Map<String, String> placeholders() {
    return Map.of("token", "BYTEA", "pg", "", "end", "");
  }

  @Override
  public void claim(final Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet locked =
          statement.executeQuery("SELECT pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
        locked.next();
        if (!locked.getBoolean(1)) {
          throw new SQLException("another process writes into this reporting store");
        }
      }
      // What a crash of the database loses is lost with the position, and read again.
      statement.execute("SET synchronous_commit = off");
    }
    connection.commit();
  }

  @Override
  public void add(final Connection connection, final TableShape shape, final List<Object[]> rows)
      throws SQLException {
    CopyRows.write(connection.unwrap(PGConnection.class).getCopyAPI(), shape, rows);
  }

  @Override
  public String replaceSql(final TableShape shape) {
    final List<String> columns = shape.columns();
    final List<String> set = new ArrayList<>();
    for (final String column : columns.subList(shape.table().keys(), columns.size())) {
      set.add(column + " = EXCLUDED." + column);
    }
    return "INSERT INTO "
        + shape.table().sqlName()
        + " ("
        + shape.columnList()
        + ") VALUES ("
        + shape.questionMarks()
        + ") ON CONFLICT ("
        + String.join(", ", columns.subList(0, shape.table().keys()))
        + ") DO UPDATE SET "
        + String.join(", ", set);
  }

  @Override
  public String takePendingSql() {
    return "DELETE FROM pending_payments WHERE uetr = ANY(?)"
        + " RETURNING uetr, payment, log_sequence, opened_ms, connection, alias";
  }

  @Override
  public void openMonth(final Connection connection, final Table table, final YearMonth month)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + partition(table, month)
              + " PARTITION OF "
              + table.sqlName()
              + " FOR VALUES FROM ("
              + startMs(month)
              + ") TO ("
              + startMs(month.plusMonths(1))
              + ")");
    }
  }

  private static long startMs(final YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static String partition(final Table table, final YearMonth month) {
    return prefix(table)
        + month.getYear()
        + "_"
        + (month.getMonthValue() / 10)
        + (month.getMonthValue() % 10);
  }

  private static String prefix(final Table table) {
    return table.sqlName() + "_";
  }

  /** A partition at a time; the month stands in its name. */
  @Override
  public boolean dropBefore(
      final Connection connection,
      final Table table,
      final String timeColumn,
      final YearMonth month)
      throws SQLException {
    final List<String> old = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet partitions =
          statement.executeQuery(
              "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE"
                  + " i.inhparent = '"
                  + table.sqlName()
                  + "'::regclass")) {
        while (partitions.next()) {
          final String name = partitions.getString(1);
          if (month(table, name).isBefore(month)) {
            old.add(name);
          }
        }
      }
      if (!old.isEmpty()) {
        statement.execute("DROP TABLE " + old.get(0));
      }
    }
    return old.size() > 1;
  }

  private static YearMonth month(final Table table, final String partition) {
    return YearMonth.parse(partition.substring(prefix(table).length()).replace('_', '-'));
  }

  @Override
  public boolean isTimeout(final SQLException failure) {
    return PSQLState.QUERY_CANCELED.getState().equals(failure.getSQLState());
  }
}
