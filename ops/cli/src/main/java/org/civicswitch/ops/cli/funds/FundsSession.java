package org.civicswitch.ops.cli.funds;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.civicswitch.core.client.IpcSwitchConnection;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.node.SideKeys;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.funds.FundsBook;
import org.civicswitch.ops.funds.FundsCheck;
import org.civicswitch.ops.funds.FundsReport;
import org.civicswitch.ops.funds.StatementArchive;

/** The comparison as a process of its own, against the running switch of a directory. */
final class FundsSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final FundsOptions options;
  private final IpcSwitchConnection connection;
  private final FundsBook book;

  private FundsSession(final FundsOptions options) throws IOException {
    this.options = options;
    // Says so in words when no switch is running there.
    Endpoints.read(options.data);
    connection = IpcSwitchConnection.open(options.data);
    book = new FundsBook(connection);
    book.awaitPast(PATIENCE);
  }

  /** What is looked at; it says what it found. */
  @FunctionalInterface
  interface Step {
    void run(FundsSession session, Report report) throws Exception;
  }

  static int report(final FundsOptions options, final Step step) {
    return Report.of(
        options.command,
        options.json,
        report -> {
          try (FundsSession session = new FundsSession(options)) {
            step.run(session, report);
          }
        });
  }

  /** The feed sequence that the reports reach. */
  long asOf() {
    return book.asOf();
  }

  List<FundsReport> reports() throws IOException {
    try (FileKeyService keys = SideKeys.open(options.data, "funds")) {
      final Tokens tokens = new Tokens(keys, keys.admit("funds", Set.of(Caller.Right.TOKENS)));
      return new FundsCheck(book, tokens::settlementReference, LocalDate.now(ZoneOffset.UTC))
          .run(StatementArchive.open(options.statements()).statements());
    } catch (final KeyRefused e) {
      throw new IllegalStateException("the key service gives the comparison no keys", e);
    }
  }

  @Override
  public void close() {
    book.close();
    connection.close();
  }
}
