package org.civicswitch.ops.cli.treasury;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;
import org.civicswitch.ops.treasury.WindowSteps;

/** Words and rows of a settlement window. */
final class WindowReport {
  private final TreasuryBook book;

  WindowReport(final TreasuryBook book) {
    this.book = book;
  }

  Map<String, Object> json(final SettlementBook.Window window) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("window", window.number());
    fields.put("state", window.state().name());
    if (window.closedSequence() != 0) {
      fields.put("closed_sequence", window.closedSequence());
      fields.put("closed", Instant.ofEpochMilli(window.closedMs()).toString());
    }
    if (!window.reference().isNone()) {
      fields.put("reference", window.reference().toString());
    }
    return fields;
  }

  String line(final SettlementBook.Window window) {
    return "window "
        + window.number()
        + ": "
        + window.state()
        + (window.closedSequence() == 0
            ? ""
            : ", closed at sequence "
                + window.closedSequence()
                + ", "
                + Instant.ofEpochMilli(window.closedMs()))
        + (window.obligations().isEmpty()
            ? ""
            : ", " + window.obligations().size() + " obligations");
  }

  /** Who did what to it, and when. */
  void steps(final Report report, final SettlementBook.Window window) {
    final List<Map<String, Object>> rows = new ArrayList<>();
    for (final WindowSteps.Told step : WindowSteps.of(book, window)) {
      final String time = Instant.ofEpochMilli(step.timeMs()).toString();
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("step", step.words());
      fields.put("sequence", step.sequence());
      fields.put("time", time);
      fields.put("by", step.who());
      rows.add(fields);
      report.say(
          "  "
              + step.words()
              + " at sequence "
              + step.sequence()
              + ", "
              + time
              + ", by "
              + step.who());
    }
    report.put("steps", rows);
  }

  /** What everybody paid, was paid, gets or owes. */
  void obligations(final Report report, final SettlementBook.Window window) {
    final List<Map<String, Object>> rows = new ArrayList<>();
    for (final SettlementBook.Obligation one : window.obligations()) {
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("asset", book.code(one.asset()));
      fields.put("participant", book.name(one.participant()));
      if (one.counterparty() != 0) {
        fields.put("counterparty", book.name(one.counterparty()));
      }
      fields.put("debits", book.amount(one.debits(), one.asset()));
      fields.put("credits", book.amount(one.credits(), one.asset()));
      fields.put("net", book.amount(one.net(), one.asset()));
      if (one.covered() != 0) {
        fields.put("covered", book.amount(one.covered(), one.asset()));
      }
      rows.add(fields);
      report.say(
          "  "
              + book.name(one.participant())
              + (one.counterparty() == 0 ? "" : " with " + book.name(one.counterparty()))
              + ": paid "
              + book.amount(one.debits(), one.asset())
              + ", was paid "
              + book.amount(one.credits(), one.asset())
              + (one.net() < 0 ? ", owes " : ", gets ")
              + book.amount(Math.abs(one.net()), one.asset())
              + " "
              + book.code(one.asset())
              + (one.covered() == 0 ? "" : ", paid by collateral and default fund"));
    }
    report.put("obligations", rows);
    if (rows.isEmpty()) {
      report.say("  nobody owes anything");
    }
  }

  /** Who owes, and who would go short by how much if collateral had to pay. */
  void debts(final Report report, final SettlementBook.Window window) {
    final List<Map<String, Object>> rows = new ArrayList<>();
    for (final SettlementBook.Debt debt : book.settlement().debts(window)) {
      final int asset = debt.asset();
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("asset", book.code(asset));
      fields.put("participant", book.name(debt.participant()));
      fields.put("owes", book.amount(debt.owed(), asset));
      fields.put("collateral", book.amount(debt.collateral(), asset));
      fields.put("short", book.amount(debt.uncovered(), asset));
      fields.put("default_fund", book.amount(book.settlement().funds(0, asset).free(), asset));
      fields.put("from_default_fund", book.amount(debt.fromFund(), asset));
      fields.put("missing", book.amount(debt.missing(), asset));
      rows.add(fields);
      report.say(
          "  "
              + book.name(debt.participant())
              + " owes "
              + book.amount(debt.owed(), asset)
              + " "
              + book.code(asset)
              + ", collateral "
              + book.amount(debt.collateral(), asset)
              + (debt.uncovered() == 0
                  ? ""
                  : ", short by "
                      + book.amount(debt.uncovered(), asset)
                      + ": the default fund would pay "
                      + book.amount(debt.fromFund(), asset)
                      + (debt.missing() == 0
                          ? ""
                          : ", nobody " + book.amount(debt.missing(), asset))));
    }
    report.put("debts", rows);
  }

  /** One participant's part of a window, a line per obligation. */
  List<String> csv(final SettlementBook.Window window, final TreasuryBook.Participant whose) {
    final List<String> lines = new ArrayList<>();
    lines.add("window,state,participant,counterparty,asset,paid,was_paid,net,covered");
    for (final SettlementBook.Obligation one : window.obligations()) {
      final boolean other = one.counterparty() == whose.number();
      if (one.participant() != whose.number() && !other) {
        continue;
      }
      final int counterparty = other ? one.participant() : one.counterparty();
      lines.add(
          String.join(
              ",",
              Long.toString(window.number()),
              window.state().name(),
              whose.code(),
              counterparty == 0 ? "" : book.name(counterparty),
              book.code(one.asset()),
              book.amount(other ? one.credits() : one.debits(), one.asset()),
              book.amount(other ? one.debits() : one.credits(), one.asset()),
              book.amount(other ? -one.net() : one.net(), one.asset()),
              book.amount(one.covered(), one.asset())));
    }
    return lines;
  }
}
