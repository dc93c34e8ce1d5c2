package org.civicswitch.ops.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.funds.Break;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.funds.FundsReport;
import org.civicswitch.ops.funds.Statement;
import org.civicswitch.ops.funds.WorkBook;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;

/** Bank against switch as pages show it. */
final class FundsViews {
  /** Statements of a page; older ones are on the next. */
  static final int STATEMENTS_LISTED = 20;

  /** Breaks of a page; the command line has all. */
  static final int BREAKS_LISTED = 100;

  private final TreasuryBook book;
  private final Map<String, FundsProof.Funds> inside;
  private final FundsDesk.Look look;
  private final Map<String, WorkBook.Item> work;

  /**
   * @param inside what is inside the switch, by currency
   */
  FundsViews(
      final TreasuryBook book,
      final Map<String, FundsProof.Funds> inside,
      final FundsDesk.Look look,
      final Map<String, WorkBook.Item> work) {
    this.book = book;
    this.inside = inside;
    this.look = look;
    this.work = work;
  }

  /**
   * One currency.
   *
   * @param account empty before the first statement
   */
  record Proof(
      String currency,
      String account,
      String statement,
      String day,
      Money positions,
      Money programmeCash,
      Money reserved,
      Money vouchers,
      Money collateral,
      Money inside,
      Money atBank,
      Money awaiting,
      Money breaks,
      Money unexplained,
      Money reservedOut,
      int matched,
      boolean agrees) {}

  record Period(
      String id,
      String account,
      String from,
      String to,
      Money opening,
      Money closing,
      int entries) {}

  record Line(String time, String who, String state, String note) {}

  /**
   * Something to be worked on.
   *
   * @param form where it can be booked, or empty
   * @param tone of its age
   */
  record Work(
      String id,
      String what,
      Money amount,
      String reference,
      String since,
      String age,
      String tone,
      String where,
      String suggestion,
      String form,
      String holder,
      String state,
      List<Line> lines) {}

  record Page(
      List<Proof> proofs,
      List<Work> breaks,
      int more,
      List<Period> statements,
      int older,
      long asOf,
      String upload,
      String command,
      String importCommand) {}

  /**
   * @param before only statements that came before this one, counted from 0
   * @param upload what the form for a statement carries, or empty
   */
  Page page(
      final int before, final String upload, final String command, final String importCommand) {
    final List<Work> breaks = breaks();
    final List<Statement> all = look.statements();
    final int end = Math.max(0, Math.min(before, all.size()));
    final int begin = Math.max(0, end - STATEMENTS_LISTED);
    final List<Period> periods = new ArrayList<>();
    all.subList(begin, end).forEach(statement -> periods.add(period(statement)));
    Collections.reverse(periods);
    return new Page(
        look.reports().stream().map(this::proof).toList(),
        breaks.stream().limit(BREAKS_LISTED).toList(),
        Math.max(0, breaks.size() - BREAKS_LISTED),
        periods,
        begin,
        look.asOf(),
        upload,
        command,
        importCommand);
  }

  /** Of all currencies, the oldest first. */
  List<Work> breaks() {
    final List<Work> all = new ArrayList<>();
    for (final FundsReport report : look.reports()) {
      report.breaks().forEach(one -> all.add(work(report.currency(), one)));
    }
    all.sort((a, b) -> a.since().compareTo(b.since()));
    return all;
  }

  private Proof proof(final FundsReport report) {
    final String currency = report.currency();
    final FundsProof.Funds funds =
        inside.getOrDefault(currency, new FundsProof.Funds(0, 0, 0, 0, 0, 0));
    final long collateral = collateral(currency);
    return new Proof(
        currency,
        report.account(),
        report.statement(),
        report.closingDate() == null ? "" : report.closingDate().toString(),
        money(currency, funds.positions()),
        money(currency, funds.programmeCash()),
        money(currency, funds.reserved()),
        money(currency, funds.vouchers()),
        money(currency, collateral),
        money(currency, funds.inside() + collateral),
        money(currency, report.atBank()),
        money(currency, report.awaiting()),
        money(currency, report.breaks().stream().mapToLong(Break::amount).sum()),
        money(currency, report.unexplained()),
        money(currency, report.reservedOut()),
        report.matched(),
        report.agrees());
  }

  /** All that participants have put up, and the default fund. */
  private long collateral(final String currency) {
    final SettlementBook settlement = book.settlement();
    return book.asset(currency)
        .map(
            asset ->
                settlement.funds(0, asset.number()).held()
                    + book.participants().stream()
                        .mapToLong(one -> settlement.funds(one.number(), asset.number()).held())
                        .sum())
        .orElse(0L);
  }

  private Period period(final Statement statement) {
    final String currency = statement.currency();
    return new Period(
        statement.id(),
        statement.account(),
        statement.openingDate().toString(),
        statement.closingDate().toString(),
        money(currency, statement.opening()),
        money(currency, statement.closing()),
        statement.entries().size());
  }

  private Work work(final String currency, final Break one) {
    final WorkBook.Item item = work.get(one.id());
    return new Work(
        one.id(),
        Wording.words(one.kind().words()),
        money(currency, one.amount()),
        one.reference(),
        one.since().toString(),
        age(one.since(), one.ageDays()),
        one.ageDays() > 3 ? Wording.BAD : Wording.BACK,
        one.where(),
        one.suggestion(),
        form(currency, one.booking()),
        item == null ? "" : item.holder(),
        item == null ? "Open" : Wording.words(item.state().word()),
        item == null
            ? List.of()
            : item.lines().stream()
                .map(
                    line ->
                        new Line(
                            Utc.full(line.timeMs()), line.who(), line.state().word(), line.note()))
                .toList());
  }

  private static String age(final LocalDate since, final long days) {
    if (days <= 0) {
      return since == null ? Wording.NONE : "today";
    }
    return days <= 3 ? "1 to 3 days" : days <= 10 ? "4 to 10 days" : "over 10 days";
  }

  /** The form that books it, filled in. */
  private String form(final String currency, final Break.Booking booking) {
    if (booking == null) {
      return "";
    }
    final boolean fund = booking.collateral() && booking.participant().isEmpty();
    final String whose =
        booking.collateral()
            ? "owner=" + (fund ? ChangeForm.DEFAULT_FUND : booking.participant())
            : "participant=" + booking.participant();
    return "/changes/"
        + (booking.collateral() ? "collateral" : "liquidity")
        + "?step="
        + booking.step()
        + "&"
        + whose
        + "&asset="
        + currency
        + "&amount="
        + money(currency, booking.amount()).decimal()
        + "&reference="
        + java.net.URLEncoder.encode(booking.reference(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private Money money(final String currency, final long minor) {
    return new Money(
        minor, book.asset(currency).map(TreasuryBook.Asset::exponent).orElse(0), currency);
  }
}
