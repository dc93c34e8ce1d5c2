package org.civicswitch.ops.reporting;

import org.civicswitch.core.protocol.CollateralMovedDecoder;
import org.civicswitch.core.protocol.DeferredPositionChangedDecoder;
import org.civicswitch.core.protocol.ObligationRecordedDecoder;
import org.civicswitch.core.protocol.ObligationSettledDecoder;
import org.civicswitch.core.protocol.ParticipantDefaultedDecoder;
import org.civicswitch.core.protocol.SettlementModelChangedDecoder;
import org.civicswitch.core.protocol.WindowChangedDecoder;

/** Settlement models, the steps of windows, obligations, defaults, collateral. */
final class SettlementRows {
  private final Batch batch;

  SettlementRows(final Batch batch) {
    this.batch = batch;
  }

  private static Long operator(final long signer) {
    return signer == 0 ? null : signer;
  }

  void on(final SettlementModelChangedDecoder event) {
    batch.put(
        Table.SETTLEMENT_MODELS,
        event.scheme(),
        event.asset(),
        event.settlementModel().name(),
        (int) event.uncovered(),
        operator(event.signer()),
        event.at().feedSequence(),
        event.at().timeMs());
    PlatformRows.action(
        batch,
        event.at(),
        "SettlementModelChanged",
        operator(event.signer()),
        "scheme " + event.scheme() + " asset " + event.asset() + " " + event.settlementModel(),
        null);
  }

  void on(final WindowChangedDecoder event) {
    batch.add(
        Table.WINDOW_STEPS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        event.window(),
        event.state().name(),
        event.obligations(),
        operator(event.signer()),
        Values.idOrNull(event.reference()));
    if (event.signer() != 0) {
      PlatformRows.action(
          batch,
          event.at(),
          "WindowChanged",
          event.signer(),
          event.window() + " " + event.state(),
          null);
    }
  }

  void on(final ObligationRecordedDecoder event) {
    batch.add(
        Table.OBLIGATIONS,
        event.window(),
        event.asset(),
        event.participant(),
        event.counterparty(),
        event.debits(),
        event.credits(),
        event.at().feedSequence(),
        event.at().timeMs());
  }

  void on(final ObligationSettledDecoder event) {
    batch.add(
        Table.SETTLED_OBLIGATIONS,
        event.window(),
        event.asset(),
        event.participant(),
        event.counterparty(),
        event.net(),
        event.covered(),
        event.at().feedSequence(),
        event.at().timeMs());
  }

  void on(final ParticipantDefaultedDecoder event) {
    batch.add(
        Table.PARTICIPANT_DEFAULTS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        event.window(),
        event.asset(),
        event.participant(),
        event.counterparty(),
        operator(event.signer()),
        event.shortfall(),
        event.fromCollateral(),
        event.fromFund());
    PlatformRows.action(
        batch,
        event.at(),
        "ParticipantDefaulted",
        operator(event.signer()),
        event.participant() + " in window " + event.window(),
        event.shortfall());
  }

  void on(final CollateralMovedDecoder event) {
    batch.add(
        Table.COLLATERAL_MOVEMENTS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        event.participant(),
        event.asset(),
        event.amount(),
        event.liquidityKind().name(),
        Values.id(event.reference()));
    PlatformRows.action(
        batch,
        event.at(),
        "CollateralMoved",
        null,
        event.liquidityKind()
            + " participant "
            + event.participant()
            + " reference "
            + Values.id(event.reference()),
        event.amount());
  }

  void on(final DeferredPositionChangedDecoder event) {
    batch.put(
        Table.DEFERRED_POSITIONS,
        event.participant(),
        event.asset(),
        event.debitsPosted(),
        event.creditsPosted(),
        event.debitsPending(),
        event.creditsPending(),
        event.collateral(),
        event.collateralPending(),
        event.at().feedSequence(),
        event.at().timeMs());
  }
}
