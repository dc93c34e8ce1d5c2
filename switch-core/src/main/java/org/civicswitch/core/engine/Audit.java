package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.PaymentState;

/** Looks at a whole state: totals, and whether what belongs together agrees. Slow; for checks. */
final class Audit {
  private final Core core;
  private final List<String> problems = new ArrayList<>();
  private int pending;

  Audit(final Core core) {
    this.core = core;
  }

  EngineSummary run() {
    problems.addAll(core.ledger.audit());
    core.remembered.check(problems);
    core.book.records().forEach(this::payment);
    if (pending > core.ledger.pendingCount()) {
      problems.add(
          pending + " payments are reserved, " + core.ledger.pendingCount() + " in the ledger");
    }
    final Scalars scalars = core.scalars;
    return new EngineSummary(
        scalars.sequence(),
        core.ledger.accounts().count(),
        scalars.get(Scalars.PAYMENTS_ACCEPTED),
        scalars.get(Scalars.PAYMENTS_REFUSED),
        scalars.get(Scalars.PAYMENTS_SETTLED),
        scalars.get(Scalars.PAYMENTS_REJECTED),
        scalars.get(Scalars.PAYMENTS_EXPIRED),
        scalars.get(Scalars.PAYMENTS_RETURNED),
        core.remembered.size(),
        core.quarantines.count(),
        core.assets.totals(),
        List.copyOf(problems));
  }

  private void payment(final int payment) {
    final PaymentBook book = core.book;
    final boolean reserved = book.state(payment) == PaymentState.RESERVED;
    final int reservation = book.pending(payment);
    if (reserved != (reservation != 0)) {
      problems.add("payment " + payment + " is " + book.state(payment) + " with " + reservation);
    }
    if (reserved) {
      pending++;
      if (!core.ledger.isPending(reservation)
          || core.ledger.pendingAmount(reservation) != book.amount(payment)
          || !core.payments.isTimed(payment)) {
        problems.add("payment " + payment + " and its reservation or timer differ");
      }
    }
    if (book.returned(payment) < 0 || book.returned(payment) > book.amount(payment)) {
      problems.add("payment " + payment + " was returned beyond its amount");
    }
  }
}
