package org.civicswitch.gateway.iso20022.http;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.kit.Id128;

/**
 * One payment as the feed tells it. Written by the feed's thread under its own lock, read by any
 * through {@link #now}.
 */
final class PaymentView {
  /**
   * The payment at one moment.
   *
   * @param sequence of the command that gave it this state
   * @param timeMs of that command
   * @param reason the creditor agent's own, packed; 0 for none
   * @param offerSequence feed sequence of its reservation, 0 when it never was
   */
  record Now(
      PaymentState state, long sequence, long timeMs, Code code, int reason, long offerSequence) {
    boolean isFinal() {
      return state != PaymentState.RESERVED && state != PaymentState.NONE;
    }
  }

  final Id128 uetr;
  final int debtorAgent;
  final int creditorAgent;
  final int asset;
  final long amount;
  final int valueDate;
  final long createdMs;
  final long deadlineMs;

  private Now now;
  private byte[] payload;
  private Id128 sealedFor;
  private int taken;
  private List<Runnable> watchers = new ArrayList<>(1);

  PaymentView(
      Id128 uetr,
      int debtorAgent,
      int creditorAgent,
      int asset,
      long amount,
      int valueDate,
      long createdMs,
      long deadlineMs,
      Now now) {
    this.uetr = uetr;
    this.debtorAgent = debtorAgent;
    this.creditorAgent = creditorAgent;
    this.asset = asset;
    this.amount = amount;
    this.valueDate = valueDate;
    this.createdMs = createdMs;
    this.deadlineMs = deadlineMs;
    this.now = now;
  }

  synchronized Now now() {
    return now;
  }

  boolean concerns(int participant) {
    return debtorAgent == participant || creditorAgent == participant;
  }

  /** Moves on; gives who waited for a final state, if this is one. */
  synchronized List<Runnable> become(
      PaymentState state, long sequence, long timeMs, Code code, int reason) {
    now = new Now(state, sequence, timeMs, code, reason, now.offerSequence());
    if (!now.isFinal()) {
      return List.of();
    }
    final List<Runnable> woken = watchers;
    watchers = new ArrayList<>(0);
    return woken;
  }

  /** Runs on the feed's thread once the payment is final; at once when it is already. */
  void whenFinal(Runnable watcher) {
    synchronized (this) {
      if (!now.isFinal()) {
        watchers.add(watcher);
        return;
      }
    }
    watcher.run();
  }

  /**
   * The sealed private fields.
   *
   * @return null when there are none or nobody needs them any more
   */
  synchronized byte[] payload() {
    return payload;
  }

  /** What the payload is bound to: the UETR, or the key of a disbursement's line. */
  synchronized Id128 sealedFor() {
    return sealedFor;
  }

  /**
   * @param id what it was sealed for; an agency seals its lines before the switch gives them UETRs
   */
  synchronized void payload(byte[] sealed, Id128 id) {
    sealedFor = id;
    payload = sealed;
  }

  /** Notes that an agent has the final word; true once both have it. */
  synchronized boolean finalWordTaken(boolean byDebtorAgent) {
    taken |= byDebtorAgent ? 1 : 2;
    return taken == 3;
  }

  /** Nobody needs the private fields any more. */
  synchronized void forgetPayload() {
    payload = null;
  }
}
