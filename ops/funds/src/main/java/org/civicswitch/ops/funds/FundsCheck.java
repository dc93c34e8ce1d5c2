package org.civicswitch.ops.funds;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.gateway.kit.Id128;

/**
 * Compares statements with movements, entry by entry, over the reference under which both know
 * them. Worked out anew each time from what the bank sent and what the feed says: nothing is kept
 * that could be wrong. Days are UTC.
 *
 * <p>What the switch moved before the day of the first opening balance is in that balance; what it
 * moved on or after the last day of the last statement is for the next one.
 */
public final class FundsCheck {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 ._:/+-]{1,140}");

  private final Movements book;
  private final Function<String, Id128> token;
  private final LocalDate today;

  /**
   * @param token how a reference's text is kept in the switch
   * @param today for the age of breaks
   */
  public FundsCheck(
      final FundsBook book, final Function<String, Id128> token, final LocalDate today) {
    this((Movements) book, token, today);
  }

  FundsCheck(final Movements book, final Function<String, Id128> token, final LocalDate today) {
    this.book = book;
    this.token = token;
    this.today = today;
  }

  /** One report for each currency of which bank or switch knows. */
  public List<FundsReport> run(final List<Statement> statements) {
    final Set<String> currencies = new TreeSet<>(book.currencies());
    statements.forEach(statement -> currencies.add(statement.currency()));
    final List<FundsReport> reports = new ArrayList<>();
    for (final String currency : currencies) {
      reports.add(
          new Comparison(
                  currency,
                  statements.stream().filter(s -> s.currency().equals(currency)).toList(),
                  book.movements(currency))
              .run());
    }
    return reports;
  }

  /** An entry, and what the switch knows under one of its references. */
  private record Found(
      Statement.Entry entry, String reference, Movement booked, Movement reserved) {}

  /** One currency. */
  private final class Comparison {
    private final String currency;
    private final List<Statement> statements;
    private final List<Movement> movements;

    /** By reference: what is booked, and what is reserved to go out. */
    private final Map<Id128, Movement> booked = new LinkedHashMap<>();

    private final Map<Id128, Movement> reserved = new HashMap<>();
    private final Set<Id128> seen = new HashSet<>();
    private final List<Break> breaks = new ArrayList<>();
    private int matched;

    Comparison(
        final String currency, final List<Statement> statements, final List<Movement> movements) {
      this.currency = currency;
      this.statements = statements;
      this.movements = movements;
    }

    FundsReport run() {
      long inSwitch = 0;
      for (final Movement movement : movements) {
        inSwitch += movement.booked();
        switch (movement.kind()) {
          case OUT_RESERVE -> reserved.put(movement.reference(), movement);
          case OUT_CANCEL -> reserved.remove(movement.reference());
          case OUT_CONFIRM -> {
            reserved.remove(movement.reference());
            booked.put(movement.reference(), movement);
          }
          default -> booked.put(movement.reference(), movement);
        }
      }
      final long reservedOut = reserved.values().stream().mapToLong(Movement::amount).sum();
      if (statements.isEmpty()) {
        return new FundsReport(
            currency, "", "", null, 0, inSwitch, reservedOut, inSwitch, 0, List.of());
      }
      final Statement first = statements.get(0);
      final Statement last = statements.get(statements.size() - 1);
      final List<Found> found = new ArrayList<>();
      statements.forEach(statement -> statement.entries().forEach(entry -> found.add(find(entry))));
      opening(first, found);
      found.forEach(this::compare);
      final long awaiting = remaining(last);
      return new FundsReport(
          currency,
          last.account(),
          last.id(),
          last.closingDate(),
          last.closing(),
          inSwitch,
          reservedOut,
          awaiting,
          matched,
          List.copyOf(breaks));
    }

    /**
     * What was moved before the first statement, and is not booked by one later, must be its
     * opening balance.
     */
    private void opening(final Statement first, final List<Found> found) {
      final Set<Id128> later = new HashSet<>();
      for (final Found one : found) {
        if (one.booked != null) {
          later.add(one.booked.reference());
        }
      }
      long before = 0;
      for (final Movement movement : movements) {
        if (movement.booked() != 0
            && day(movement).isBefore(first.openingDate())
            && !later.contains(movement.reference())) {
          before += movement.booked();
          seen.add(movement.reference());
        }
      }
      if (before != first.opening()) {
        add(
            Break.Kind.OPENING,
            first.opening() - before,
            first.id(),
            first.openingDate(),
            "statement " + first.id(),
            "the switch had moved "
                + StatementAmounts.text(before, currency)
                + " before that day: bring the difference in or out under its reference");
      }
    }

    /** The first of its references under which the switch knows something. */
    private Found find(final Statement.Entry entry) {
      for (final String reference : entry.references()) {
        final Id128 id = id(reference);
        final Movement movement = booked.get(id);
        if (movement != null) {
          return new Found(entry, reference, movement, null);
        }
        final Movement waiting = reserved.get(id);
        if (waiting != null && entry.amount() == -waiting.amount()) {
          return new Found(entry, reference, null, waiting);
        }
      }
      return new Found(
          entry, entry.references().isEmpty() ? "" : entry.references().get(0), null, null);
    }

    private void compare(final Found found) {
      final Statement.Entry entry = found.entry;
      if (found.booked != null) {
        match(entry, found.reference, found.booked);
      } else if (found.reserved != null) {
        add(
            Break.Kind.NOT_CONFIRMED,
            entry.amount(),
            found.reference,
            entry.booked(),
            entry.place(),
            operate(
                "confirm",
                book.participant(found.reserved.participant()),
                entry.amount(),
                found.reference));
      } else {
        add(
            Break.Kind.NOT_IN_SWITCH,
            entry.amount(),
            found.reference,
            entry.booked(),
            entry.place(),
            entry.amount() > 0
                ? operate("in", "BIC", entry.amount(), found.reference)
                : "ask the bank what it was for; nothing in the switch was to leave");
      }
    }

    private void match(
        final Statement.Entry entry, final String reference, final Movement movement) {
      if (!seen.add(movement.reference())) {
        add(
            Break.Kind.TWICE,
            entry.amount(),
            reference,
            entry.booked(),
            entry.place(),
            "ask the bank to take it back");
      } else if (entry.amount() != movement.booked()) {
        add(
            Break.Kind.AMOUNT,
            entry.amount() - movement.booked(),
            reference,
            entry.booked(),
            entry.place(),
            "the switch booked "
                + StatementAmounts.text(movement.booked(), currency)
                + " at sequence "
                + movement.sequence());
      } else {
        matched++;
      }
    }

    /** What no statement shows: for the next one, or a break. */
    private long remaining(final Statement last) {
      long awaiting = 0;
      for (final Movement movement : booked.values()) {
        if (seen.contains(movement.reference())) {
          continue;
        }
        if (day(movement).isBefore(last.closingDate())) {
          add(
              Break.Kind.NOT_AT_BANK,
              -movement.booked(),
              movement.reference().toString(),
              day(movement),
              "sequence " + movement.sequence(),
              movement.kind() == LiquidityKind.IN
                  ? "ask "
                      + book.participant(movement.participant())
                      + " where the money is; until it is there, take it out again"
                  : "ask the bank why it has not paid " + book.participant(movement.participant()));
        } else {
          awaiting += movement.booked();
        }
      }
      return awaiting;
    }

    /** As a command; a reference that a shell could misread is left to the person. */
    private String operate(
        final String step, final String participant, final long amount, final String reference) {
      return "./civicswitch operate liquidity "
          + step
          + " --participant "
          + participant
          + " --asset "
          + currency
          + " --amount "
          + StatementAmounts.text(Math.abs(amount), currency).replace(" " + currency, "")
          + " --reference "
          + (PLAIN.matcher(reference).matches() ? "'" + reference + "'" : "REFERENCE");
    }

    private void add(
        final Break.Kind kind,
        final long amount,
        final String reference,
        final LocalDate since,
        final String where,
        final String suggestion) {
      breaks.add(
          new Break(
              kind,
              amount,
              reference,
              since,
              ChronoUnit.DAYS.between(since, today),
              where,
              suggestion));
    }
  }

  /** Of a reference as people write it; the switch's own id of it is taken too. */
  private Id128 id(final String reference) {
    try {
      return Id128.parse(reference);
    } catch (final IllegalArgumentException e) {
      return token.apply(reference);
    }
  }

  private static LocalDate day(final Movement movement) {
    return Instant.ofEpochMilli(movement.timeMs()).atZone(ZoneOffset.UTC).toLocalDate();
  }
}
