package org.civicswitch.ops.treasury;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.civicswitch.core.protocol.DeferredPositionChangedDecoder;
import org.civicswitch.core.protocol.ObligationRecordedDecoder;
import org.civicswitch.core.protocol.ParticipantDefaultedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SettlementModelChangedDecoder;
import org.civicswitch.core.protocol.WindowChangedDecoder;
import org.civicswitch.core.protocol.WindowClosedDecoder;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.feed.EventHandlers;

/**
 * Deferred settlement from the feed: models, windows with what everybody owes in them, collateral.
 * The open window is summed up from its payments, so what a close would give is known before it.
 * Amounts are minor units. One thread writes, any thread reads. Of settled windows the last
 * thousand are kept.
 */
public final class SettlementBook {
  private static final int SETTLED_KEPT = 1_000;

  /** How a scheme settles in an asset; one that is not listed is prefunded gross. */
  public record Model(int scheme, int asset, SettlementModel model, boolean uncovered) {
    /** For people. */
    public String words() {
      return switch (model) {
        case DEFERRED_NET -> "deferred, net against all";
        case DEFERRED_NET_BILATERAL -> "deferred, net in pairs";
        default -> "prefunded gross";
      };
    }
  }

  /**
   * What a participant has in a window.
   *
   * @param counterparty 0: against all others
   * @param covered paid by collateral and default fund, after a default of whoever owes it
   */
  public record Obligation(
      int asset, int participant, int counterparty, long debits, long credits, long covered) {
    /** What the participant is to get, or owes when negative. */
    public long net() {
      return credits - debits;
    }

    /** The same from the other side; only of a pair. */
    Obligation turned() {
      return new Obligation(
          asset,
          /* participant= */ counterparty,
          /* counterparty= */ participant,
          /* debits= */ credits,
          /* credits= */ debits,
          covered);
    }
  }

  /**
   * What a participant has in a window in all, whether against all or in pairs.
   *
   * @param debits what it paid
   * @param credits what it was paid
   */
  public record Net(int asset, int participant, long debits, long credits) {
    /** What the participant is to get, or owes when negative. Those of an asset sum to zero. */
    public long net() {
      return credits - debits;
    }
  }

  /**
   * What became of a window.
   *
   * @param sequence of the log
   * @param timeMs UTC milliseconds
   * @param signer number of an operator; 0: the switch itself, or, of the close, not told
   */
  public record Step(WindowState state, long sequence, long timeMs, int signer) {}

  /**
   * A settlement window.
   *
   * @param closedSequence of the log; 0 while it is open
   * @param reference the settlement bank's; none before it is proposed
   * @param steps from its close on, in order
   */
  public record Window(
      long number,
      WindowState state,
      long closedSequence,
      long closedMs,
      Id128 reference,
      List<Obligation> obligations,
      List<Step> steps) {
    /** By asset and participant. */
    public List<Net> nets() {
      final Map<Parties, long[]> sums = new TreeMap<>(Parties.ORDER);
      for (final Obligation one : obligations) {
        add(sums, one);
        if (one.counterparty() != 0) {
          add(sums, one.turned());
        }
      }
      return sums.entrySet().stream()
          .map(
              one ->
                  new Net(
                      one.getKey().asset(),
                      one.getKey().participant(),
                      one.getValue()[0],
                      one.getValue()[1]))
          .toList();
    }

    private static void add(final Map<Parties, long[]> sums, final Obligation one) {
      final long[] of = sum(sums, new Parties(one.asset(), one.participant(), 0));
      of[0] += one.debits();
      of[1] += one.credits();
    }
  }

  /**
   * Collateral, or the default fund.
   *
   * @param reserved of what is held, on its way out
   */
  public record Funds(long held, long reserved) {
    public long free() {
      return held - reserved;
    }
  }

  /**
   * What a participant owes in a window in all, and who would pay if it cannot.
   *
   * @param owed minor units, above zero
   * @param collateral its own, that is not on its way out
   * @param uncovered what that would not cover
   * @param fromFund of this, what the default fund would, if all that owe failed in this order
   */
  public record Debt(
      int asset, int participant, long owed, long collateral, long uncovered, long fromFund) {
    /** What nobody would pay: a default could not be declared before the fund has more. */
    public long missing() {
      return uncovered - fromFund;
    }
  }

  private record Parties(int asset, int participant, int counterparty) {
    static final Comparator<Parties> ORDER =
        Comparator.comparing(Parties::asset)
            .thenComparing(Parties::participant)
            .thenComparing(Parties::counterparty);
  }

  private static final class Closed {
    final List<Step> steps = new ArrayList<>();
    WindowState state = WindowState.CLOSING;
    long closedSequence;
    long closedMs;
    Id128 reference = Id128.NONE;
    final Map<Parties, long[]> sums = new LinkedHashMap<>();
  }

  private final Map<Long, Model> models = new TreeMap<>();
  private final Map<Long, Funds> funds = new HashMap<>();
  private final TreeMap<Long, Closed> closed = new TreeMap<>();
  private Map<Parties, long[]> open = new LinkedHashMap<>();
  private long window = 1;

  SettlementBook() {}

  /** Debits, credits, covered. */
  private static long[] sum(final Map<Parties, long[]> sums, final Parties parties) {
    return sums.computeIfAbsent(parties, key -> new long[3]);
  }

  void addTo(final EventHandlers handlers) {
    handlers
        .on(
            PaymentSettledDecoder.TEMPLATE_ID,
            new PaymentSettledDecoder(),
            PaymentSettledDecoder::wrap,
            (sequence, event) ->
                paid(
                    event.settlementModel(),
                    (int) event.asset(),
                    (int) event.debtorAgent(),
                    (int) event.creditorAgent(),
                    event.amount()))
        .on(
            PaymentReturnedDecoder.TEMPLATE_ID,
            new PaymentReturnedDecoder(),
            PaymentReturnedDecoder::wrap,
            (sequence, event) ->
                paid(
                    event.settlementModel(),
                    (int) event.asset(),
                    (int) event.debtorAgent(),
                    (int) event.creditorAgent(),
                    event.amount()))
        .on(
            WindowClosedDecoder.TEMPLATE_ID,
            new WindowClosedDecoder(),
            WindowClosedDecoder::wrap,
            (sequence, event) -> closed(event))
        .on(
            WindowChangedDecoder.TEMPLATE_ID,
            new WindowChangedDecoder(),
            WindowChangedDecoder::wrap,
            (sequence, event) -> changed(event))
        .on(
            ObligationRecordedDecoder.TEMPLATE_ID,
            new ObligationRecordedDecoder(),
            ObligationRecordedDecoder::wrap,
            (sequence, event) -> recorded(event))
        .on(
            ParticipantDefaultedDecoder.TEMPLATE_ID,
            new ParticipantDefaultedDecoder(),
            ParticipantDefaultedDecoder::wrap,
            (sequence, event) -> defaulted(event))
        .on(
            SettlementModelChangedDecoder.TEMPLATE_ID,
            new SettlementModelChangedDecoder(),
            SettlementModelChangedDecoder::wrap,
            (sequence, event) -> model(event))
        .on(
            DeferredPositionChangedDecoder.TEMPLATE_ID,
            new DeferredPositionChangedDecoder(),
            DeferredPositionChangedDecoder::wrap,
            (sequence, event) -> funds(event));
  }

  private synchronized void paid(
      final SettlementModel model,
      final int asset,
      final int debtor,
      final int creditor,
      final long amount) {
    if (model == SettlementModel.DEFERRED_NET) {
      sum(open, new Parties(asset, debtor, 0))[0] += amount;
      sum(open, new Parties(asset, creditor, 0))[1] += amount;
    } else if (model == SettlementModel.DEFERRED_NET_BILATERAL) {
      final int first = Math.min(debtor, creditor);
      final int second = Math.max(debtor, creditor);
      sum(open, new Parties(asset, first, second))[debtor == first ? 0 : 1] += amount;
    }
  }

  private synchronized void closed(final WindowClosedDecoder event) {
    final Closed one = new Closed();
    one.closedSequence = event.at().sequence();
    one.closedMs = event.at().timeMs();
    one.steps.add(new Step(WindowState.CLOSING, one.closedSequence, one.closedMs, 0));
    closed.put(event.window(), one);
    open = new LinkedHashMap<>();
    window = event.window() + 1;
    if (closed.size() > SETTLED_KEPT) {
      closed.entrySet().stream()
          .filter(entry -> entry.getValue().state == WindowState.SETTLED)
          .findFirst()
          .ifPresent(oldest -> closed.remove(oldest.getKey()));
    }
  }

  private synchronized void changed(final WindowChangedDecoder event) {
    final Closed one = closed.get(event.window());
    one.state = event.state();
    one.reference = Id128.of(event.reference());
    one.steps.add(
        new Step(one.state, event.at().sequence(), event.at().timeMs(), (int) event.signer()));
  }

  private synchronized void recorded(final ObligationRecordedDecoder event) {
    final long[] sums =
        sum(
            closed.get(event.window()).sums,
            new Parties(
                (int) event.asset(), (int) event.participant(), (int) event.counterparty()));
    sums[0] = event.debits();
    sums[1] = event.credits();
  }

  private synchronized void defaulted(final ParticipantDefaultedDecoder event) {
    final Map<Parties, long[]> sums = closed.get(event.window()).sums;
    final int asset = (int) event.asset();
    final int debtor = (int) event.participant();
    final int other = (int) event.counterparty();
    final long[] said = sums.get(new Parties(asset, debtor, other));
    final long[] of = said != null ? said : sums.get(new Parties(asset, other, debtor));
    of[2] = event.shortfall();
  }

  private synchronized void model(final SettlementModelChangedDecoder event) {
    models.put(
        (long) event.scheme() << 32 | event.asset(),
        new Model(
            event.scheme(), (int) event.asset(), event.settlementModel(), event.uncovered() == 1));
  }

  private synchronized void funds(final DeferredPositionChangedDecoder event) {
    funds.put(
        event.participant() << 32 | event.asset(),
        new Funds(event.collateral(), event.collateralPending()));
  }

  /** By scheme and asset; those that were ever set. */
  public synchronized List<Model> models() {
    return List.copyOf(models.values());
  }

  /** Of a scheme in an asset; empty when nothing was ever set. */
  public synchronized Optional<Model> model(final int scheme, final int asset) {
    return Optional.ofNullable(models.get((long) scheme << 32 | asset));
  }

  /** A participant's collateral; participant 0: the default fund. */
  public synchronized Funds funds(final int participant, final int asset) {
    return funds.getOrDefault((long) participant << 32 | asset, new Funds(0, 0));
  }

  /** The number of the open window. */
  public synchronized long openWindow() {
    return window;
  }

  /** The open window first, then the others, last closed first. */
  public synchronized List<Window> windows() {
    final List<Window> all = new ArrayList<>();
    all.add(window(window).orElseThrow());
    closed.descendingKeySet().forEach(number -> all.add(window(number).orElseThrow()));
    return all;
  }

  /** Closed windows below a number, last closed first, at most so many. */
  public synchronized List<Window> closedBefore(final long before, final int count) {
    return closed.headMap(before, false).descendingKeySet().stream()
        .limit(count)
        .map(number -> window(number).orElseThrow())
        .toList();
  }

  /** Empty for a window that is not yet, or settled too long ago. */
  public synchronized Optional<Window> window(final long number) {
    if (number == window) {
      return Optional.of(
          new Window(number, WindowState.OPEN, 0, 0, Id128.NONE, obligations(open), List.of()));
    }
    final Closed one = closed.get(number);
    return one == null
        ? Optional.empty()
        : Optional.of(
            new Window(
                number,
                one.state,
                one.closedSequence,
                one.closedMs,
                one.reference,
                obligations(one.sums),
                List.copyOf(one.steps)));
  }

  private static List<Obligation> obligations(final Map<Parties, long[]> sums) {
    return sums.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Parties.ORDER))
        .map(
            one ->
                new Obligation(
                    one.getKey().asset(),
                    one.getKey().participant(),
                    one.getKey().counterparty(),
                    one.getValue()[0],
                    one.getValue()[1],
                    one.getValue()[2]))
        .toList();
  }

  /** Who owes in a window what is not covered already, against the collateral of now. */
  public synchronized List<Debt> debts(final Window in) {
    final Map<Parties, Long> owed = new TreeMap<>(Parties.ORDER);
    for (final Obligation one : in.obligations()) {
      final Obligation debtor = one.net() > 0 && one.counterparty() != 0 ? one.turned() : one;
      if (debtor.net() < 0 && debtor.covered() == 0) {
        owed.merge(new Parties(debtor.asset(), debtor.participant(), 0), -debtor.net(), Long::sum);
      }
    }
    final Map<Integer, Long> fund = new HashMap<>();
    final List<Debt> debts = new ArrayList<>();
    owed.forEach(
        (who, amount) -> {
          final long free = funds(who.participant(), who.asset()).free();
          final long uncovered = Math.max(0, amount - free);
          final long left = fund.computeIfAbsent(who.asset(), asset -> funds(0, asset).free());
          final long fromFund = Math.min(uncovered, left);
          fund.put(who.asset(), left - fromFund);
          debts.add(new Debt(who.asset(), who.participant(), amount, free, uncovered, fromFund));
        });
    return debts;
  }
}
