package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.PaymentState;

/** Looks at a whole state: totals, and whether what belongs together agrees. Slow; for checks. */
final class Audit {
  private final Core core;
  private final List<String> problems = new ArrayList<>();
  private final long[] debits;
  private final long[] credits;
  private int pending;

  Audit(final Core core) {
    this.core = core;
    // What is reserved, by position; 0 is nobody's.
    debits = new long[core.positions.records().highWater() + 1];
    credits = new long[debits.length];
  }

  EngineSummary run() {
    problems.addAll(core.ledger.audit());
    core.remembered.check(problems);
    core.book.check(problems);
    core.book.records().forEach(this::payment);
    core.proposals.check(new EnclosedChange(core), problems);
    core.positions.check(debits, credits, problems);
    pending += core.references.countOpen(problems);
    pending += core.settlement.audit(problems);
    pending += new BenefitsAudit(core, problems).run();
    if (pending != core.ledger.pendingCount()) {
      problems.add(
          pending + " reservations have an owner, the ledger has " + core.ledger.pendingCount());
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
        core.positions.totals(),
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
      debits[book.debtorPosition(payment)] += book.amount(payment);
      credits[book.creditorPosition(payment)] += book.amount(payment);
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
