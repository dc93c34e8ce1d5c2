package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The columns of a table in their order, as the database has them. */
record TableShape(Table table, List<String> columns, List<Kind> kinds) {
  /** What a column holds, and as what: Long, Integer, Boolean, String, UUID, byte[]. */
  enum Kind {
    BIGINT,
    INTEGER,
    BOOLEAN,
    TEXT,
    UUID,
    BYTES
  }

  /** Reads the shape of every table. */
  static Map<Table, TableShape> readAll(final Connection connection) throws SQLException {
    final Map<Table, TableShape> shapes = new EnumMap<>(Table.class);
    for (final Table table : Table.values()) {
      shapes.put(table, read(connection, table));
    }
    return shapes;
  }

  private static TableShape read(final Connection connection, final Table table)
      throws SQLException {
    try (PreparedStatement none =
        connection.prepareStatement("SELECT * FROM " + table.sqlName() + " WHERE 1 = 0")) {
      final ResultSetMetaData data = none.getMetaData();
      final List<String> columns = new ArrayList<>();
      final List<Kind> kinds = new ArrayList<>();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        columns.add(data.getColumnName(i));
        kinds.add(kind(data.getColumnType(i), data.getColumnTypeName(i)));
      }
      return new TableShape(table, List.copyOf(columns), List.copyOf(kinds));
    }
  }

  private static Kind kind(final int type, final String name) {
    return switch (type) {
      case Types.BIGINT -> Kind.BIGINT;
      case Types.INTEGER -> Kind.INTEGER;
      case Types.BOOLEAN, Types.BIT -> Kind.BOOLEAN;
      case Types.VARCHAR -> Kind.TEXT;
      case Types.BINARY, Types.VARBINARY -> Kind.BYTES;
      default -> {
        if (!"uuid".equalsIgnoreCase(name)) {
          throw new IllegalStateException("no such column type here: " + name);
        }
        yield Kind.UUID;
      }
    };
  }

  int indexOf(final String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(table + " has no column " + column);
  }

  String columnList() {
    return String.join(", ", columns);
  }

  String questionMarks() {
    return "?" + ", ?".repeat(columns.size() - 1);
  }
}
