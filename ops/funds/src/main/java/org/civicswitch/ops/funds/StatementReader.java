package org.civicswitch.ops.funds;

import java.util.List;

/**
 * Reads what a settlement bank sends, whatever it is: camt.053 (any version), MT940 (also with its
 * SWIFT envelope), or the CSV of {@link CsvStatements}. Told apart by how they begin.
 */
public final class StatementReader {
  /** Longest file. */
  public static final int BYTES_MAX = 64 * 1024 * 1024;

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
    final List<Statement> statements = parse(bytes);
    if (statements.isEmpty()) {
      throw new StatementRefused("there is no statement in it");
    }
    for (final Statement statement : statements) {
      checkText(statement);
      statement.whole();
    }
    return statements;
  }

  /** What is told of a statement is told in lines: nothing in it may begin another. */
  private static void checkText(final Statement statement) throws StatementRefused {
    if (hasControls(statement.id()) || hasControls(statement.account())) {
      throw new StatementRefused("a statement's id or account has a control character in it");
    }
    for (final Statement.Entry entry : statement.entries()) {
      if (entry.references().stream().anyMatch(StatementReader::hasControls)) {
        throw new StatementRefused(
            entry.place() + ": there is a control character in a reference of this entry");
      }
    }
  }

  private static boolean hasControls(final String text) {
    return text.chars().anyMatch(Character::isISOControl);
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
