package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;

/**
 * Every position as the events make it. {@code PositionChanged} sets it; payments, returns and
 * redemptions move it in between and say so only by themselves. A line of an envelope is paid from
 * its programme's cash; what an indirect participant draws is on its settlement participant's
 * position, and counted beside it. What a scheme settles deferred moves no position here.
 */
final class PositionBook {
  private final Batch batch;
  private final Map<Key, Position> positions = new HashMap<>();
  private final Map<Long, Long> settlesOn = new HashMap<>();
  private final Map<Long, Long> moneyOf = new HashMap<>();

  /** Moved since the last flush, and since their last row in the history. */
  private final Set<Position> moved = new LinkedHashSet<>();

  private final Set<Position> unrecorded = new LinkedHashSet<>();

  PositionBook(final Batch batch) {
    this.batch = batch;
  }

  private record Key(long participant, long asset) {}

  private static final class Position {
    final Key key;
    long netDebitCap;
    long paymentMax;
    long debitsPosted;
    long creditsPosted;
    long debitsPending;
    long creditsPending;
    long feedSequence;
    long timeMs;
    long historySequence;

    Position(final Key key) {
      this.key = key;
    }
  }

  /** Takes over what the store holds. */
  void load(final Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery("SELECT participant, settlement_participant FROM participants")) {
        while (rows.next()) {
          settlesOn.put(rows.getLong(1), rows.getLong(2));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT asset, money_asset FROM assets")) {
        while (rows.next()) {
          moneyOf.put(rows.getLong(1), rows.getLong(2));
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT participant, asset, net_debit_cap, payment_max, debits_posted,"
                  + " credits_posted, debits_pending, credits_pending, feed_sequence, time_ms,"
                  + " history_sequence FROM positions")) {
        while (rows.next()) {
          final Position position = at(rows.getLong(1), rows.getLong(2));
          position.netDebitCap = rows.getLong(3);
          position.paymentMax = rows.getLong(4);
          position.debitsPosted = rows.getLong(5);
          position.creditsPosted = rows.getLong(6);
          position.debitsPending = rows.getLong(7);
          position.creditsPending = rows.getLong(8);
          position.feedSequence = rows.getLong(9);
          position.timeMs = rows.getLong(10);
          position.historySequence = rows.getLong(11);
          if (position.historySequence < position.feedSequence) {
            unrecorded.add(position);
          }
        }
      }
    }
  }

  void on(final ParticipantChangedDecoder event) {
    settlesOn.put(event.participant(), event.settlementParticipant());
  }

  void on(final AssetDefinedDecoder event) {
    moneyOf.put(event.asset(), event.moneyAsset());
  }

  void on(final PositionChangedDecoder event) {
    final Position position = at(event.participant(), event.asset());
    position.netDebitCap = event.netDebitCap();
    position.paymentMax = event.paymentMax();
    position.debitsPosted = event.debitsPosted();
    position.creditsPosted = event.creditsPosted();
    position.debitsPending = event.debitsPending();
    position.creditsPending = event.creditsPending();
    touch(position, event.at());
    record(position);
    unrecorded.remove(position);
  }

  void on(final PaymentReservedDecoder event) {
    if (event.settlementModel() != SettlementModel.PREFUNDED_GROSS) {
      return;
    }
    pending(
        event.at(),
        Values.idOrNull(event.envelope()) == null,
        event.debtorAgent(),
        event.creditorAgent(),
        event.asset(),
        event.amount());
  }

  void on(final PaymentSettledDecoder event) {
    if (event.settlementModel() != SettlementModel.PREFUNDED_GROSS) {
      return;
    }
    final boolean fromPosition = Values.idOrNull(event.envelope()) == null;
    if (event.reservedSequence() != 0) {
      pending(
          event.at(),
          fromPosition,
          event.debtorAgent(),
          event.creditorAgent(),
          event.asset(),
          -event.amount());
    }
    if (fromPosition) {
      debit(event.at(), event.debtorAgent(), event.asset(), event.amount());
    }
    credit(event.at(), event.creditorAgent(), event.asset(), event.amount());
  }

  void on(final PaymentRejectedDecoder event) {
    if (event.settlementModel() != SettlementModel.PREFUNDED_GROSS) {
      return;
    }
    if (event.reservedSequence() != 0) {
      pending(
          event.at(),
          Values.idOrNull(event.envelope()) == null,
          event.debtorAgent(),
          event.creditorAgent(),
          event.asset(),
          -event.amount());
    }
  }

  void on(final PaymentReturnedDecoder event) {
    if (event.settlementModel() != SettlementModel.PREFUNDED_GROSS) {
      return;
    }
    debit(event.at(), event.debtorAgent(), event.asset(), event.amount());
    if (Values.idOrNull(event.envelope()) == null) {
      credit(event.at(), event.creditorAgent(), event.asset(), event.amount());
    }
  }

  void on(final VoucherRedeemedDecoder event) {
    final long money = moneyOf.getOrDefault(event.asset(), 0L);
    credit(event.at(), event.atParticipant(), money == 0 ? event.asset() : money, event.amount());
  }

  private void pending(
      final EventHeadDecoder at,
      final boolean fromPosition,
      final long debtorAgent,
      final long creditorAgent,
      final long asset,
      final long amount) {
    if (fromPosition) {
      for (final Position position : of(debtorAgent, asset)) {
        position.debitsPending += amount;
        touch(position, at);
      }
    }
    for (final Position position : of(creditorAgent, asset)) {
      position.creditsPending += amount;
      touch(position, at);
    }
  }

  private void debit(
      final EventHeadDecoder at, final long participant, final long asset, final long amount) {
    for (final Position position : of(participant, asset)) {
      position.debitsPosted += amount;
      touch(position, at);
    }
  }

  private void credit(
      final EventHeadDecoder at, final long participant, final long asset, final long amount) {
    for (final Position position : of(participant, asset)) {
      position.creditsPosted += amount;
      touch(position, at);
    }
  }

  /** The position that the money is on and, of an indirect participant, its own count too. */
  private Position[] of(final long participant, final long asset) {
    final long settles = settlesOn.getOrDefault(participant, 0L);
    return settles == 0 || settles == participant
        ? new Position[] {at(participant, asset)}
        : new Position[] {at(settles, asset), at(participant, asset)};
  }

  private Position at(final long participant, final long asset) {
    return positions.computeIfAbsent(new Key(participant, asset), Position::new);
  }

  private void touch(final Position position, final EventHeadDecoder at) {
    position.feedSequence = at.feedSequence();
    position.timeMs = at.timeMs();
    moved.add(position);
    unrecorded.add(position);
  }

  /** A minute of the log is over: what payments made of the positions in it. */
  void minuteOver() {
    unrecorded.forEach(this::record);
    unrecorded.clear();
  }

  private void record(final Position position) {
    position.historySequence = position.feedSequence;
    moved.add(position);
    batch.add(
        Table.POSITION_HISTORY,
        position.key.participant(),
        position.key.asset(),
        position.netDebitCap,
        position.paymentMax,
        position.debitsPosted,
        position.creditsPosted,
        position.debitsPending,
        position.creditsPending,
        position.feedSequence,
        position.timeMs);
  }

  void beforeWrite() {
    for (final Position position : moved) {
      batch.put(
          Table.POSITIONS,
          position.key.participant(),
          position.key.asset(),
          position.netDebitCap,
          position.paymentMax,
          position.debitsPosted,
          position.creditsPosted,
          position.debitsPending,
          position.creditsPending,
          position.feedSequence,
          position.timeMs,
          position.historySequence);
    }
    moved.clear();
  }
}
