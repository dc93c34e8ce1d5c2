package org.civicswitch.ops.funds;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A statement of camt.053 as far as it has been read: texts, until all of it is there. */
final class CamtDraft {
  String id = "";
  String account = "";
  String currency = "";
  private Balance opening;
  private Balance closing;
  private final List<Statement.Entry> entries = new ArrayList<>();

  /** A balance. */
  static final class Balance {
    String code = "";
    String amount = "";
    String currency = "";
    String indicator = "";
    String date = "";
  }

  /** An entry, or one transaction of it. */
  static final class Booking {
    String amount = "";
    String currency = "";
    String indicator = "";
    String status = "";
    String date = "";
    final List<String> references = new ArrayList<>();
    final List<Booking> parts = new ArrayList<>();
  }

  void take(final Balance balance) {
    switch (balance.code) {
      case "OPBD" -> opening = balance;
      case "PRCD" -> {
        // The last closing balance is the opening one, where no other is given.
        if (opening == null) {
          opening = balance;
        }
      }
      case "CLBD" -> closing = balance;
      default -> {
        // available, interim, forward: not booked
      }
    }
  }

  /** Only what is booked counts. */
  void take(final String place, final Booking entry) throws StatementRefused {
    if (!entry.status.equals("BOOK")) {
      return;
    }
    if (currency.isEmpty()) {
      currency = entry.currency;
    }
    if (!currency.equals(entry.currency)) {
      throw new StatementRefused(
          place + " is in " + entry.currency + ", the account in " + currency);
    }
    final LocalDate date = date(place, entry.date);
    final long amount = signed(place, entry.amount, currency, entry.indicator);
    final List<Statement.Entry> parts = parts(place, date, amount, entry);
    if (parts.size() > 1) {
      entries.addAll(parts);
      return;
    }
    final List<String> all = new ArrayList<>(entry.references);
    entry.parts.forEach(part -> all.addAll(part.references));
    entries.add(new Statement.Entry(place, date, amount, all));
  }

  /** Each transaction by itself, where all say their amount in this currency and add up. */
  private List<Statement.Entry> parts(
      final String place, final LocalDate date, final long amount, final Booking entry)
      throws StatementRefused {
    final List<Statement.Entry> parts = new ArrayList<>();
    long left = amount;
    for (final Booking part : entry.parts) {
      if (part.amount.isEmpty() || !part.currency.equals(currency)) {
        return List.of();
      }
      final String way = part.indicator.isEmpty() ? entry.indicator : part.indicator;
      final long partAmount = signed(place, part.amount, currency, way);
      left = Math.subtractExact(left, partAmount);
      parts.add(new Statement.Entry(place, date, partAmount, part.references));
    }
    return left == 0 ? parts : List.of();
  }

  Statement finished(final String where) throws StatementRefused {
    final String place = where + "statement " + (id.isEmpty() ? "without Id" : id);
    if (opening == null) {
      throw new StatementRefused(place + " has no opening balance (OPBD or PRCD)");
    }
    if (closing == null) {
      throw new StatementRefused(place + " has no closing balance (CLBD)");
    }
    if (account.isEmpty()) {
      throw new StatementRefused(place + " names no account");
    }
    if (currency.isEmpty()) {
      currency = closing.currency;
    }
    for (final Balance balance : List.of(opening, closing)) {
      if (!balance.currency.equals(currency)) {
        throw new StatementRefused(
            place + " has a balance in " + balance.currency + ", the account is in " + currency);
      }
    }
    return new Statement(
        id,
        account,
        currency,
        date(place, opening.date),
        signed(place, opening.amount, currency, opening.indicator),
        date(place, closing.date),
        signed(place, closing.amount, currency, closing.indicator),
        List.copyOf(entries));
  }

  private static long signed(
      final String place, final String amount, final String currency, final String indicator)
      throws StatementRefused {
    final long minor = StatementAmounts.parse(place, amount, currency);
    return switch (indicator) {
      case "CRDT" -> minor;
      case "DBIT" -> -minor;
      default ->
          throw new StatementRefused(
              place
                  + (indicator.isEmpty()
                      ? ": CdtDbtInd is missing"
                      : ": CdtDbtInd is CRDT or DBIT, not " + indicator));
    };
  }

  /** The day as the bank writes it, without its time. */
  private static LocalDate date(final String place, final String text) throws StatementRefused {
    try {
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    } catch (final DateTimeException e) {
      throw new StatementRefused(place + ": not a date: " + text);
    }
  }
}
