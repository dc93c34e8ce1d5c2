package org.civicswitch.ops.reporting;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.ops.reporting.PaymentSearch.Order;

/**
 * The statement of a search. Each alternative (an id of one kind or another, debtor or creditor
 * agent) is a branch of its own with the page's limit, in each of the two tables: so every branch
 * can follow an index in the order of the page and stop early, where an OR could not.
 */
record PaymentSql(String text, List<Object> parameters) {
  private static final List<String> TABLES = List.of("pending_payments", "final_payments");

  /**
   * Payment numbers that bound the times of a query; null where nothing does.
   *
   * @param first at or after this one
   * @param end before this one
   */
  record Bounds(Long first, Long end) {}

  /** A condition with its parameters. */
  private record Condition(String sql, List<Object> parameters) {
    static Condition of(final String sql, final Object... parameters) {
      return new Condition(sql, List.of(parameters));
    }
  }

  static PaymentSql of(
      final PaymentQuery query,
      final Order order,
      final Long next,
      final int limit,
      final Bounds bounds) {
    final boolean newest = order == Order.NEWEST_FIRST;
    final List<Condition> always = always(query, bounds);
    if (next != null) {
      always.add(Condition.of("payment " + (newest ? "<" : ">") + " ?", next));
    }
    final String ordered = " ORDER BY payment" + (newest ? " DESC" : "");
    final List<String> branches = new ArrayList<>();
    final List<Object> parameters = new ArrayList<>();
    for (final String table : TABLES) {
      for (final Condition byId : byId(query)) {
        for (final Condition byAgent : byAgent(query)) {
          final List<Condition> all = new ArrayList<>(always);
          all.add(byId);
          all.add(byAgent);
          final List<String> where = new ArrayList<>();
          for (final Condition one : all) {
            if (!one.sql().isEmpty()) {
              where.add(one.sql());
              parameters.addAll(one.parameters());
            }
          }
          branches.add(
              "(SELECT "
                  + PaymentRow.COLUMNS
                  + " FROM "
                  + table
                  + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                  + ordered
                  + " FETCH FIRST "
                  + limit
                  + " ROWS ONLY)");
        }
      }
    }
    return new PaymentSql(
        withProgramme(String.join(" UNION ALL ", branches)) + ordered, List.copyOf(parameters));
  }

  /** Rows of payments, each with the programme of its envelope. */
  static String withProgramme(final String payments) {
    return "SELECT found.*, envelopes.programme FROM ("
        + payments
        + ") found LEFT JOIN envelopes ON envelopes.envelope = found.envelope";
  }

  private static List<Condition> always(final PaymentQuery query, final Bounds bounds) {
    final List<Condition> all = new ArrayList<>();
    add(all, "payment >= ?", bounds.first());
    add(all, "payment < ?", bounds.end());
    add(all, "opened_ms >= ?", query.fromMs());
    add(all, "opened_ms < ?", query.toMs());
    add(all, "alias = ?", query.alias() == null ? null : query.alias().toBytes());
    add(all, "debtor_agent = ?", Values.numberOrNull(query.debtorAgent()));
    add(all, "creditor_agent = ?", Values.numberOrNull(query.creditorAgent()));
    add(all, "asset = ?", Values.numberOrNull(query.asset()));
    if (query.amountFrom() != null && query.amountFrom().equals(query.amountTo())) {
      add(all, "amount = ?", query.amountFrom());
    } else {
      add(all, "amount >= ?", query.amountFrom());
      add(all, "amount <= ?", query.amountTo());
    }
    if (query.status() != null) {
      // In the text: an index that leaves SETTLED out is used only where it is plain that it may.
      all.add(Condition.of("status = '" + query.status() + "'"));
    }
    if (query.reason() != null) {
      add(all, isCode(query.reason()) ? "code = ?" : "reason = ?", query.reason());
    }
    add(all, "window_number = ?", query.window());
    return all;
  }

  private static void add(final List<Condition> all, final String sql, final Object value) {
    if (value != null) {
      all.add(Condition.of(sql, value));
    }
  }

  private static boolean isCode(final String reason) {
    for (final Code code : Code.values()) {
      if (code.name().equals(reason)) {
        return true;
      }
    }
    return false;
  }

  private static List<Condition> byId(final PaymentQuery query) {
    if (query.id() == null) {
      return List.of(Condition.of(""));
    }
    return List.of(
        Condition.of("uetr = ?", query.id()),
        Condition.of("instruction_id = ?", query.id()),
        Condition.of("envelope = ?", query.id()),
        Condition.of("uetr IN (SELECT original_uetr FROM returns WHERE uetr = ?)", query.id()),
        Condition.of(
            "uetr IN (SELECT original_uetr FROM returns WHERE instruction_id = ?)", query.id()));
  }

  private static List<Condition> byAgent(final PaymentQuery query) {
    if (query.participant() == 0) {
      return List.of(Condition.of(""));
    }
    return List.of(
        Condition.of("debtor_agent = ?", query.participant()),
        Condition.of("creditor_agent = ?", query.participant()));
  }
}
