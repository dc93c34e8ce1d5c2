package org.civicswitch.ops.console;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DisbursementAddedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;
import org.civicswitch.core.protocol.VoucherState;

/**
 * Where each programme's money is: under way, paid, held and why, given back, out as vouchers;
 * payments and minor units. It knows lines and vouchers, and nobody whom they are for.
 */
final class MoneyTrail {
  /** Amounts of lines are remembered for so many, in case that they are held. */
  static final int LINES_KEPT = 2_000_000;

  static final int HELD_KEPT = 200_000;
  static final int VOUCHERS_KEPT = 200_000;
  static final int ENVELOPES_KEPT = 100_000;

  private static final Id128 NO_ENVELOPE = new Id128(0, 0);

  private final Map<Long, Trail> byProgramme = new TreeMap<>();
  private final Map<Id128, Run> runs = new LinkedHashMap<>();
  private final Map<Id128, Long> vouchers = new LinkedHashMap<>();
  private final Map<Line, Held> held = new LinkedHashMap<>();
  private int linesKept;

  /** So many payments, and what they come to. */
  static final class Sum {
    long count;
    long minor;

    void add(final long amount) {
      count++;
      minor += amount;
    }

    void take(final long amount) {
      count--;
      minor -= amount;
    }
  }

  /** One programme's. */
  static final class Trail {
    final Sum underWay = new Sum();
    final Sum paid = new Sum();
    final Sum redeemed = new Sum();
    final Sum returned = new Sum();

    /** Vouchers that something is left on; what is, the programme says. */
    long vouchersOut;

    final Map<Code, Map<Line, Held>> heldBy = new EnumMap<>(Code.class);
  }

  record Line(Id128 envelope, long number) {}

  /**
   * @param minor -1 where it is not remembered
   */
  record Held(long programme, Code why, long sinceMs, long minor) {}

  /** An envelope, and what its lines come to. */
  private static final class Run {
    long programme = -1;
    long[] minor = {};
    boolean over;
  }

  Trail of(final long programme) {
    return byProgramme.computeIfAbsent(programme, p -> new Trail());
  }

  void on(final EnvelopeChangedDecoder event) {
    final Id128 id = Id128.of(event.envelope());
    final Run run = run(id);
    run.programme = event.programme();
    if (!run.over
        && (event.state() == EnvelopeState.CLOSED || event.state() == EnvelopeState.CANCELLED)) {
      // What is over or given up waits for nothing.
      run.over = true;
      held.keySet().stream()
          .filter(line -> line.envelope().equals(id))
          .toList()
          .forEach(this::free);
      linesKept -= run.minor.length;
      run.minor = new long[0];
    }
  }

  private Run run(final Id128 envelope) {
    final Run known = runs.get(envelope);
    if (known != null) {
      return known;
    }
    final Run run = new Run();
    runs.put(envelope, run);
    if (runs.size() > ENVELOPES_KEPT) {
      final var eldest = runs.values().iterator();
      linesKept -= eldest.next().minor.length;
      eldest.remove();
    }
    return run;
  }

  void on(final DisbursementAddedDecoder event) {
    final Run run = run(Id128.of(event.envelope()));
    final int line = (int) event.line();
    if (line >= run.minor.length) {
      final int wanted = Math.max(line + 1, run.minor.length * 2);
      if (linesKept - run.minor.length + (long) wanted > LINES_KEPT) {
        return;
      }
      linesKept += wanted - run.minor.length;
      run.minor = java.util.Arrays.copyOf(run.minor, wanted);
    }
    run.minor[line] = event.amount();
  }

  void on(final DisbursementHeldDecoder event) {
    final Id128 envelope = Id128.of(event.envelope());
    final Line line = new Line(envelope, event.line());
    free(line);
    final Run run = run(envelope);
    if (event.code() == Code.OK || run.programme < 0) {
      return;
    }
    final long known = event.line() < run.minor.length ? run.minor[(int) event.line()] : 0;
    final Held one =
        new Held(run.programme, event.code(), event.at().timeMs(), known == 0 ? -1 : known);
    held.put(line, one);
    of(run.programme).heldBy.computeIfAbsent(one.why(), why -> new HashMap<>()).put(line, one);
    if (held.size() > HELD_KEPT) {
      free(held.keySet().iterator().next());
    }
  }

  private void free(final Line line) {
    final Held one = held.remove(line);
    if (one != null) {
      of(one.programme()).heldBy.get(one.why()).remove(line);
    }
  }

  void on(final PaymentReservedDecoder event) {
    final Trail trail = paying(Id128.of(event.envelope()));
    if (trail != null) {
      trail.underWay.add(event.amount());
    }
  }

  void on(final PaymentSettledDecoder event) {
    final Trail trail = paying(Id128.of(event.envelope()));
    if (trail != null) {
      trail.paid.add(event.amount());
      if (event.reservedSequence() != 0) {
        trail.underWay.take(event.amount());
      }
    }
  }

  void on(final PaymentRejectedDecoder event) {
    final Trail trail = paying(Id128.of(event.envelope()));
    if (trail != null && event.reservedSequence() != 0) {
      trail.underWay.take(event.amount());
    }
  }

  void on(final PaymentReturnedDecoder event) {
    final Trail trail = paying(Id128.of(event.envelope()));
    if (trail != null) {
      trail.returned.add(event.amount());
    }
  }

  /** Null for a payment that is no benefit, or one of a run that is not kept here. */
  private Trail paying(final Id128 envelope) {
    final Run run = envelope.equals(NO_ENVELOPE) ? null : runs.get(envelope);
    return run == null || run.programme < 0 ? null : of(run.programme);
  }

  void on(final VoucherChangedDecoder event) {
    final Id128 id = Id128.of(event.voucher());
    spent(id);
    if (event.state() == VoucherState.ACTIVE
        || event.state() == VoucherState.PARTLY_SPENT
        || event.state() == VoucherState.SUSPENDED) {
      vouchers.put(id, event.programme());
      of(event.programme()).vouchersOut++;
      if (vouchers.size() > VOUCHERS_KEPT) {
        spent(vouchers.keySet().iterator().next());
      }
    }
  }

  void on(final VoucherRedeemedDecoder event) {
    final Id128 id = Id128.of(event.voucher());
    final Long programme = vouchers.get(id);
    if (programme != null) {
      of(programme).redeemed.add(event.amount());
      if (event.left() == 0) {
        spent(id);
      }
    }
  }

  private void spent(final Id128 voucher) {
    final Long programme = vouchers.remove(voucher);
    if (programme != null) {
      of(programme).vouchersOut--;
    }
  }
}
