package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.h2.api.ErrorCode;

/** Embedded H2: one process has the file, so nothing else needs to be claimed. */
final class H2Dialect implements Dialect {
  private static final int DELETED_AT_ONCE = 10_000;

  @Override
  public Map<String, String> placeholders() {
    return Map.of("token", "VARBINARY(32)", "pg", "/*", "end", "*/");
  }

  @Override
  public void claim(final Connection connection) {
    // The lock on the file is the claim.
  }

  @Override
  public void add(final Connection connection, final TableShape shape, final List<Object[]> rows)
      throws SQLException {
    final String sql =
        "INSERT INTO "
            + shape.table().sqlName()
            + " ("
            + shape.columnList()
            + ") VALUES ("
            + shape.questionMarks()
            + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (final Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        // Embedded there is no round trip to save; a JDBC batch would only copy the values.
        insert.executeUpdate();
      }
    }
  }

  @Override
  public String replaceSql(final TableShape shape) {
    return "MERGE INTO "
        + shape.table().sqlName()
        + " ("
        + shape.columnList()
        + ") KEY ("
        + String.join(", ", shape.columns().subList(0, shape.table().keys()))
        + ") VALUES ("
        + shape.questionMarks()
        + ")";
  }

  @Override
  public String takePendingSql() {
    return "SELECT uetr, payment, log_sequence, opened_ms, connection, alias FROM OLD TABLE"
        + " (DELETE FROM pending_payments WHERE uetr = ANY(?))";
  }

  @Override
  public void openMonth(final Connection connection, final Table table, final YearMonth month) {
    // Not divided by month here.
  }

  @Override
  public boolean dropBefore(
      final Connection connection,
      final Table table,
      final String timeColumn,
      final YearMonth month)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + table.sqlName()
                + " WHERE "
                + timeColumn
                + " < ? FETCH FIRST "
                + DELETED_AT_ONCE
                + " ROWS ONLY")) {
      delete.setLong(1, month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
      return delete.executeUpdate() == DELETED_AT_ONCE;
    }
  }

  @Override
  public boolean isTimeout(final SQLException failure) {
    return failure.getErrorCode() == ErrorCode.STATEMENT_WAS_CANCELED;
  }
}
