package org.civicswitch.core.sim;

import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SettlementModel;

/** A payment as the events told of it. */
final class SimPayment {
  final Instruction.Id uetr;
  final int debtorAgent;
  final int creditorAgent;
  final int asset;
  final long amount;
  final long deadlineMs;

  /** Whether a programme pays it and not its debtor agent's position. */
  final boolean fromProgramme;

  final int scheme;
  final SettlementModel model;
  PaymentState state;
  long returned;

  /** Whether it moves on deferred positions. */
  boolean isDeferred() {
    return model != SettlementModel.PREFUNDED_GROSS;
  }

  SimPayment(
      final Instruction.Id uetr,
      final int debtorAgent,
      final int creditorAgent,
      final int asset,
      final long amount,
      final long deadlineMs,
      final boolean fromProgramme,
      final int scheme,
      final SettlementModel model) {
    this.uetr = uetr;
    this.debtorAgent = debtorAgent;
    this.creditorAgent = creditorAgent;
    this.asset = asset;
    this.amount = amount;
    this.deadlineMs = deadlineMs;
    this.fromProgramme = fromProgramme;
    this.scheme = scheme;
    this.model = model;
  }
}
