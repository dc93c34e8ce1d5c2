package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.kit.Digest256;

/**
 * Payments as rows. One that is reserved and final within a batch is written once, as final; one
 * that was reserved in an earlier batch is taken out of the pending ones at the end of this one. So
 * the large table is only ever added to, but for returns.
 */
final class PaymentRows {
  // The columns of pending_payments and final_payments.
  private static final int PAYMENT = 0;
  private static final int LOG_SEQUENCE = 1;
  private static final int OPENED_MS = 2;
  private static final int UETR = 3;
  private static final int STATUS = 9;
  private static final int CODE = 10;
  private static final int REASON = 11;
  private static final int WINDOW = 15;
  private static final int CONNECTION = 21;
  private static final int ALIAS = 22;
  private static final int FINAL_FEED_SEQUENCE = 24;
  private static final int FINAL_LOG_SEQUENCE = 25;
  private static final int FINAL_MS = 26;

  private final Batch batch;
  private final Map<UUID, Object[]> opened = new LinkedHashMap<>();
  private final Map<UUID, Object[]> ended = new LinkedHashMap<>();
  private final List<Returned> returned = new ArrayList<>();

  private record Returned(UUID original, long amount, PaymentState state) {}

  PaymentRows(final Batch batch) {
    this.batch = batch;
  }

  void on(final PaymentReservedDecoder event) {
    final UUID uetr = Values.id(event.uetr());
    opened.put(
        uetr,
        new Object[] {
          event.at().feedSequence(),
          event.at().sequence(),
          event.at().timeMs(),
          uetr,
          Values.id(event.key()),
          event.debtorAgent(),
          event.creditorAgent(),
          event.asset(),
          event.amount(),
          PaymentState.RESERVED.name(),
          null,
          null,
          event.scheme(),
          event.settlementModel().name(),
          event.mode().name(),
          event.window(),
          event.valueDate(),
          event.createdMs(),
          event.deadlineMs(),
          Values.idOrNull(event.envelope()),
          lineOrNull(Values.idOrNull(event.envelope()), event.line()),
          event.instructingConnection(),
          Values.tokenOrNull(event.alias()),
          0L,
          null,
          null,
          null
        });
  }

  void on(final PaymentSettledDecoder event) {
    final UUID uetr = Values.id(event.uetr());
    final UUID envelope = Values.idOrNull(event.envelope());
    final Object[] row = {
      null,
      null,
      null,
      uetr,
      Values.id(event.key()),
      event.debtorAgent(),
      event.creditorAgent(),
      event.asset(),
      event.amount(),
      (event.creditPending() == 0 ? PaymentState.SETTLED : PaymentState.SETTLED_CREDIT_PENDING)
          .name(),
      null,
      null,
      event.scheme(),
      event.settlementModel().name(),
      event.mode().name(),
      event.window(),
      event.valueDate(),
      event.createdMs(),
      event.deadlineMs(),
      envelope,
      lineOrNull(envelope, event.line()),
      null,
      null,
      0L,
      null,
      null,
      null
    };
    end(row, event.at(), event.reservedSequence());
  }

  void on(final PaymentRejectedDecoder event) {
    final UUID uetr = Values.id(event.uetr());
    final UUID envelope = Values.idOrNull(event.envelope());
    final Object[] row = {
      null,
      null,
      null,
      uetr,
      Values.id(event.key()),
      event.debtorAgent(),
      event.creditorAgent(),
      event.asset(),
      event.amount(),
      (hasExpired(event) ? PaymentState.EXPIRED : PaymentState.REJECTED).name(),
      event.code().name(),
      Values.reasonOrNull(event.reason()),
      event.scheme(),
      event.settlementModel().name(),
      event.mode().name(),
      event.window(),
      event.valueDate(),
      event.createdMs(),
      event.deadlineMs(),
      envelope,
      lineOrNull(envelope, event.line()),
      null,
      null,
      0L,
      null,
      null,
      null
    };
    end(row, event.at(), event.reservedSequence());
  }

  private static boolean hasExpired(final PaymentRejectedDecoder event) {
    return event.reservedSequence() != 0
        && (event.code() == Code.DEADLINE_PASSED || event.code() == Code.CONFIRMATION_LATE);
  }

  private static Long lineOrNull(final UUID envelope, final long line) {
    return envelope == null ? null : line;
  }

  private void end(final Object[] row, final EventHeadDecoder at, final long reservedSequence) {
    row[FINAL_FEED_SEQUENCE] = at.feedSequence();
    row[FINAL_LOG_SEQUENCE] = at.sequence();
    row[FINAL_MS] = at.timeMs();
    if (reservedSequence == 0) {
      // Never reserved, also when a payment of this UETR is: opened and final at once.
      row[PAYMENT] = at.feedSequence();
      row[LOG_SEQUENCE] = at.sequence();
      row[OPENED_MS] = at.timeMs();
      batch.add(Table.FINAL_PAYMENTS, row);
      return;
    }
    final Object[] reserved = opened.remove((UUID) row[UETR]);
    if (reserved == null) {
      ended.put((UUID) row[UETR], row);
      return;
    }
    // What was instructed stands in the reservation; what became of it, in this event.
    for (final int column :
        new int[] {
          STATUS, CODE, REASON, WINDOW, FINAL_FEED_SEQUENCE, FINAL_LOG_SEQUENCE, FINAL_MS
        }) {
      reserved[column] = row[column];
    }
    batch.add(Table.FINAL_PAYMENTS, reserved);
  }

  void on(final PaymentReturnedDecoder event) {
    final UUID original = Values.id(event.originalUetr());
    final UUID envelope = Values.idOrNull(event.envelope());
    batch.add(
        Table.RETURNS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        original,
        Values.id(event.uetr()),
        Values.id(event.key()),
        event.debtorAgent(),
        event.creditorAgent(),
        event.asset(),
        event.amount(),
        Values.reasonOrNull(event.reason()),
        event.originalState().name(),
        event.authorityRestored() != 0,
        envelope,
        lineOrNull(envelope, event.line()),
        event.settlementModel().name());
    returned.add(new Returned(original, event.amount(), event.originalState()));
  }

  /** Before the batch is written: completes what became final, leaves pending what did not. */
  void beforeWrite(final Connection connection, final Dialect dialect) throws SQLException {
    if (!ended.isEmpty()) {
      final Map<UUID, Dialect.Taken> taken = take(connection, dialect);
      for (final Object[] row : ended.values()) {
        final Dialect.Taken reserved = taken.get((UUID) row[UETR]);
        if (reserved == null) {
          throw new IllegalStateException(
              "payment "
                  + row[UETR]
                  + " became final and is not among the pending ones: rebuild the store");
        }
        row[PAYMENT] = reserved.payment();
        row[LOG_SEQUENCE] = reserved.logSequence();
        row[OPENED_MS] = reserved.openedMs();
        row[CONNECTION] = reserved.connection();
        row[ALIAS] = reserved.alias() == null ? null : reserved.alias().toBytes();
        batch.add(Table.FINAL_PAYMENTS, row);
      }
    }
    for (final Object[] row : opened.values()) {
      batch.add(Table.PENDING_PAYMENTS, row);
    }
  }

  private Map<UUID, Dialect.Taken> take(final Connection connection, final Dialect dialect)
      throws SQLException {
    final Map<UUID, Dialect.Taken> taken = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(dialect.takePendingSql())) {
      statement.setArray(1, connection.createArrayOf("uuid", ended.keySet().toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          final long instructing = rows.getLong(5);
          final Long instructedBy = rows.wasNull() ? null : instructing;
          final UUID uetr = rows.getObject(1, UUID.class);
          final byte[] alias = rows.getBytes(6);
          taken.put(
              uetr,
              new Dialect.Taken(
                  uetr,
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  instructedBy,
                  alias == null ? null : Digest256.of(alias)));
        }
      }
    }
    return taken;
  }

  /** After the batch is written: what was returned may be in it. */
  void afterWrite(final Connection connection) throws SQLException {
    if (!returned.isEmpty()) {
      // A UETR may come again after years; the newest settled one is meant.
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE final_payments SET returned_amount = returned_amount + ?, status = ?"
                  + " WHERE uetr = ? AND payment = (SELECT MAX(payment) FROM final_payments"
                  + " WHERE uetr = ? AND status NOT IN ('REJECTED', 'EXPIRED'))")) {
        for (final Returned one : returned) {
          update.setLong(1, one.amount());
          update.setString(2, one.state().name());
          update.setObject(3, one.original());
          update.setObject(4, one.original());
          update.addBatch();
        }
        update.executeBatch();
      }
    }
    opened.clear();
    ended.clear();
    returned.clear();
  }
}
