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
  private final Map<Id128, Voucher> vouchers = new LinkedHashMap<>();
  private final Map<Line, Held> held = new LinkedHashMap<>();
  private int linesKept;

  /**
   * So many payments, and what they come to: as it is, and as it is told, which is as it was when a
   * tenth one had come or gone. Who looks twice learns of ten together, and never of one; and a
   * console that starts again tells the same.
   */
  static final class Sum {
    private long moves;
    private long count;
    private long minor;
    private long toldCount;
    private long toldMinor;

    void add(final long amount) {
      count++;
      minor += amount;
      moved();
    }

    void take(final long amount) {
      count--;
      minor -= amount;
      moved();
    }

    void change(final long from, final long to) {
      minor += to - from;
      moved();
    }

    private void moved() {
      if (++moves % SmallCounts.MOVES == 0) {
        toldCount = count;
        toldMinor = minor;
      }
    }

    long toldCount() {
      return toldCount;
    }

    long toldMinor() {
      return toldMinor;
    }

    /** Whether it is about too few to be told. */
    boolean isFew() {
      return SmallCounts.isSmall(toldCount) || (toldCount == 0 && count != 0);
    }

    /** What has moved and is not told of yet. */
    long untold() {
      return minor - toldMinor;
    }
  }

  /** Held for one reason. */
  static final class Waiting {
    final Map<Line, Held> lines = new HashMap<>();
    final Sum sum = new Sum();

    /** Of these the amount is not remembered. */
    private int unknown;

    private void add(final Line line, final Held one) {
      lines.put(line, one);
      unknown += one.minor < 0 ? 1 : 0;
      sum.add(Math.max(0, one.minor));
    }

    private void take(final Line line) {
      final Held one = lines.remove(line);
      unknown -= one.minor < 0 ? 1 : 0;
      sum.take(Math.max(0, one.minor));
    }

    boolean isKnown() {
      return unknown == 0;
    }
  }

  private record Voucher(long programme, long left) {}

  /** One programme's. */
  static final class Trail {
    final Sum underWay = new Sum();
    final Sum paid = new Sum();
    final Sum redeemed = new Sum();
    final Sum returned = new Sum();

    /** Vouchers that something is left on. */
    final Sum vouchers = new Sum();

    final Map<Code, Waiting> heldBy = new EnumMap<>(Code.class);

    /** Some had to be forgotten, so that what is held or out as vouchers is not known. */
    boolean incomplete;
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
    of(run.programme).heldBy.computeIfAbsent(one.why(), why -> new Waiting()).add(line, one);
    if (held.size() > HELD_KEPT) {
      final Line eldest = held.keySet().iterator().next();
      of(held.get(eldest).programme()).incomplete = true;
      free(eldest);
    }
  }

  private void free(final Line line) {
    final Held one = held.remove(line);
    if (one != null) {
      of(one.programme()).heldBy.get(one.why()).take(line);
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
    final Voucher known = vouchers.get(id);
    final boolean isOut =
        event.state() == VoucherState.ACTIVE
            || event.state() == VoucherState.PARTLY_SPENT
            || event.state() == VoucherState.SUSPENDED;
    if (!isOut) {
      spent(id);
    } else if (known != null) {
      change(id, known, event.left());
    } else {
      out(id, new Voucher(event.programme(), event.left()));
      if (vouchers.size() > VOUCHERS_KEPT) {
        final Id128 eldest = vouchers.keySet().iterator().next();
        of(vouchers.get(eldest).programme).incomplete = true;
        spent(eldest);
      }
    }
  }

  void on(final VoucherRedeemedDecoder event) {
    final Id128 id = Id128.of(event.voucher());
    final Voucher known = vouchers.get(id);
    if (known != null) {
      of(known.programme).redeemed.add(event.amount());
      if (event.left() == 0) {
        spent(id);
      } else {
        change(id, known, event.left());
      }
    }
  }

  private void out(final Id128 id, final Voucher voucher) {
    vouchers.put(id, voucher);
    of(voucher.programme).vouchers.add(voucher.left);
  }

  private void change(final Id128 id, final Voucher known, final long left) {
    vouchers.put(id, new Voucher(known.programme, left));
    of(known.programme).vouchers.change(known.left, left);
  }

  private void spent(final Id128 id) {
    final Voucher known = vouchers.remove(id);
    if (known != null) {
      of(known.programme).vouchers.take(known.left);
    }
  }
}
