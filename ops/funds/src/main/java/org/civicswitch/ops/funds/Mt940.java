package org.civicswitch.ops.funds;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SWIFT MT940, Customer Statement Message, with or without its envelope. Fields as in the Standards
 * Category 9: 20, 25, 28C, 60F or 60M, 61 and 86, 62F or 62M; pages of one statement (60M, 62M) are
 * statements of their own here. A reversal of a credit (RC) takes money away, of a debit (RD) gives
 * it back.
 */
final class Mt940 {
  private static final Pattern FIELD = Pattern.compile(":(\\d\\d[A-Z]?):(.*)", Pattern.DOTALL);
  private static final Pattern BALANCE =
      Pattern.compile("([CD])(\\d{6})([A-Z]{3})(\\d{1,15}(?:,\\d{0,4})?)");
  private static final Pattern LINE =
      Pattern.compile(
          "(\\d{6})(\\d{4})?(RC|RD|C|D)([A-Z])?(\\d{1,15}(?:,\\d{0,4})?)([A-Z][A-Z0-9]{3})"
              + "(.*?)(?://(.*))?",
          Pattern.DOTALL);

  /** Between the words of field 86: blanks, slashes, and the marks of its subfields. */
  private static final Pattern WORDS = Pattern.compile("(?:[\\s/]|\\?\\d\\d)+");

  private static final Set<String> UNNAMED = Set.of("NONREF", "NOTPROVIDED", "");

  /** Of field 86; the standard knows 390. */
  private static final int TEXT_MAX = 4_096;

  /** Two digits of a year mean one of a century around now: banks keep statements for decades. */
  private static final int CENTURY = 2000;

  private final String[] lines;
  private final List<Statement> statements = new ArrayList<>();
  private final List<Statement.Entry> entries = new ArrayList<>();
  private String id = "";
  private String account = "";
  private String number = "";
  private String currency = "";
  private LocalDate openingDate;
  private long opening;
  private int booked;

  Mt940(final byte[] bytes) {
    lines = text(bytes).split("\r\n|\n|\r", -1);
  }

  /** UTF-8 where it is that, else Latin-1, in which everything is something. */
  private static String text(final byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (final CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  List<Statement> read() throws StatementRefused {
    String tag = "";
    final StringBuilder value = new StringBuilder();
    int from = 0;
    for (int i = 0; i < lines.length; i++) {
      final String line = withoutEnvelope(lines[i]);
      final Matcher field = FIELD.matcher(line);
      final boolean ends = line.equals("-") || line.startsWith("-}");
      if (field.matches() || ends) {
        field(tag, value.toString(), from);
        tag = ends ? "" : field.group(1);
        value.setLength(0);
        value.append(ends ? "" : field.group(2));
        from = i + 1;
      } else if (!tag.isEmpty()) {
        value.append('\n').append(line);
      }
    }
    field(tag, value.toString(), from);
    if (openingDate != null) {
      throw new StatementRefused("statement " + id + " has no closing balance (62F)");
    }
    return statements;
  }

  /** The envelope's blocks 1 to 3 and the beginning of block 4 stand before the first field. */
  private static String withoutEnvelope(final String line) {
    final int text = line.indexOf("{4:");
    return text < 0 ? line : line.substring(text + 3);
  }

  private void field(final String tag, final String value, final int line) throws StatementRefused {
    final String place = "line " + line;
    switch (tag) {
      case "20" -> {
        mustBeClosed(place);
        id = value.strip();
        entries.clear();
      }
      case "25", "25P" -> account = value.lines().findFirst().orElse("").strip();
      case "28C", "28" -> number = value.strip();
      case "60F", "60M" -> {
        mustBeClosed(place);
        final Matcher balance = balance(place, value);
        currency = balance.group(3);
        openingDate = date(place, balance.group(2));
        opening = signed(place, balance);
      }
      case "61" -> entry(place, value);
      case "86" -> information(value);
      case "62F", "62M" -> close(place, value);
      default -> {
        // 21, 64, 65: nothing that is booked
      }
    }
  }

  private void mustBeClosed(final String place) throws StatementRefused {
    if (openingDate != null) {
      throw new StatementRefused(
          place + ": statement " + id + " has no closing balance (62F), and another one begins");
    }
  }

  private static Matcher balance(final String place, final String value) throws StatementRefused {
    final Matcher balance = BALANCE.matcher(value.strip());
    if (!balance.matches()) {
      throw new StatementRefused(
          place + ": not a balance (C or D, date, currency, amount): " + value.strip());
    }
    return balance;
  }

  private long signed(final String place, final Matcher balance) throws StatementRefused {
    final long minor = amount(place, balance.group(4));
    return balance.group(1).equals("C") ? minor : -minor;
  }

  private long amount(final String place, final String text) throws StatementRefused {
    final String decimal = text.replace(',', '.');
    return StatementAmounts.parse(
        place,
        decimal.endsWith(".") ? decimal.substring(0, decimal.length() - 1) : decimal,
        currency);
  }

  private void entry(final String place, final String value) throws StatementRefused {
    if (openingDate == null) {
      throw new StatementRefused(place + ": an entry (61) before the opening balance (60F)");
    }
    if (++booked > Statement.ENTRIES_MAX) {
      throw new StatementRefused("more than " + Statement.ENTRIES_MAX + " entries");
    }
    final String[] parts = value.split("\n", 2);
    final Matcher line = LINE.matcher(parts[0].strip());
    if (!line.matches()) {
      throw new StatementRefused(
          place + ": not an entry (date, C or D, amount, kind, references): " + parts[0].strip());
    }
    final LocalDate valued = date(place, line.group(1));
    final long minor = amount(place, line.group(5));
    final boolean in = line.group(3).equals("C") || line.group(3).equals("RD");
    final Set<String> references = new LinkedHashSet<>();
    add(references, line.group(7));
    add(references, line.group(8));
    if (parts.length > 1) {
      parts[1].lines().forEach(more -> add(references, more));
    }
    entries.add(
        new Statement.Entry(
            place,
            bookedOn(place, valued, line.group(2)),
            in ? minor : -minor,
            List.copyOf(references)));
  }

  /** The booking day has no year: it lies near the value day. */
  private static LocalDate bookedOn(
      final String place, final LocalDate valued, final String monthAndDay)
      throws StatementRefused {
    if (monthAndDay == null) {
      return valued;
    }
    try {
      LocalDate day =
          LocalDate.of(
              valued.getYear(),
              Integer.parseInt(monthAndDay.substring(0, 2)),
              Integer.parseInt(monthAndDay.substring(2)));
      if (day.isAfter(valued.plusMonths(6))) {
        day = day.minusYears(1);
      } else if (day.isBefore(valued.minusMonths(6))) {
        day = day.plusYears(1);
      }
      return day;
    } catch (final DateTimeException e) {
      throw new StatementRefused(place + ": not a month and day: " + monthAndDay);
    }
  }

  /** What the bank says to the entry before it: whole, by line, and by word. */
  private void information(final String text) {
    if (entries.isEmpty()) {
      return;
    }
    final String value = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    final Statement.Entry entry = entries.remove(entries.size() - 1);
    final Set<String> references = new LinkedHashSet<>(entry.references());
    add(references, value.replace("\n", ""));
    value.lines().forEach(line -> add(references, line));
    WORDS.splitAsStream(value).forEach(word -> add(references, word));
    entries.add(
        new Statement.Entry(
            entry.place(), entry.booked(), entry.amount(), List.copyOf(references)));
  }

  private static void add(final Set<String> references, final String text) {
    if (text != null && !UNNAMED.contains(text.strip())) {
      references.add(text.strip());
    }
  }

  private void close(final String place, final String value) throws StatementRefused {
    if (openingDate == null) {
      throw new StatementRefused(place + ": a closing balance (62F) before the opening one (60F)");
    }
    final Matcher balance = balance(place, value);
    if (!balance.group(3).equals(currency)) {
      throw new StatementRefused(
          place + ": closes in " + balance.group(3) + ", and opened in " + currency);
    }
    statements.add(
        new Statement(
            number.isEmpty() ? id : id + " " + number,
            account,
            currency,
            openingDate,
            opening,
            date(place, balance.group(2)),
            signed(place, balance),
            List.copyOf(entries)));
    entries.clear();
    openingDate = null;
  }

  private static LocalDate date(final String place, final String text) throws StatementRefused {
    try {
      return LocalDate.of(
          CENTURY + Integer.parseInt(text.substring(0, 2)),
          Integer.parseInt(text.substring(2, 4)),
          Integer.parseInt(text.substring(4, 6)));
    } catch (final DateTimeException e) {
      throw new StatementRefused(place + ": not a date: " + text);
    }
  }
}
