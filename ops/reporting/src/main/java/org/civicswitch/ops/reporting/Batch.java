package org.civicswitch.ops.reporting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of one transaction, values in the order of the table's columns. Of rows that replace each
 * other only the last is kept. Not for use by several threads.
 */
final class Batch {
  private final Map<Table, List<Object[]>> added = new EnumMap<>(Table.class);
  private final Map<Table, Map<List<Object>, Object[]>> replaced = new EnumMap<>(Table.class);

  /** A row for a table to which rows are added. */
  void add(final Table table, final Object... row) {
    if (table.keys() != 0) {
      throw new IllegalArgumentException("rows of " + table + " replace each other");
    }
    added.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
  }

  /** A row for a table in which it takes the place of the one with its key. */
  void put(final Table table, final Object... row) {
    if (table.keys() == 0) {
      throw new IllegalArgumentException("rows are added to " + table);
    }
    replaced
        .computeIfAbsent(table, t -> new LinkedHashMap<>())
        .put(List.of(Arrays.copyOf(row, table.keys())), row);
  }

  Map<Table, List<Object[]>> added() {
    return added;
  }

  Map<Table, Map<List<Object>, Object[]>> replaced() {
    return replaced;
  }

  void clear() {
    added.clear();
    replaced.clear();
  }
}
