package org.civicswitch.ops.cli.funds;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.civicswitch.core.client.IpcSwitchConnection;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.node.SideKeys;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.funds.WorkBook;

/** The comparison as a process of its own, against the running switch of a directory. */
final class FundsSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final IpcSwitchConnection connection;
  private final FileKeyService keys;
  private final FundsDesk desk;

  private FundsSession(final FundsOptions options) throws IOException {
    // Says so in words when no switch is running there.
    Endpoints.read(options.data);
    connection = IpcSwitchConnection.open(options.data);
    keys = SideKeys.open(options.data, "funds");
    try {
      final Tokens tokens = new Tokens(keys, keys.admit("funds", Set.of(Caller.Right.TOKENS)));
      desk =
          new FundsDesk(
              connection, tokens::settlementReference, options.statements(), Clock.systemUTC());
    } catch (final KeyRefused e) {
      throw new IllegalStateException("the key service gives the comparison no keys", e);
    }
    desk.awaitPast(PATIENCE);
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

  FundsDesk.Look look() throws IOException {
    return desk.look();
  }

  WorkBook work() {
    return desk.work();
  }

  @Override
  public void close() throws IOException {
    desk.close();
    keys.close();
    connection.close();
  }
}
