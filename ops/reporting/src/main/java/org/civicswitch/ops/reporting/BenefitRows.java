package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CycleClosedDecoder;
import org.civicswitch.core.protocol.DisbursementAddedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.LifeEventRecordedDecoder;
import org.civicswitch.core.protocol.MerchantRegisteredDecoder;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;

/** Programmes, envelopes and their lines, notices, vouchers and what was redeemed. */
final class BenefitRows {
  private final Batch batch;

  /** What people signed last on envelopes that live: their counters change without anybody. */
  private final Map<UUID, Signed> signed = new HashMap<>();

  private final List<Held> held = new ArrayList<>();

  private record Signed(String state, long approvals) {}

  /** code null: no longer held. */
  private record Held(UUID envelope, long line, String code) {}

  BenefitRows(final Batch batch) {
    this.batch = batch;
  }

  void load(final Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT envelope, state, approvals FROM envelopes"
                    + " WHERE state NOT IN ('CLOSED', 'CANCELLED')")) {
      while (rows.next()) {
        signed.put(rows.getObject(1, UUID.class), new Signed(rows.getString(2), rows.getLong(3)));
      }
    }
  }

  void on(final ProgrammeChangedDecoder event) {
    batch.put(
        Table.PROGRAMMES,
        event.programme(),
        event.payingParticipant(),
        event.cashAsset(),
        event.authorityAsset(),
        event.cash(),
        event.authority(),
        event.spent(),
        event.voucherReserve(),
        event.committed(),
        event.code(),
        event.at().feedSequence(),
        event.at().timeMs());
  }

  void on(final EnvelopeChangedDecoder event) {
    final UUID envelope = Values.id(event.envelope());
    batch.put(
        Table.ENVELOPES,
        envelope,
        event.programme(),
        event.cycle(),
        event.state().name(),
        event.declaredCount(),
        event.declaredTotal(),
        event.added(),
        event.addedTotal(),
        event.sent(),
        event.settled(),
        event.settledTotal(),
        event.rejected(),
        event.expired(),
        event.held(),
        event.returned(),
        event.approvals(),
        event.signer(),
        Values.tokenOrNull(event.envelopeHash()),
        event.at().feedSequence(),
        event.at().timeMs());
    final Signed now = new Signed(event.state().name(), event.approvals());
    final Signed before = signed.put(envelope, now);
    // It closes by itself, when its last line is final.
    if (!now.equals(before) && event.state() != EnvelopeState.CLOSED) {
      PlatformRows.action(
          batch,
          event.at(),
          "Envelope " + event.state(),
          event.signer(),
          envelope.toString(),
          event.declaredTotal());
    }
    if (event.state() == EnvelopeState.CLOSED || event.state() == EnvelopeState.CANCELLED) {
      signed.remove(envelope);
    }
  }

  void on(final DisbursementAddedDecoder event) {
    batch.add(
        Table.DISBURSEMENTS,
        event.at().feedSequence(),
        event.at().timeMs(),
        Values.id(event.envelope()),
        event.line(),
        Values.id(event.key()),
        Values.tokenOrNull(event.subject()),
        event.entitlement(),
        event.creditorAgent(),
        event.amount(),
        null);
  }

  void on(final DisbursementHeldDecoder event) {
    held.add(
        new Held(
            Values.id(event.envelope()),
            event.line(),
            event.code() == Code.OK ? null : event.code().name()));
  }

  void on(final CycleClosedDecoder event) {
    batch.add(
        Table.CLOSED_CYCLES,
        event.programme(),
        event.cycle(),
        event.envelopes(),
        event.entitlements(),
        event.signer(),
        event.at().feedSequence(),
        event.at().timeMs());
    PlatformRows.action(
        batch,
        event.at(),
        "CycleClosed",
        event.signer(),
        "programme " + event.programme() + " cycle " + event.cycle(),
        null);
  }

  void on(final LifeEventRecordedDecoder event) {
    batch.add(
        Table.LIFE_EVENTS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        Values.tokenOrNull(event.subject()),
        event.lifeEvent().name(),
        event.occurredOn(),
        event.recordedMs(),
        event.held(),
        Values.id(event.key()));
  }

  void on(final MerchantRegisteredDecoder event) {
    batch.put(
        Table.MERCHANTS,
        event.merchant(),
        event.atParticipant(),
        event.category(),
        event.at().feedSequence(),
        event.at().timeMs());
  }

  void on(final VoucherChangedDecoder event) {
    batch.put(
        Table.VOUCHERS,
        Values.id(event.voucher()),
        event.programme(),
        event.asset(),
        event.state().name(),
        event.amount(),
        event.left(),
        event.category(),
        event.expiresMs(),
        Values.tokenOrNull(event.subject()),
        event.at().feedSequence(),
        event.at().timeMs());
  }

  void on(final VoucherRedeemedDecoder event) {
    batch.add(
        Table.REDEMPTIONS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        Values.id(event.voucher()),
        event.merchant(),
        event.atParticipant(),
        event.asset(),
        event.amount(),
        event.left(),
        Values.id(event.key()));
  }

  /** After the batch is written: the line may be in it. */
  void afterWrite(final Connection connection) throws SQLException {
    if (!held.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE disbursements SET held_code = ? WHERE envelope = ? AND line = ?")) {
        for (final Held one : held) {
          update.setString(1, one.code());
          update.setObject(2, one.envelope());
          update.setLong(3, one.line());
          update.addBatch();
        }
        update.executeBatch();
      }
      held.clear();
    }
  }
}
