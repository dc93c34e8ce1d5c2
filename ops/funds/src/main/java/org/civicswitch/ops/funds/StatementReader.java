package org.civicswitch.ops.funds;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads what a settlement bank sends, whatever it is: camt.053 (any version), MT940 (also with its
 * SWIFT envelope), or the CSV of {@link CsvStatements}. Told apart by how they begin.
 */
public final class StatementReader {
  /** Longest file. */
  public static final int BYTES_MAX = 64 * 1024 * 1024;

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");

  private StatementReader() {}

  /**
   * All statements of a file, each whole.
   *
   * @throws StatementRefused if it is none of these, or not whole; then nothing of it counts
   */
  public static List<Statement> read(final byte[] bytes) throws StatementRefused {
    if (bytes.length > BYTES_MAX) {
      throw new StatementRefused("the file is longer than " + BYTES_MAX + " bytes");
    }
    final List<Statement> statements = parse(bytes).stream().map(StatementReader::inLines).toList();
    if (statements.isEmpty()) {
      throw new StatementRefused("there is no statement in it");
    }
    for (final Statement statement : statements) {
      statement.whole();
    }
    return statements;
  }

  /** What is told of a statement is told in lines: nothing that a bank wrote begins another. */
  private static Statement inLines(final Statement statement) {
    return new Statement(
        inLine(statement.id()),
        inLine(statement.account()),
        statement.currency(),
        statement.openingDate(),
        statement.opening(),
        statement.closingDate(),
        statement.closing(),
        statement.entries().stream()
            .map(
                entry ->
                    new Statement.Entry(
                        entry.place(),
                        entry.booked(),
                        entry.amount(),
                        entry.references().stream().map(StatementReader::inLine).toList()))
            .toList());
  }

  private static String inLine(final String text) {
    return CONTROLS.matcher(text).replaceAll(" ").strip();
  }

  private static List<Statement> parse(final byte[] bytes) throws StatementRefused {
    try {
      return switch (firstOf(bytes)) {
        case '<' -> new Camt053(bytes).read();
        case ':', '{' -> new Mt940(bytes).read();
        default -> CsvStatements.read(bytes);
      };
    } catch (final ArithmeticException e) {
      throw new StatementRefused("an amount in it is more than can be counted");
    }
  }

  /** The first character that says something: no blank, mark of an encoding, or half of one. */
  private static char firstOf(final byte[] bytes) {
    for (final byte b : bytes) {
      if (b > ' ') {
        return (char) b;
      }
    }
    return ' ';
  }
}
