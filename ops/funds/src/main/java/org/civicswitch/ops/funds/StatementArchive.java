package org.civicswitch.ops.funds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * The files as the settlement bank sent them, numbered in the order in which they came: all that is
 * kept, everything else is worked out from them. Of each currency there is one account, and each
 * statement begins where the last one ended. Only the owner may read them: they may name people.
 */
public final class StatementArchive {
  private static final String SUFFIX = ".statement";

  private final Path directory;
  private final List<byte[]> files = new ArrayList<>();
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
      found = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    for (final Path file : found) {
      final byte[] bytes = OwnerOnlyFiles.read(file);
      try {
        archive.statements.addAll(StatementReader.read(bytes));
      } catch (final StatementRefused e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      archive.files.add(bytes);
    }
    return archive;
  }

  /** In the order in which they came. */
  public List<Statement> statements() {
    return List.copyOf(statements);
  }

  /**
   * Takes a file in, whole or not at all, durably.
   *
   * @return its statements; none when this very file is there already
   * @throws StatementRefused if it is no statement, or does not follow the last one
   */
  public List<Statement> add(final byte[] bytes) throws StatementRefused, IOException {
    for (final byte[] known : files) {
      if (Arrays.equals(known, bytes)) {
        return List.of();
      }
    }
    final List<Statement> added = StatementReader.read(bytes);
    final List<Statement> all = new ArrayList<>(statements);
    for (final Statement statement : added) {
      follows(all, statement);
      all.add(statement);
    }
    final Path file =
        directory.resolve(String.format(Locale.ROOT, "%06d%s", files.size() + 1, SUFFIX));
    if (!OwnerOnlyFiles.create(file, bytes)) {
      throw new IOException(file + " was made by somebody else just now: try again");
    }
    files.add(bytes);
    statements.addAll(added);
    return added;
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
    if (next.opening() != last.closing() || next.closingDate().isBefore(last.closingDate())) {
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
