package org.civicswitch.core.engine;

import java.util.List;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.memory.RecordStore;

/** The part of {@link Audit} that looks at programmes, envelopes with their lines, vouchers. */
final class BenefitsAudit {
  /** At least one more than the largest value of a state. */
  private static final int STATES = 16;

  private final Core core;
  private final Benefits benefits;
  private final Envelopes envelopes;
  private final Lines lines;
  private final Vouchers vouchers;
  private final List<String> problems;
  private final CyclesAudit cycles;

  /** By envelope and state. */
  private final int[] counts;

  /** By envelope. */
  private final long[] amounts;

  // By programme.
  private final long[] committed;
  private final long[] reserved;
  private final long[] outstanding;
  private int pending;
  private int waiting;

  BenefitsAudit(final Core core, final List<String> problems) {
    this.core = core;
    this.problems = problems;
    benefits = core.benefits;
    envelopes = benefits.envelopes;
    lines = benefits.lines;
    vouchers = benefits.vouchers;
    cycles = new CyclesAudit(benefits, problems);
    final int envelopeSlots = envelopes.records().highWater() + 1;
    counts = new int[envelopeSlots * STATES];
    amounts = new long[envelopeSlots];
    final int programmeSlots = benefits.programmes.records().highWater() + 1;
    committed = new long[programmeSlots];
    reserved = new long[programmeSlots];
    outstanding = new long[programmeSlots];
  }

  /** Returns how many reservations of budget there are. */
  int run() {
    lines.records().forEach(this::line);
    envelopes.records().forEach(this::envelope);
    vouchers.records().forEach(this::voucher);
    benefits.programmes.records().forEach(this::programme);
    people();
    cycles.run();
    return pending;
  }

  private void line(final int line) {
    final int envelope = lines.envelope(line);
    final PaymentState state = lines.state(line);
    counts[envelope * STATES + state.value()]++;
    amounts[envelope] += lines.amount(line);
    final int authority = (int) lines.get(line, Lines.AUTHORITY_PENDING);
    final boolean isReserved = state == PaymentState.RESERVED;
    if (isReserved != (authority != 0)
        || (isReserved && core.ledger.pendingAmount(authority) != lines.amount(line))) {
      problems.add("line " + line + " is " + state + " with reservation " + authority);
    }
    if (isReserved) {
      pending++;
      reserved[envelopes.intAt(envelope, Envelopes.PROGRAMME)] += lines.amount(line);
    }
    final boolean waits = state == PaymentState.READY || state == PaymentState.HELD;
    waiting += waits ? 1 : 0;
    final boolean failed =
        state == PaymentState.REJECTED
            || state == PaymentState.EXPIRED
            || state == PaymentState.RETURNED;
    final int taken = lines.taken(line);
    if (waits != (lines.details(line) != 0) || (failed && taken != 0)) {
      problems.add("line " + line + " is " + state + " and its details or entitlement differ");
    }
    cycles.line(line, taken, failed);
    final int payment = lines.payment(line);
    if (payment != 0
        && (core.book.lineHandle(payment) != line || core.book.state(payment) != state)) {
      problems.add("line " + line + " is " + state + " and its payment differs");
    }
  }

  private int count(final int envelope, final PaymentState state) {
    return counts[envelope * STATES + state.value()];
  }

  private void envelope(final int envelope) {
    if (envelopes.isPaying(envelope)) {
      committed[envelopes.intAt(envelope, Envelopes.PROGRAMME)] +=
          envelopes.get(envelope, Envelopes.ADDED_TOTAL)
              - envelopes.get(envelope, Envelopes.SETTLED_TOTAL);
    }
    final EnvelopeState state = envelopes.state(envelope);
    if (state == EnvelopeState.CLOSED || state == EnvelopeState.CANCELLED) {
      // Its lines are being forgotten.
      return;
    }
    int all = 0;
    for (int s = 0; s < STATES; s++) {
      all += counts[envelope * STATES + s];
    }
    equal(envelope, "added", Envelopes.ADDED, all);
    equal(envelope, "added total", Envelopes.ADDED_TOTAL, amounts[envelope]);
    equal(envelope, "under way", Envelopes.UNDER_WAY, count(envelope, PaymentState.RESERVED));
    equal(envelope, "held", Envelopes.HELD, count(envelope, PaymentState.HELD));
    equal(envelope, "rejected", Envelopes.REJECTED, count(envelope, PaymentState.REJECTED));
    equal(envelope, "expired", Envelopes.EXPIRED, count(envelope, PaymentState.EXPIRED));
    final int returned =
        count(envelope, PaymentState.RETURNED) + count(envelope, PaymentState.PARTLY_RETURNED);
    equal(envelope, "returned", Envelopes.RETURNED, returned);
    equal(
        envelope,
        "settled",
        Envelopes.SETTLED,
        returned
            + count(envelope, PaymentState.SETTLED)
            + count(envelope, PaymentState.SETTLED_CREDIT_PENDING));
    int ready = 0;
    for (int line = envelopes.intAt(envelope, Envelopes.FIRST_READY);
        line != 0 && ready <= all;
        line = lines.nextReady(line)) {
      ready++;
    }
    if (ready != count(envelope, PaymentState.READY)) {
      problems.add("envelope " + envelope + ": " + ready + " lines in the chain of those ready");
    }
  }

  private void equal(final int envelope, final String what, final int word, final long counted) {
    if (envelopes.get(envelope, word) != counted) {
      problems.add(
          "envelope "
              + envelope
              + ": "
              + what
              + " "
              + envelopes.get(envelope, word)
              + ", its lines say "
              + counted);
    }
  }

  private void voucher(final int voucher) {
    final long left = vouchers.get(voucher, Vouchers.LEFT);
    final int units = vouchers.intAt(voucher, Vouchers.UNITS);
    final boolean live = vouchers.isLive(voucher);
    if (live ? core.ledger.accounts().balance(units) != left : left != 0 || units != 0) {
      problems.add("voucher " + voucher + ": " + left + " left, its units differ");
    }
    outstanding[vouchers.intAt(voucher, Vouchers.PROGRAMME)] += left;
  }

  /** Outstanding voucher money is the cash reserved for it; cash and budget are committed alike. */
  private void programme(final int programme) {
    final ProgrammeFunds funds = benefits.funds;
    same(programme, "vouchers", outstanding[programme], funds.voucherReserve(programme));
    same(programme, "committed cash", committed[programme], funds.committed(programme));
    for (final int word : new int[] {Programmes.COMMITTED_CASH, Programmes.COMMITTED_AUTHORITY}) {
      final int account = benefits.programmes.intAt(programme, word);
      same(programme, "committed", committed[programme], core.ledger.accounts().balance(account));
      same(
          programme,
          "reserved",
          reserved[programme],
          core.ledger.accounts().debitsPending(account));
    }
  }

  private void same(final int programme, final String what, final long counted, final long held) {
    if (counted != held) {
      problems.add("programme " + programme + ": " + what + " " + counted + ", held " + held);
    }
  }

  /** Every line that waits is found from its person, and no other. */
  private void people() {
    final RecordStore records = lines.records();
    int found = 0;
    for (int subject = 1; subject <= core.identity.subjects().count(); subject++) {
      for (int line = lines.firstOfSubject(subject);
          line != 0 && found <= records.size();
          line = lines.nextOfSubject(line)) {
        found++;
        if (lines.subject(line) != subject) {
          problems.add("line " + line + " hangs on person " + subject);
        }
      }
    }
    if (found != waiting) {
      problems.add(waiting + " lines wait, " + found + " hang on their persons");
    }
  }
}
