package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a store holds, as text: equal stores have equal dumps. */
final class Dump {
  private Dump() {}

  static Connection connect(final ReportingSettings settings) throws SQLException {
    final Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    connection.setSchema(ReportingStore.SCHEMA);
    return connection;
  }

  static Map<String, List<String>> of(final ReportingSettings settings) throws SQLException {
    final Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      for (final Table table : Table.values()) {
        all.put(table.sqlName(), rows(statement, table.sqlName()));
      }
      all.put("feed_position", rows(statement, "feed_position"));
    }
    return all;
  }

  private static List<String> rows(final Statement statement, final String table)
      throws SQLException {
    final List<String> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
      while (found.next()) {
        final StringBuilder row = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          final Object value = found.getObject(i);
          row.append(found.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT))
              .append('=')
              .append(value instanceof byte[] b ? HexFormat.of().formatHex(b) : value)
              .append(' ');
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
