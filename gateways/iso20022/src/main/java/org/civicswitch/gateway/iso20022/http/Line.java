package org.civicswitch.gateway.iso20022.http;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;

/**
 * One payment of a message that came in, on its way to an answer. What became of it is set once, by
 * the thread that the outcome came on, before the answer is written.
 */
final class Line {
  final Id128 uetr;
  private final String instructionId;
  private final String endToEndId;
  private final String transactionId;
  private String ownReason;
  private OutboundStatus refusedHere;
  private OutcomeCopy.Item item;
  private long sequence;
  private long timeMs;

  Line(Id128 uetr, String instructionId, String endToEndId, String transactionId) {
    this.uetr = uetr;
    this.instructionId = instructionId;
    this.endToEndId = endToEndId;
    this.transactionId = transactionId;
  }

  /** Refused by the gateway: the switch is not asked. */
  Line refuse(String reason, String words) {
    refusedHere = OutboundStatus.of("RJCT").withReason(reason, words);
    return this;
  }

  /** Of a creditor agent's refusal: the reason it gives. */
  Line because(String reason) {
    ownReason = reason;
    return this;
  }

  boolean isForTheSwitch() {
    return refusedHere == null;
  }

  void decided(OutcomeCopy outcome, OutcomeCopy.Item decided) {
    sequence = outcome.sequence();
    timeMs = outcome.timeMs();
    item = decided;
  }

  /** Refused for a passing cause: nothing was stored, the same may be sent again. */
  boolean isPassing() {
    return item != null && (item.code() == Code.CAPACITY || item.code() == Code.THROTTLED);
  }

  boolean isForbidden() {
    return item != null
        && (item.code() == Code.CONNECTION_NOT_GRANTED || item.code() == Code.CONNECTION_UNKNOWN);
  }

  /** Taken and not final yet, as far as the outcome tells. */
  boolean isOpen() {
    return item != null && item.code() == Code.OK && item.state() == PaymentState.RESERVED;
  }

  /**
   * The status to answer with.
   *
   * @param view what the feed says of the payment, or null
   */
  OutboundStatus status(PaymentView view, boolean toDebtorAgent) {
    return known(view, toDebtorAgent)
        .withOriginal(
            instructionId, endToEndId, transactionId, uetr.isNone() ? null : uetr.toString());
  }

  private OutboundStatus known(PaymentView view, boolean toDebtorAgent) {
    if (refusedHere != null) {
      return refusedHere;
    }
    if (!toDebtorAgent && item.code() == Code.DUPLICATE && view != null) {
      // A second word of the creditor agent changes nothing: it is told what stands.
      return Statuses.of(view.now(), false);
    }
    final boolean refused = item.code() != Code.OK && item.state() == PaymentState.NONE;
    if (view != null && !refused && view.now().isFinal()) {
      return Statuses.of(view.now(), toDebtorAgent);
    }
    final OutboundStatus status;
    if (refused) {
      status = Statuses.rejected(item.code(), null, item.differs());
    } else if (item.code() == Code.OK && item.state() == PaymentState.REJECTED) {
      // The feed will say the same.
      final String told = IsoReasons.unpack(item.reason());
      status =
          Statuses.rejected(Code.REJECTED_BY_CREDITOR, told == null ? ownReason : told, Field.NONE);
    } else {
      status = Statuses.of(item.state(), item.code(), null, toDebtorAgent);
    }
    return status.withClearing(Long.toString(sequence), timeMs);
  }
}
