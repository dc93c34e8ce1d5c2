package org.civicswitch.gateway.iso20022.http;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;

/** What a payment's state is called in a pacs.002. */
final class Statuses {
  private Statuses() {}

  /**
   * The status of a payment as the feed tells it.
   *
   * @param toDebtorAgent who asks or is told
   */
  static OutboundStatus of(PaymentView.Now now, boolean toDebtorAgent) {
    final OutboundStatus status =
        of(now.state(), now.code(), IsoReasons.unpack(now.reason()), toDebtorAgent);
    return status.withClearing(Long.toString(now.sequence()), now.timeMs());
  }

  static OutboundStatus of(
      PaymentState state, Code code, String relayedReason, boolean toDebtorAgent) {
    return switch (state) {
      case RESERVED, READY, HELD -> OutboundStatus.of("ACSP");
      case SETTLED, RETURNED, PARTLY_RETURNED -> OutboundStatus.of("ACSC");
      case SETTLED_CREDIT_PENDING -> OutboundStatus.of(toDebtorAgent ? "ACWP" : "ACSC");
      case EXPIRED -> rejected(Code.DEADLINE_PASSED, null, Field.NONE);
      case REJECTED, NONE, NULL_VAL -> rejected(code, relayedReason, Field.NONE);
    };
  }

  /**
   * A refusal.
   *
   * @param relayedReason the creditor agent's own, or null
   * @param differs of a duplicate with another content, the first field that differs
   */
  static OutboundStatus rejected(Code code, String relayedReason, Field differs) {
    return OutboundStatus.of("RJCT")
        .withReason(
            relayedReason != null ? relayedReason : IsoReasons.of(code),
            IsoReasons.words(code, differs));
  }
}
