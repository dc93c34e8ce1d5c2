package org.civicswitch.ops.funds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * The files as the settlement bank sent them, numbered in the order in which they came: all that is
 * kept, everything else is worked out from them. Of each currency there is one account, and each
 * statement begins where the last one ended. Only the owner may read them: they may name people.
 */
public final class StatementArchive {
  private static final String SUFFIX = ".statement";

  private final Path directory;
  private final Set<Digest256> files = new HashSet<>();
  private int lastNumber;
  private final List<Statement> statements = new ArrayList<>();

  private StatementArchive(final Path directory) {
    this.directory = directory;
  }

  /**
   * @throws IOException if it cannot be read, or holds what is no statement
   */
  public static StatementArchive open(final Path directory) throws IOException {
    final StatementArchive archive = new StatementArchive(OwnerOnlyFiles.directory(directory));
    final List<Path> found;
    try (Stream<Path> all = Files.list(directory)) {
      found = all.filter(file -> isStatement(file.toString())).sorted().toList();
    }
    for (final Path file : found) {
      final byte[] bytes = OwnerOnlyFiles.read(file);
      try {
        archive.take(StatementReader.read(bytes));
      } catch (final StatementRefused e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      archive.files.add(Digest256.sha256(bytes));
      archive.lastNumber = number(file);
    }
    return archive;
  }

  static boolean isStatement(final String file) {
    return file.endsWith(SUFFIX);
  }

  /** In the order in which they came. */
  public List<Statement> statements() {
    return List.copyOf(statements);
  }

  /**
   * Takes a file in, whole or not at all, durably.
   *
   * @param today a statement covers no day beyond tomorrow, which may have begun where the bank is
   * @return its statements; none when this very file is there already
   * @throws StatementRefused if it is no statement, or does not follow the last one
   */
  public List<Statement> add(final byte[] bytes, final LocalDate today)
      throws StatementRefused, IOException {
    final Digest256 digest = Digest256.sha256(bytes);
    if (files.contains(digest)) {
      return List.of();
    }
    final List<Statement> added = StatementReader.read(bytes);
    for (final Statement statement : added) {
      if (statement.closingDate().isAfter(today.plusDays(1))) {
        throw new StatementRefused(
            "statement " + statement.id() + ": to " + statement.closingDate() + ", a day to come");
      }
    }
    final int before = statements.size();
    take(added);
    final Path file =
        directory.resolve(String.format(Locale.ROOT, "%06d%s", lastNumber + 1, SUFFIX));
    if (!OwnerOnlyFiles.create(file, bytes)) {
      statements.subList(before, statements.size()).clear();
      throw new IOException(file + " was made by somebody else just now: try again");
    }
    files.add(digest);
    lastNumber++;
    return added;
  }

  /** All or none. */
  private void take(final List<Statement> added) throws StatementRefused {
    final List<Statement> all = new ArrayList<>(statements);
    for (final Statement statement : added) {
      follows(all, statement);
      all.add(statement);
    }
    statements.addAll(added);
  }

  private static int number(final Path file) throws IOException {
    final String name = file.getFileName().toString();
    try {
      return Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
    } catch (final NumberFormatException e) {
      throw new IOException(file + " has no number: the files are made by funds import", e);
    }
  }

  private static void follows(final List<Statement> before, final Statement next)
      throws StatementRefused {
    Statement last = null;
    for (final Statement one : before) {
      if (one.currency().equals(next.currency())) {
        last = one;
      }
    }
    if (last == null) {
      return;
    }
    final String what = "statement " + next.id() + ": ";
    if (!last.account().equals(next.account())) {
      throw new StatementRefused(
          what
              + "of account "
              + next.account()
              + "; the settlement account in "
              + next.currency()
              + " is "
              + last.account());
    }
    if (last.id().equals(next.id()) && last.closingDate().equals(next.closingDate())) {
      throw new StatementRefused(what + "is there already, with other content");
    }
    if (next.closingDate().isBefore(last.closingDate())) {
      throw new StatementRefused(
          what
              + "to "
              + next.closingDate()
              + " is older than the last one, "
              + last.id()
              + " to "
              + last.closingDate());
    }
    if (next.opening() != last.closing()) {
      throw new StatementRefused(
          what
              + "begins at "
              + StatementAmounts.text(next.opening(), next.currency())
              + " on "
              + next.openingDate()
              + "; the last one, "
              + last.id()
              + ", ended at "
              + StatementAmounts.text(last.closing(), last.currency())
              + " on "
              + last.closingDate()
              + ": one between them is missing");
    }
  }
}
