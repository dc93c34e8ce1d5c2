package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.CollateralMovedDecoder;
import org.civicswitch.core.protocol.DeferredPositionChangedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ObligationRecordedDecoder;
import org.civicswitch.core.protocol.ObligationSettledDecoder;
import org.civicswitch.core.protocol.ParticipantDefaultedDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SettlementModelChangedDecoder;
import org.civicswitch.core.protocol.WindowChangedDecoder;
import org.civicswitch.core.protocol.WindowState;

/**
 * The oracle's part on deferred settlement: sums up every payment in the window that is open, and
 * holds obligations, steps, covers and positions against that.
 */
final class SimSettlement {
  private final Oracle oracle;
  private final Map<Long, Model> models = new HashMap<>();
  private final Map<Long, Position> positions = new TreeMap<>();
  private Map<Parties, long[]> open = new HashMap<>();
  private final Map<Integer, Window> windows = new TreeMap<>();
  private final Set<Instruction.Id> references = new HashSet<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SettlementModelChangedDecoder model = new SettlementModelChangedDecoder();
  private final WindowChangedDecoder windowChanged = new WindowChangedDecoder();
  private final ObligationRecordedDecoder recorded = new ObligationRecordedDecoder();
  private final ObligationSettledDecoder settled = new ObligationSettledDecoder();
  private final ParticipantDefaultedDecoder defaulted = new ParticipantDefaultedDecoder();
  private final CollateralMovedDecoder moved = new CollateralMovedDecoder();
  private final DeferredPositionChangedDecoder changed = new DeferredPositionChangedDecoder();

  SimSettlement(final Oracle oracle) {
    this.oracle = oracle;
  }

  private record Model(SettlementModel model, boolean uncovered) {}

  /** Who against whom; second 0: against all. Of a pair, first is the smaller. */
  record Parties(int asset, int first, int second) {}

  /** Of one participant in one asset; of participant 0 only the collateral: the default fund. */
  private static final class Position {
    long debits;
    long credits;
    long debitsPending;
    long creditsPending;
    long collateral;
    long collateralPending;

    long owed() {
      return debits + debitsPending - credits;
    }

    long free() {
      return collateral - collateralPending;
    }
  }

  /** One that is closed and not settled. */
  static final class Window {
    final int number;
    WindowState state = WindowState.CLOSING;
    Instruction.Id reference = new Instruction.Id(0, 0);
    final Map<Parties, Long> recorded = new HashMap<>();
    private final Map<Parties, long[]> expected;
    private final Map<Parties, long[]> covers = new HashMap<>();

    Window(final int number, final Map<Parties, long[]> expected) {
      this.number = number;
      this.expected = expected;
    }
  }

  List<Window> unsettled() {
    return new ArrayList<>(windows.values());
  }

  private Position of(final int participant, final int asset) {
    return positions.computeIfAbsent((long) participant << 32 | asset, key -> new Position());
  }

  /** What is held of an asset beside positions and programmes. */
  long held(final int asset) {
    long sum = 0;
    for (int participant = 0; participant <= SimWorld.PARTICIPANTS; participant++) {
      sum += of(participant, asset).collateral;
    }
    return sum;
  }

  // ---- payments

  /** The model that payments must be taken in under. */
  SettlementModel model(final int scheme, final int asset) {
    final Model known = models.get((long) scheme << 32 | asset);
    return known == null ? SettlementModel.PREFUNDED_GROSS : known.model;
  }

  void pending(final SimPayment payment, final long amount) {
    of(payment.debtorAgent, payment.asset).debitsPending += amount;
    of(payment.creditorAgent, payment.asset).creditsPending += amount;
  }

  /** A payment or return is posted. */
  void posted(final SimPayment payment, final int payer, final int payee, final long amount) {
    of(payer, payment.asset).debits += amount;
    of(payee, payment.asset).credits += amount;
    if (payment.model == SettlementModel.DEFERRED_NET) {
      sum(new Parties(payment.asset, payer, 0))[0] += amount;
      sum(new Parties(payment.asset, payee, 0))[1] += amount;
    } else {
      final int first = Math.min(payer, payee);
      sum(new Parties(payment.asset, first, Math.max(payer, payee)))[payer == first ? 0 : 1] +=
          amount;
    }
  }

  private long[] sum(final Parties parties) {
    return open.computeIfAbsent(parties, key -> new long[2]);
  }

  /** Nobody owes more than cap and collateral allow, after a reservation or return. */
  void checkLimit(final SimPayment payment, final int debtor) {
    final Position position = of(debtor, payment.asset);
    final Model terms = models.get((long) payment.scheme << 32 | payment.asset);
    final long cap = oracle.positions.of(debtor, payment.asset).netDebitCap;
    final long limit = terms.uncovered ? cap : Math.min(cap, position.free());
    SimFailure.unless(
        position.owed() <= limit,
        () ->
            "payment "
                + payment.uetr
                + ": participant "
                + debtor
                + " owes "
                + position.owed()
                + " of "
                + limit);
  }

  // ---- windows

  void closed(final int number) {
    windows.put(number, new Window(number, open));
    open = new HashMap<>();
  }

  /** Takes an event if it is about settlement. */
  boolean apply(final int template, final DirectBuffer event) {
    switch (template) {
      case SettlementModelChangedDecoder.TEMPLATE_ID -> {
        model.wrapAndApplyHeader(event, 0, header);
        models.put(
            (long) model.scheme() << 32 | model.asset(),
            new Model(model.settlementModel(), model.uncovered() == 1));
        oracle.orders.model(model);
      }
      case WindowChangedDecoder.TEMPLATE_ID -> windowChanged(event);
      case ObligationRecordedDecoder.TEMPLATE_ID -> recorded(event);
      case ObligationSettledDecoder.TEMPLATE_ID -> settled(event);
      case ParticipantDefaultedDecoder.TEMPLATE_ID -> defaulted(event);
      case CollateralMovedDecoder.TEMPLATE_ID -> moved(event);
      case DeferredPositionChangedDecoder.TEMPLATE_ID -> changed(event);
      default -> {
        return false;
      }
    }
    return true;
  }

  private Window in(final long number, final WindowState state) {
    final Window window = windows.get((int) number);
    SimFailure.unless(
        window != null && window.state == state, () -> "window " + number + " is not " + state);
    return window;
  }

  private void windowChanged(final DirectBuffer event) {
    windowChanged.wrapAndApplyHeader(event, 0, header);
    oracle.orders.window(windowChanged);
    final Window window = windows.get((int) windowChanged.window());
    final WindowState state = windowChanged.state();
    final Instruction.Id reference =
        new Instruction.Id(windowChanged.reference().hi(), windowChanged.reference().lo());
    SimFailure.unless(
        window != null && mayFollow(window, state),
        () -> "window " + windowChanged.window() + " cannot become " + state);
    if (state == WindowState.CLOSED) {
      final Map<Integer, Long> sums = new HashMap<>();
      window.recorded.forEach(
          (parties, net) -> {
            if (parties.second == 0) {
              sums.merge(parties.asset, net, Long::sum);
            }
          });
      sums.forEach(
          (asset, sum) ->
              SimFailure.unlessEqual(0L, sum, () -> "obligations of window " + window.number));
      SimFailure.unlessEqual(
          window.recorded.size(), windowChanged.obligations(), () -> "obligations");
    }
    if (state == WindowState.PROPOSED) {
      SimFailure.unless(references.add(reference), () -> "used again: " + reference);
    } else {
      SimFailure.unless(window.reference.equals(reference), () -> "reference of a window");
    }
    window.reference = reference;
    window.state = state;
    if (state == WindowState.SETTLED) {
      windows.remove(window.number);
    }
  }

  private static boolean mayFollow(final Window window, final WindowState state) {
    final WindowState before = window.state;
    return switch (state) {
      case CLOSED -> before == WindowState.CLOSING && window.expected.isEmpty();
      case PROPOSED -> before == WindowState.CLOSED || before == WindowState.PROPOSED;
      case CONFIRMED -> before == WindowState.PROPOSED;
      case SETTLING -> before == WindowState.CONFIRMED;
      case SETTLED ->
          window.recorded.isEmpty()
              && (before == WindowState.SETTLING
                  || (before == WindowState.CLOSING && window.expected.isEmpty()));
      default -> false;
    };
  }

  private void recorded(final DirectBuffer event) {
    recorded.wrapAndApplyHeader(event, 0, header);
    final Window window = in(recorded.window(), WindowState.CLOSING);
    final Parties parties =
        new Parties(
            (int) recorded.asset(), (int) recorded.participant(), (int) recorded.counterparty());
    final long[] sums = window.expected.remove(parties);
    SimFailure.unless(
        sums != null && sums[0] == recorded.debits() && sums[1] == recorded.credits(),
        () -> "obligation of " + parties + " in window " + window.number);
    window.recorded.put(parties, sums[1] - sums[0]);
  }

  private void settled(final DirectBuffer event) {
    settled.wrapAndApplyHeader(event, 0, header);
    final Window window = in(settled.window(), WindowState.SETTLING);
    final int asset = (int) settled.asset();
    final Parties parties =
        new Parties(asset, (int) settled.participant(), (int) settled.counterparty());
    final Long net = window.recorded.remove(parties);
    SimFailure.unlessEqual(net, settled.net(), () -> "obligation of " + parties + " settled");
    reset(parties.first, asset, net);
    if (parties.second != 0) {
      reset(parties.second, asset, -net);
    }
    final long[] cover = window.covers.getOrDefault(parties, new long[2]);
    SimFailure.unlessEqual(cover[0] + cover[1], settled.covered(), () -> "cover of " + parties);
    if (settled.covered() != 0) {
      final Position debtor = of(net < 0 ? parties.first : parties.second, asset);
      debtor.collateral -= cover[0];
      debtor.collateralPending -= cover[0];
      of(0, asset).collateral -= cover[1];
      of(0, asset).collateralPending -= cover[1];
      oracle.outside(asset, -settled.covered());
    }
  }

  private void reset(final int participant, final int asset, final long net) {
    of(participant, asset).debits += Math.max(0, net);
    of(participant, asset).credits += Math.max(0, -net);
  }

  private void defaulted(final DirectBuffer event) {
    defaulted.wrapAndApplyHeader(event, 0, header);
    oracle.orders.defaulted(defaulted);
    final Window window = in(defaulted.window(), WindowState.PROPOSED);
    final int asset = (int) defaulted.asset();
    final int debtor = (int) defaulted.participant();
    final int other = (int) defaulted.counterparty();
    final boolean first = other == 0 || debtor < other;
    final Parties parties = new Parties(asset, first ? debtor : other, first ? other : debtor);
    final Supplier<String> what = () -> "default of " + debtor + " in window " + window.number;
    final Long net = window.recorded.get(parties);
    SimFailure.unless(net != null, what);
    final long owed = first ? -net : net;
    final long collateral = Math.min(owed, of(debtor, asset).free());
    SimFailure.unless(owed > 0 && owed - collateral <= of(0, asset).free(), what);
    SimFailure.unlessEqual(owed, defaulted.shortfall(), what);
    SimFailure.unlessEqual(collateral, defaulted.fromCollateral(), what);
    SimFailure.unlessEqual(owed - collateral, defaulted.fromFund(), what);
    SimFailure.unless(oracle.status(debtor) == ParticipantStatus.SUSPENDED, what);
    SimFailure.unless(
        window.covers.put(parties, new long[] {collateral, owed - collateral}) == null, what);
    of(debtor, asset).collateralPending += collateral;
    of(0, asset).collateralPending += owed - collateral;
  }

  private void moved(final DirectBuffer event) {
    moved.wrapAndApplyHeader(event, 0, header);
    oracle.orders.collateral(moved);
    final int asset = (int) moved.asset();
    final Position position = of((int) moved.participant(), asset);
    final long amount = moved.amount();
    switch (moved.liquidityKind()) {
      case IN -> {
        position.collateral += amount;
        oracle.outside(asset, amount);
      }
      case OUT_RESERVE -> {
        position.collateralPending += amount;
        SimFailure.unless(
            position.free() >= Math.max(0, position.owed()),
            () -> "collateral of " + moved.participant() + " leaves a debt uncovered");
      }
      case OUT_CONFIRM -> {
        position.collateral -= amount;
        position.collateralPending -= amount;
        oracle.outside(asset, -amount);
      }
      case OUT_CANCEL -> position.collateralPending -= amount;
      default -> throw new SimFailure("collateral of an unknown kind");
    }
  }

  private void changed(final DirectBuffer event) {
    changed.wrapAndApplyHeader(event, 0, header);
    final Position known = of((int) changed.participant(), (int) changed.asset());
    final Supplier<String> what = () -> "deferred position of " + changed.participant();
    SimFailure.unlessEqual(known.debits, changed.debitsPosted(), what);
    SimFailure.unlessEqual(known.credits, changed.creditsPosted(), what);
    SimFailure.unlessEqual(known.debitsPending, changed.debitsPending(), what);
    SimFailure.unlessEqual(known.creditsPending, changed.creditsPending(), what);
    SimFailure.unlessEqual(known.collateral, changed.collateral(), what);
    SimFailure.unlessEqual(known.collateralPending, changed.collateralPending(), what);
  }
}
