package org.civicswitch.ops.funds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * Bank against switch as often as somebody looks: follows the feed once, and reads the bank's files
 * again only when there are others. Safe for use by many threads.
 */
public final class FundsDesk implements AutoCloseable {
  private final FundsBook book;
  private final Function<String, Id128> token;
  private final Path directory;
  private final InstantSource clock;
  private final WorkBook work;
  private List<String> names;
  private StatementArchive archive;

  /**
   * What is so now.
   *
   * @param asOf feed sequence
   * @param statements in the order in which they came
   */
  public record Look(long asOf, List<FundsReport> reports, List<Statement> statements) {}

  /**
   * @param token how a reference's text is kept in the switch
   * @param directory of the bank's files; made when absent
   */
  public FundsDesk(
      final SwitchConnection feed,
      final Function<String, Id128> token,
      final Path directory,
      final InstantSource clock) {
    this.book = new FundsBook(feed);
    this.token = token;
    this.directory = directory;
    this.clock = clock;
    this.work = new WorkBook(directory);
  }

  /**
   * Waits until everything was read that was in the feed when the desk was opened.
   *
   * @throws IllegalStateException if the feed cannot be followed or takes longer
   */
  public void awaitPast(final Duration patience) {
    book.awaitPast(patience);
  }

  /**
   * Compares everything.
   *
   * @throws IOException if the bank's files cannot be read
   */
  public Look look() throws IOException {
    final List<Statement> statements = statements();
    final long asOf = book.asOf();
    return new Look(asOf, new FundsCheck(book, token, today()).run(statements), statements);
  }

  private synchronized List<Statement> statements() throws IOException {
    final List<String> now = names();
    if (archive == null || !now.equals(names)) {
      archive = StatementArchive.open(directory);
      names = now;
    }
    return archive.statements();
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString())
          .filter(StatementArchive::isStatement)
          .sorted()
          .toList();
    }
  }

  /**
   * Takes a file in, as {@link StatementArchive#add} does; one at a time, as each is in memory.
   *
   * @param file as the bank sent it
   * @throws StatementRefused in words for who sent it
   */
  public synchronized List<Statement> add(final Path file) throws StatementRefused, IOException {
    if (Files.size(file) > StatementReader.BYTES_MAX) {
      throw new StatementRefused("the file is longer than " + StatementReader.BYTES_MAX + " bytes");
    }
    // Always as it is on the disk: another process may have added one.
    archive = StatementArchive.open(directory);
    final List<Statement> added = archive.add(Files.readAllBytes(file), today());
    names = names();
    return added;
  }

  /**
   * Where a file may lie until it is taken in: beside those that were, for their owner only.
   *
   * @throws IOException if it cannot be made, or is open to others
   */
  public Path incoming() throws IOException {
    return OwnerOnlyFiles.directory(OwnerOnlyFiles.directory(directory).resolve("uploads"));
  }

  /** The feed sequence up to which it has read. */
  public long asOf() {
    return book.asOf();
  }

  /** Who has which break. */
  public WorkBook work() {
    return work;
  }

  private LocalDate today() {
    return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  @Override
  public void close() {
    book.close();
  }
}
