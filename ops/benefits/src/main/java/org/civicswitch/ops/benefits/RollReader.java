package org.civicswitch.ops.benefits;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a roll row by row, whatever its size. UTF-8, comma or semicolon, a header with the columns
 * of the README in any order. A row that is wrong is refused by itself, with line, code and reason;
 * a header that is wrong refuses the file.
 */
final class RollReader {
  static final int FIELD_CHARS_MAX = 512;
  private static final List<String> REQUIRED =
      List.of("beneficiary", "entitlement", "amount", "currency", "name");
  private static final Set<String> KNOWN =
      Set.of(
          "beneficiary",
          "entitlement",
          "amount",
          "currency",
          "agent",
          "account",
          "name",
          "alias",
          "remittance",
          // Of a repair file: why the row is there again. Not read.
          "reason");

  private final String currency;
  private final int exponent;

  /**
   * @param currency ISO 4217 letters that every row must carry
   * @param exponent decimals of that currency
   */
  RollReader(final String currency, final int exponent) {
    this.currency = currency;
    this.exponent = exponent;
  }

  /** Takes rows in the order of the file. */
  interface Rows {
    void row(RollRow row) throws IOException;

    void refused(long line, String beneficiary, String code, String reason) throws IOException;
  }

  void read(final Path roll, final Rows rows) throws IOException, RollFormatException {
    try (java.io.Reader text = Utf8.open(roll);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(Utf8.separator(roll))
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .ofNamedCsvRecord(text)) {
      boolean first = true;
      for (final NamedCsvRecord record : csv) {
        if (first) {
          checkHeader(record.getHeader());
          first = false;
        }
        row(record, rows);
      }
      if (first) {
        throw new RollFormatException("the roll has no rows");
      }
    } catch (final java.nio.charset.CharacterCodingException e) {
      throw Utf8.refusal(roll, e);
    } catch (final java.io.UncheckedIOException e) {
      if (e.getCause() instanceof java.nio.charset.CharacterCodingException) {
        throw Utf8.refusal(roll, e);
      }
      throw e.getCause();
    } catch (final CsvParseException e) {
      throw new RollFormatException("the roll is not CSV: " + e.getMessage(), e);
    }
  }

  private static void checkHeader(final List<String> header) throws RollFormatException {
    final List<String> missing = new ArrayList<>(REQUIRED);
    missing.removeAll(header);
    if (!missing.isEmpty()) {
      throw new RollFormatException("line 1: missing columns " + String.join(", ", missing));
    }
    if (!header.contains("agent") && !header.contains("alias")) {
      throw new RollFormatException("line 1: neither agent nor alias: nobody could be paid");
    }
    for (final String column : header) {
      if (!KNOWN.contains(column)) {
        throw new RollFormatException("line 1: unknown column '" + column + "'");
      }
    }
  }

  private void row(final NamedCsvRecord record, final Rows rows) throws IOException {
    final long line = record.getStartingLineNumber();
    final String beneficiary = field(record, "beneficiary");
    if (record.getFieldCount() != record.getHeader().size()) {
      rows.refused(
          line,
          beneficiary,
          "COLUMNS",
          record.getFieldCount() + " columns where the header has " + record.getHeader().size());
      return;
    }
    for (final String value : record.getFields()) {
      if (value.length() > FIELD_CHARS_MAX) {
        rows.refused(
            line,
            "",
            "FIELD_TOO_LONG",
            "a field is longer than " + FIELD_CHARS_MAX + " characters");
        return;
      }
      if (value.chars().anyMatch(RollReader::isNotText)) {
        rows.refused(line, "", "CHARACTERS", "a field has control characters or no characters");
        return;
      }
    }
    if (!beneficiary.matches("[A-Za-z][A-Za-z0-9_-]{0,15}:\\S(.{0,62}\\S)?")) {
      rows.refused(
          line, beneficiary, "BENEFICIARY", "is not TYPE:VALUE, for example NID:1990-0042");
      return;
    }
    final int entitlement = entitlement(field(record, "entitlement"));
    if (entitlement < 1) {
      rows.refused(
          line,
          beneficiary,
          "ENTITLEMENT",
          "is not a whole number from 1: " + quoted(record, "entitlement"));
      return;
    }
    if (!currency.equals(field(record, "currency").toUpperCase(Locale.ROOT))) {
      rows.refused(
          line,
          beneficiary,
          "CURRENCY",
          "the programme pays " + currency + ", not " + quoted(record, "currency"));
      return;
    }
    final long amount = Amounts.minorUnits(field(record, "amount"), exponent);
    if (amount <= 0) {
      rows.refused(
          line,
          beneficiary,
          "AMOUNT",
          "is not an amount above zero with at most "
              + exponent
              + " decimals and no separators: "
              + quoted(record, "amount"));
      return;
    }
    final String name = field(record, "name");
    if (name.isEmpty() || name.length() > 140) {
      rows.refused(line, beneficiary, "NAME", "must have 1 to 140 characters");
      return;
    }
    final String agent = field(record, "agent").toUpperCase(Locale.ROOT);
    final String account = field(record, "account");
    final String alias = field(record, "alias");
    // Half an account with an alias would be paid where nobody has checked whose it is.
    if (alias.isEmpty() ? agent.isEmpty() || account.isEmpty() : !(agent + account).isEmpty()) {
      rows.refused(
          line,
          beneficiary,
          "DESTINATION",
          "needs agent and account, or an alias and neither of them");
      return;
    }
    if (!agent.isEmpty() && !agent.matches("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")) {
      rows.refused(line, beneficiary, "AGENT", "is not a BIC: " + quoted(record, "agent"));
      return;
    }
    if (account.length() > LineContent.ACCOUNT_CHARS_MAX) {
      rows.refused(line, beneficiary, "ACCOUNT", "is longer than 34 characters");
      return;
    }
    if (alias.length() > LineContent.ACCOUNT_CHARS_MAX) {
      rows.refused(line, beneficiary, "ALIAS", "is longer than 34 characters");
      return;
    }
    final String remittance = field(record, "remittance");
    if (remittance.length() > 140) {
      rows.refused(line, beneficiary, "REMITTANCE", "is longer than 140 characters");
      return;
    }
    rows.row(
        new RollRow(
            line, beneficiary, entitlement, amount, agent, account, name, alias, remittance));
  }

  /** Control characters, and the two code points that no XML may contain. */
  private static boolean isNotText(final int c) {
    return Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF;
  }

  private static String field(final NamedCsvRecord record, final String column) {
    return record.findField(column).map(String::strip).orElse("");
  }

  private static String quoted(final NamedCsvRecord record, final String column) {
    return "'" + field(record, column) + "'";
  }

  private static int entitlement(final String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
