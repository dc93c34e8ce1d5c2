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
import java.util.regex.Pattern;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.gateway.kit.Id128;

/** Bank and switch in one currency. Used once. */
final class Comparison {
  /** So long a movement may wait for a statement that shows it. */
  static final int AWAITED_DAYS = 3;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 ._:/+-]{1,140}");

  private final String currency;
  private final List<Statement> statements;
  private final Movements book;
  private final References ids;
  private final LocalDate today;

  /** By reference: what is booked, and what is reserved to go out. */
  private final Map<Id128, Movement> booked = new LinkedHashMap<>();

  private final Map<Id128, Movement> reserved = new HashMap<>();
  private final Set<Id128> seen = new HashSet<>();

  /** By what names them: a later entry may take one back. */
  private final Map<Object, Break> open = new LinkedHashMap<>();

  private int unnamed;
  private int matched;

  /** All ids that a reference's text may have in the switch. */
  @FunctionalInterface
  interface References {
    List<Id128> of(String text);
  }

  Comparison(
      final String currency,
      final List<Statement> statements,
      final Movements book,
      final References ids,
      final LocalDate today) {
    this.currency = currency;
    this.statements = statements;
    this.book = book;
    this.ids = ids;
    this.today = today;
  }

  FundsReport run() {
    final List<Movement> movements = book.movements(currency);
    final long inSwitch = movements.stream().mapToLong(Movement::booked).sum();
    movements.forEach(this::take);
    final long reservedOut = reserved.values().stream().mapToLong(Movement::amount).sum();
    statements.forEach(statement -> statement.entries().forEach(this::entry));
    final List<Break> breaks = new ArrayList<>();
    Statement last = null;
    if (!statements.isEmpty()) {
      last = statements.get(statements.size() - 1);
      opening(statements.get(0), breaks);
    }
    breaks.addAll(open.values());
    final long awaiting = remaining(last == null ? LocalDate.MIN : last.closingDate(), breaks);
    return new FundsReport(
        currency,
        last == null ? "" : last.account(),
        last == null ? "" : last.id(),
        last == null ? null : last.closingDate(),
        last == null ? 0 : last.closing(),
        inSwitch,
        reservedOut,
        awaiting,
        matched,
        breaks);
  }

  private void take(final Movement movement) {
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

  /** By the reference that fits best: not yet shown and of this amount, else reserved, else any. */
  private void entry(final Statement.Entry entry) {
    Movement known = null;
    String byName = "";
    Movement waiting = null;
    String waitingName = "";
    for (final String reference : entry.references()) {
      for (final Id128 id : ids.of(reference)) {
        final Movement movement = booked.get(id);
        if (movement != null
            && movement.booked() == entry.amount()
            && seen.add(movement.reference())) {
          matched++;
          return;
        }
        if (known == null && movement != null) {
          known = movement;
          byName = reference;
        }
        if (waiting == null && reserved.containsKey(id)) {
          waiting = reserved.get(id);
          waitingName = reference;
        }
      }
    }
    if (waiting != null) {
      waiting(entry, waitingName, waiting);
    } else if (known != null) {
      differs(entry, byName, known);
    } else {
      unknown(entry);
    }
  }

  private void waiting(
      final Statement.Entry entry, final String reference, final Movement movement) {
    final boolean paid = entry.amount() == -movement.amount();
    put(
        movement.reference(),
        paid ? Break.Kind.NOT_CONFIRMED : Break.Kind.AMOUNT,
        entry,
        entry.amount(),
        reference,
        "the switch has reserved "
            + StatementAmounts.text(movement.amount(), currency)
            + " to leave under it: ask the bank",
        paid
            ? new Break.Booking(
                movement.collateral(),
                "confirm",
                movement.participant() == 0 ? "" : book.participant(movement.participant()),
                movement.amount(),
                reference)
            : null);
  }

  private void differs(
      final Statement.Entry entry, final String reference, final Movement movement) {
    if (seen.add(movement.reference())) {
      put(
          movement.reference(),
          Break.Kind.AMOUNT,
          entry,
          entry.amount() - movement.booked(),
          reference,
          "the switch booked "
              + StatementAmounts.text(movement.booked(), currency)
              + " at sequence "
              + movement.sequence(),
          null);
    } else if (entry.amount() == -movement.booked()) {
      put(
          movement.reference(),
          Break.Kind.TAKEN_BACK,
          entry,
          entry.amount(),
          reference,
          "ask the bank why; until it is there again, undo it in the switch",
          null);
    } else {
      put(
          movement.reference(),
          Break.Kind.TWICE,
          entry,
          entry.amount(),
          reference,
          "ask the bank to take it back",
          null);
    }
  }

  private void unknown(final Statement.Entry entry) {
    final String reference = entry.references().isEmpty() ? "" : entry.references().get(0);
    put(
        reference.isEmpty() ? List.of(++unnamed) : reference,
        Break.Kind.NOT_IN_SWITCH,
        entry,
        entry.amount(),
        reference,
        "ask the bank what it was for; nothing in the switch was to leave",
        entry.amount() > 0 ? new Break.Booking(false, "in", "", entry.amount(), reference) : null);
  }

  /** What undoes an earlier break of the same name undoes it; another one stands beside it. */
  private void put(
      final Object name,
      final Break.Kind kind,
      final Statement.Entry entry,
      final long amount,
      final String reference,
      final String otherwise,
      final Break.Booking booking) {
    final Break earlier = open.get(name);
    if (earlier != null && earlier.amount() == -amount) {
      open.remove(name);
      return;
    }
    open.put(
        earlier == null ? name : List.of(++unnamed),
        broken(kind, amount, reference, entry.booked(), entry.place(), otherwise, booking));
  }

  /**
   * What was moved before the first statement, and is not booked by one later, must be its opening
   * balance.
   */
  private void opening(final Statement first, final List<Break> breaks) {
    long before = 0;
    for (final Movement movement : booked.values()) {
      if (day(movement).isBefore(first.firstDay()) && seen.add(movement.reference())) {
        before += movement.booked();
      }
    }
    if (before != first.opening()) {
      breaks.add(
          broken(
              Break.Kind.OPENING,
              first.opening() - before,
              first.id(),
              first.firstDay(),
              "statement " + first.id(),
              "the switch had moved "
                  + StatementAmounts.text(before, currency)
                  + " before that day: bring the difference in or out under its reference",
              null));
    }
  }

  /** What no statement shows: for the next one, or a break. */
  private long remaining(final LocalDate lastDay, final List<Break> breaks) {
    long awaiting = 0;
    for (final Movement movement : booked.values()) {
      if (seen.contains(movement.reference())) {
        continue;
      }
      final LocalDate day = day(movement);
      if (day.isBefore(lastDay)) {
        breaks.add(
            missing(
                Break.Kind.NOT_AT_BANK,
                movement,
                movement.kind() == LiquidityKind.IN
                    ? "ask "
                        + book.participant(movement.participant())
                        + " where the money is; until it is there, take it out again"
                    : "ask the bank why it has not paid "
                        + book.participant(movement.participant())));
      } else if (day.plusDays(AWAITED_DAYS).isBefore(today)) {
        breaks.add(
            missing(
                Break.Kind.NO_STATEMENT,
                movement,
                "get the statement from the bank: ./civicswitch funds import FILE"));
      } else {
        awaiting += movement.booked();
      }
    }
    return awaiting;
  }

  private Break missing(final Break.Kind kind, final Movement movement, final String suggestion) {
    return broken(
        kind,
        -movement.booked(),
        movement.reference().toString(),
        day(movement),
        "sequence " + movement.sequence(),
        suggestion,
        null);
  }

  /** As a command; a reference that a shell could misread is left to the person. */
  private String operate(final Break.Booking booking) {
    final boolean fund = booking.collateral() && booking.participant().isEmpty();
    return "./civicswitch operate "
        + (fund ? "default-fund move " : booking.collateral() ? "collateral move " : "liquidity ")
        + booking.step()
        + (fund
            ? ""
            : " --participant " + (booking.participant().isEmpty() ? "BIC" : booking.participant()))
        + " --asset "
        + currency
        + " --amount "
        + StatementAmounts.text(booking.amount(), currency).replace(" " + currency, "")
        + " --reference "
        + (PLAIN.matcher(booking.reference()).matches()
            ? "'" + booking.reference() + "'"
            : "REFERENCE");
  }

  /**
   * @param otherwise what a person could do where nothing is to be booked
   * @param booking or null
   */
  private Break broken(
      final Break.Kind kind,
      final long amount,
      final String reference,
      final LocalDate since,
      final String where,
      final String otherwise,
      final Break.Booking booking) {
    return new Break(
        Break.id(currency, reference, since, where),
        kind,
        amount,
        reference,
        since,
        ChronoUnit.DAYS.between(since, today),
        where,
        booking == null ? otherwise : operate(booking),
        booking);
  }

  private static LocalDate day(final Movement movement) {
    return Instant.ofEpochMilli(movement.timeMs()).atZone(ZoneOffset.UTC).toLocalDate();
  }
}
