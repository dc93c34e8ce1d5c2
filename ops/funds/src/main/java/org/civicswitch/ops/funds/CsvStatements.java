package org.civicswitch.ops.funds;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement as a table, for banks that send neither of the others. UTF-8, commas, this header:
 *
 * <pre>
 *   kind,account,currency,date,amount,reference
 *   opening,XX01,EUR,2026-01-01,0.00,
 *   entry,XX01,EUR,2026-01-01,250.00,B-77
 *   entry,XX01,EUR,2026-01-01,-50.00,B-78
 *   closing,XX01,EUR,2026-01-01,200.00,STATEMENT-1
 * </pre>
 *
 * The reference of the closing line names the statement.
 */
final class CsvStatements {
  private static final List<String> HEADER =
      List.of("kind", "account", "currency", "date", "amount", "reference");

  private CsvRecord opening;
  private CsvRecord closing;
  private final List<Statement.Entry> entries = new ArrayList<>();

  private CsvStatements() {}

  static List<Statement> read(final byte[] bytes) throws StatementRefused {
    final String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (final CharacterCodingException e) {
      throw new StatementRefused("neither camt.053 nor MT940, and no CSV in UTF-8");
    }
    final CsvStatements reader = new CsvStatements();
    boolean first = true;
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder().ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
      for (final CsvRecord row : rows) {
        if (first) {
          header(row);
          first = false;
        } else {
          reader.row(row);
        }
      }
    } catch (final CsvParseException e) {
      throw new StatementRefused("no CSV: " + e.getMessage());
    } catch (final java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return List.of(reader.statement());
  }

  private static void header(final CsvRecord row) throws StatementRefused {
    if (!row.getFields().equals(HEADER)) {
      throw new StatementRefused(
          "neither camt.053 nor MT940; a CSV begins with " + String.join(",", HEADER));
    }
  }

  private void row(final CsvRecord row) throws StatementRefused {
    final String place = "line " + row.getStartingLineNumber();
    if (row.getFieldCount() != HEADER.size()) {
      throw new StatementRefused(
          place + ": " + HEADER.size() + " columns, not " + row.getFieldCount());
    }
    if (opening != null
        && (!row.getField(1).equals(opening.getField(1))
            || !row.getField(2).equals(opening.getField(2)))) {
      throw new StatementRefused(place + ": of another account or currency than the opening line");
    }
    if (closing != null) {
      throw new StatementRefused(place + ": behind the closing line");
    }
    switch (row.getField(0)) {
      case "opening" -> {
        if (opening != null) {
          throw new StatementRefused(place + ": a second opening line");
        }
        opening = row;
      }
      case "closing" -> closing = row;
      case "entry" -> {
        if (opening == null) {
          throw new StatementRefused(place + ": an entry before the opening line");
        }
        if (entries.size() == Statement.ENTRIES_MAX) {
          throw new StatementRefused("more than " + Statement.ENTRIES_MAX + " entries");
        }
        final String reference = row.getField(5).strip();
        entries.add(
            new Statement.Entry(
                place,
                date(row),
                amount(row),
                reference.isEmpty() ? List.of() : List.of(reference)));
      }
      default ->
          throw new StatementRefused(
              place + ": kind is opening, entry or closing, not " + row.getField(0));
    }
  }

  private Statement statement() throws StatementRefused {
    if (opening == null || closing == null) {
      throw new StatementRefused("a statement has an opening and a closing line");
    }
    final String name = closing.getField(5).strip();
    return new Statement(
        name.isEmpty() ? closing.getField(3) : name,
        opening.getField(1),
        opening.getField(2),
        date(opening),
        amount(opening),
        date(closing),
        amount(closing),
        entries);
  }

  private static long amount(final CsvRecord row) throws StatementRefused {
    final String text = row.getField(4).strip();
    final boolean negative = text.startsWith("-");
    final long minor =
        StatementAmounts.parse(
            "line " + row.getStartingLineNumber(),
            negative ? text.substring(1) : text,
            row.getField(2));
    return negative ? -minor : minor;
  }

  private static LocalDate date(final CsvRecord row) throws StatementRefused {
    try {
      return LocalDate.parse(row.getField(3).strip());
    } catch (final DateTimeException e) {
      throw new StatementRefused(
          "line " + row.getStartingLineNumber() + ": not a date: " + row.getField(3));
    }
  }
}
