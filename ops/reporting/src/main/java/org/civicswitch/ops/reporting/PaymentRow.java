package org.civicswitch.ops.reporting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.civicswitch.gateway.kit.Digest256;

/**
 * One payment as the store has it. Times are milliseconds UTC of the log, amounts minor units.
 *
 * @param number the feed sequence of its first event: the order of payments, in time too
 * @param logSequence of the command that opened it
 * @param openedMs reserved, or at once settled or rejected
 * @param code why it was rejected, or null
 * @param reason the creditor agent's four letters, or null
 * @param envelope of a benefit, or null
 * @param line of that envelope, or null
 * @param programme that pays it, or null
 * @param connection that instructed it, or null where its events do not say
 * @param alias token that it was sent to, or null
 * @param returnedAmount so far
 * @param finalFeedSequence of the event that made it final, or null
 * @param finalLogSequence of the command that did, or null
 * @param finalMs when, or null
 */
public record PaymentRow(
    long number,
    long logSequence,
    long openedMs,
    UUID uetr,
    UUID instructionId,
    long debtorAgent,
    long creditorAgent,
    long asset,
    long amount,
    PaymentStatus status,
    String code,
    String reason,
    int scheme,
    String settlementModel,
    String mode,
    long window,
    LocalDate valueDate,
    long createdMs,
    long deadlineMs,
    UUID envelope,
    Long line,
    Long programme,
    Long connection,
    Digest256 alias,
    long returnedAmount,
    Long finalFeedSequence,
    Long finalLogSequence,
    Long finalMs) {

  static final String COLUMNS =
      "payment, log_sequence, opened_ms, uetr, instruction_id, debtor_agent, creditor_agent, asset,"
          + " amount, status, code, reason, scheme, settlement_model, payment_mode, window_number,"
          + " value_date, created_ms, deadline_ms, envelope, line, connection, alias,"
          + " returned_amount, final_feed_sequence, final_log_sequence, final_ms";

  /** Of a row that has {@link #COLUMNS}, and the programme behind them. */
  static PaymentRow of(final ResultSet row) throws SQLException {
    final byte[] alias = row.getBytes("alias");
    return new PaymentRow(
        row.getLong("payment"),
        row.getLong("log_sequence"),
        row.getLong("opened_ms"),
        row.getObject("uetr", UUID.class),
        row.getObject("instruction_id", UUID.class),
        row.getLong("debtor_agent"),
        row.getLong("creditor_agent"),
        row.getLong("asset"),
        row.getLong("amount"),
        PaymentStatus.valueOf(row.getString("status")),
        row.getString("code"),
        row.getString("reason"),
        row.getInt("scheme"),
        row.getString("settlement_model"),
        row.getString("payment_mode"),
        row.getLong("window_number"),
        LocalDate.ofEpochDay(row.getInt("value_date")),
        row.getLong("created_ms"),
        row.getLong("deadline_ms"),
        row.getObject("envelope", UUID.class),
        orNull(row, "line"),
        orNull(row, "programme"),
        orNull(row, "connection"),
        alias == null ? null : Digest256.of(alias),
        row.getLong("returned_amount"),
        orNull(row, "final_feed_sequence"),
        orNull(row, "final_log_sequence"),
        orNull(row, "final_ms"));
  }

  private static Long orNull(final ResultSet row, final String column) throws SQLException {
    final long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
