package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.PaymentState;

/** One payment's way through: what it is, and each thing that happened to it. */
final class PaymentWay {
  final Id128 uetr;
  long debtorAgent;
  long creditorAgent;
  long asset;
  long amount;
  int scheme;
  String settlementModel = "";
  String mode = "";
  long window;
  int valueDate;
  long createdMs;
  long deadlineMs;
  Id128 envelope = new Id128(0, 0);
  long line;
  PaymentState state = PaymentState.NONE;
  long returned;

  /** For a return: the payment that it gives back. */
  Id128 returns = new Id128(0, 0);

  private final List<Step> steps = new ArrayList<>(2);

  PaymentWay(final Id128 uetr) {
    this.uetr = uetr;
  }

  void add(final Step step) {
    steps.add(step);
  }

  List<Step> steps() {
    return steps;
  }

  /** When the money was reserved, log time; -1 if it never was. */
  long reservedMs() {
    for (final Step step : steps) {
      if (step.kind == Kind.RESERVED) {
        return step.timeMs;
      }
    }
    return -1;
  }

  /** From reserved to the final word, milliseconds of log time; -1 before. */
  long lifeMs() {
    final long reserved = reservedMs();
    if (reserved < 0) {
      return -1;
    }
    for (final Step step : steps) {
      if (step.kind != Kind.RESERVED && step.kind != Kind.REFUSED) {
        return step.timeMs - reserved;
      }
    }
    return -1;
  }

  enum Kind {
    RESERVED,
    SETTLED,
    REJECTED,
    EXPIRED,
    REFUSED,
    RETURNED
  }

  /**
   * @param amount what this step moved, minor units
   * @param reason the creditor agent's four letters, or empty
   * @param other for a return: the other payment
   */
  record Step(
      Kind kind,
      long feedSequence,
      long logSequence,
      long timeMs,
      Code code,
      String reason,
      long amount,
      Id128 other) {}
}
