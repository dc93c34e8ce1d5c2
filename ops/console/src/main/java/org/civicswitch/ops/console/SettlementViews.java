package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;
import org.civicswitch.ops.treasury.WindowSteps;

/** Settlement windows as pages show them: what everybody has in them, and what would follow. */
final class SettlementViews {
  /** Closed windows of a page; older ones are on the next. */
  static final int WINDOWS_LISTED = 20;

  /** Participants or pairs of a window's page; the command line has all. */
  static final int ROWS_LISTED = 200;

  private static final List<WindowState> MARKS =
      List.of(
          WindowState.CLOSING, WindowState.PROPOSED, WindowState.CONFIRMED, WindowState.SETTLED);

  private final TreasuryBook book;
  private final SettlementBook settlement;
  private final ToLongBiFunction<Integer, Integer> caps;

  /**
   * @param caps net debit cap of a participant in an asset
   */
  SettlementViews(final TreasuryBook book, final ToLongBiFunction<Integer, Integer> caps) {
    this.book = book;
    this.settlement = book.settlement();
    this.caps = caps;
  }

  record Model(int scheme, String asset, String words, String uncovered, String form) {}

  record Net(
      String participant,
      String name,
      Money paid,
      Money wasPaid,
      Money net,
      Money collateral,
      Money cap) {}

  /**
   * One asset of a window.
   *
   * @param more participants that are not listed
   */
  record Sheet(String asset, List<Net> nets, Money paid, Money wasPaid, Money sum, int more) {}

  /** What one has with another. */
  record Pair(String asset, String one, String other, Money paid, Money wasPaid, Money net) {}

  /**
   * What would happen to a debt if who owes it could not pay.
   *
   * @param form where that is declared, or empty
   */
  record Debt(String participant, Money owed, Money own, Money fund, Money missing, String form) {}

  record DryRun(List<Debt> debts, String verdict, boolean good, int more) {}

  /**
   * @param sequence 0: not done
   */
  record Mark(String word, long sequence) {}

  record Row(
      long number, String state, String tone, String closed, int obligations, List<Mark> marks) {}

  record Step(String words, long sequence, String time, String who) {}

  record Pot(String whose, String asset, Money held, Money reserved, String form) {}

  record Action(String label, String href) {}

  record Page(
      List<Model> models,
      Window open,
      List<Pot> pots,
      List<Row> closed,
      long older,
      long seen,
      String command) {}

  /**
   * @param payments where they are found, or empty
   */
  record Window(
      long number,
      String state,
      String tone,
      String reference,
      List<Step> steps,
      List<Sheet> sheets,
      List<Pair> pairs,
      int morePairs,
      DryRun dryRun,
      List<Action> actions,
      String payments,
      long seen,
      String command) {}

  Window window(
      final SettlementBook.Window window,
      final long seen,
      final boolean store,
      final String command) {
    final List<SettlementBook.Obligation> pairs =
        window.obligations().stream().filter(one -> one.counterparty() != 0).toList();
    return new Window(
        window.number(),
        Wording.words(window.state().name()),
        tone(window.state()),
        window.reference().isNone() ? "" : window.reference().toString(),
        WindowSteps.of(book, window).stream()
            .map(
                step ->
                    new Step(step.words(), step.sequence(), Utc.full(step.timeMs()), step.who()))
            .toList(),
        sheets(window),
        pairs.stream().limit(ROWS_LISTED).map(this::pair).toList(),
        Math.max(0, pairs.size() - ROWS_LISTED),
        dryRun(window),
        actions(window),
        store ? "/payments?window=" + window.number() : "",
        seen,
        command);
  }

  private List<Sheet> sheets(final SettlementBook.Window window) {
    final Map<Integer, List<SettlementBook.Net>> byAsset = new LinkedHashMap<>();
    window
        .nets()
        .forEach(net -> byAsset.computeIfAbsent(net.asset(), asset -> new ArrayList<>()).add(net));
    final List<Sheet> sheets = new ArrayList<>();
    byAsset.forEach(
        (asset, nets) ->
            sheets.add(
                new Sheet(
                    book.code(asset),
                    nets.stream().limit(ROWS_LISTED).map(this::net).toList(),
                    money(asset, nets.stream().mapToLong(SettlementBook.Net::debits).sum()),
                    money(asset, nets.stream().mapToLong(SettlementBook.Net::credits).sum()),
                    money(asset, nets.stream().mapToLong(SettlementBook.Net::net).sum()),
                    Math.max(0, nets.size() - ROWS_LISTED))));
    return sheets;
  }

  private Net net(final SettlementBook.Net one) {
    final int asset = one.asset();
    final TreasuryBook.Participant known = book.participant(one.participant());
    return new Net(
        book.name(one.participant()),
        known == null ? "" : known.name(),
        money(asset, one.debits()),
        money(asset, one.credits()),
        money(asset, one.net()),
        money(asset, settlement.funds(one.participant(), asset).free()),
        money(asset, caps.applyAsLong(one.participant(), asset)));
  }

  private Pair pair(final SettlementBook.Obligation one) {
    return new Pair(
        book.code(one.asset()),
        book.name(one.participant()),
        book.name(one.counterparty()),
        money(one.asset(), one.debits()),
        money(one.asset(), one.credits()),
        money(one.asset(), one.net()));
  }

  private DryRun dryRun(final SettlementBook.Window window) {
    final List<SettlementBook.Debt> debts =
        window.state() == WindowState.SETTLED ? List.of() : settlement.debts(window);
    final long missing = debts.stream().filter(debt -> debt.missing() > 0).count();
    final long uncovered = debts.stream().filter(debt -> debt.uncovered() > 0).count();
    final String verdict;
    if (debts.isEmpty()) {
      verdict = "Nobody owes anything that is not covered already.";
    } else if (uncovered == 0) {
      verdict = "✓ Whoever owes could be paid for out of its own collateral.";
    } else if (missing == 0) {
      verdict =
          "✓ Beyond their own collateral "
              + uncovered
              + (uncovered == 1 ? " would need" : " would need, together,")
              + " the default fund, which has enough.";
    } else {
      verdict =
          "✗ If all that owe failed, collateral and default fund would not be enough: "
              + missing
              + (missing == 1 ? " debt" : " debts")
              + " would be short.";
    }
    return new DryRun(
        debts.stream().limit(ROWS_LISTED).map(debt -> debt(window, debt)).toList(),
        verdict,
        missing == 0,
        Math.max(0, debts.size() - ROWS_LISTED));
  }

  private Debt debt(final SettlementBook.Window window, final SettlementBook.Debt one) {
    final int asset = one.asset();
    final String participant = book.name(one.participant());
    return new Debt(
        participant,
        money(asset, one.owed()),
        money(asset, one.owed() - one.uncovered()),
        money(asset, one.fromFund()),
        money(asset, one.missing()),
        window.state() == WindowState.PROPOSED
            ? "/changes/participant-default?window="
                + window.number()
                + "&participant="
                + participant
                + "&asset="
                + book.code(asset)
            : "");
  }

  /** What can be done with a window as it is. */
  private static List<Action> actions(final SettlementBook.Window window) {
    final String of = "?window=" + window.number();
    return switch (window.state()) {
      case OPEN -> List.of(new Action("Close this window", "/changes/window/preview" + of));
      case CLOSED ->
          List.of(
              new Action(
                  "It was instructed at the settlement bank", "/changes/settlement-proposal" + of));
      case PROPOSED ->
          List.of(
              new Action(
                  "The settlement bank has carried it out",
                  "/changes/settlement-confirmation" + of),
              new Action(
                  "Instructed again, under another reference",
                  "/changes/settlement-proposal" + of));
      case CONFIRMED -> List.of(new Action("Settle it", "/changes/settlement/preview" + of));
      default -> List.of();
    };
  }

  /**
   * @param before only closed windows below this number
   */
  Page page(final long before, final long seen, final boolean store, final String command) {
    final List<SettlementBook.Window> closed = settlement.closedBefore(before, WINDOWS_LISTED + 1);
    final boolean more = closed.size() > WINDOWS_LISTED;
    return new Page(
        settlement.models().stream().map(this::model).toList(),
        window(settlement.window(settlement.openWindow()).orElseThrow(), seen, store, command),
        pots(),
        closed.stream().limit(WINDOWS_LISTED).map(SettlementViews::row).toList(),
        more ? closed.get(WINDOWS_LISTED - 1).number() : 0,
        seen,
        command);
  }

  private Model model(final SettlementBook.Model one) {
    final String asset = book.code(one.asset());
    final boolean gross = one.model() == SettlementModel.PREFUNDED_GROSS;
    return new Model(
        one.scheme(),
        asset,
        Wording.words(one.words()),
        gross ? Wording.NONE : one.uncovered() ? "in full" : "up to collateral",
        "/changes/settlement-model?scheme="
            + one.scheme()
            + "&asset="
            + asset
            + "&model="
            + word(one.model())
            + "&uncovered="
            + (one.uncovered() ? "yes" : "no"));
  }

  private static String word(final SettlementModel model) {
    return ChangeForm.MODELS.entrySet().stream()
        .filter(one -> one.getValue() == model)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("gross");
  }

  /** Where money lies that pays for who cannot: the default fund of an asset, then collateral. */
  private List<Pot> pots() {
    final List<Pot> pots = new ArrayList<>();
    for (final TreasuryBook.Asset asset : book.assets()) {
      pot(pots, "Default fund", ChangeForm.DEFAULT_FUND, 0, asset);
      for (final TreasuryBook.Participant one : book.participants()) {
        pot(pots, one.code(), one.code(), one.number(), asset);
      }
    }
    return pots;
  }

  private void pot(
      final List<Pot> pots,
      final String whose,
      final String owner,
      final int participant,
      final TreasuryBook.Asset asset) {
    final SettlementBook.Funds funds = settlement.funds(participant, asset.number());
    if (funds.held() != 0 && pots.size() < ROWS_LISTED) {
      pots.add(
          new Pot(
              whose,
              asset.code(),
              money(asset.number(), funds.held()),
              money(asset.number(), funds.reserved()),
              "/changes/collateral?owner=" + owner + "&asset=" + asset.code()));
    }
  }

  private static Row row(final SettlementBook.Window window) {
    final List<Mark> marks = new ArrayList<>();
    for (final WindowState state : MARKS) {
      long sequence = 0;
      for (final SettlementBook.Step step : window.steps()) {
        if (step.state() == state) {
          sequence = step.sequence();
        }
      }
      marks.add(
          new Mark(
              state == WindowState.CLOSING ? "Closed" : Wording.words(state.name()), sequence));
    }
    return new Row(
        window.number(),
        Wording.words(window.state().name()),
        tone(window.state()),
        Utc.full(window.closedMs()),
        window.obligations().size(),
        marks);
  }

  private static String tone(final WindowState state) {
    return switch (state) {
      case SETTLED -> Wording.GOOD;
      case OPEN -> Wording.OPEN;
      default -> Wording.BACK;
    };
  }

  private Money money(final int asset, final long minor) {
    final TreasuryBook.Asset known = book.asset(asset);
    return new Money(minor, known == null ? 0 : known.exponent(), book.code(asset));
  }
}
