package org.civicswitch.ops.cli.treasury;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.civicswitch.core.client.IpcSwitchConnection;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.cli.node.DevelopmentSeed;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.node.SideKeys;
import org.civicswitch.ops.cli.report.Launcher;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.ChangeRefused;
import org.civicswitch.ops.treasury.Effect;
import org.civicswitch.ops.treasury.TreasuryDesk;

/** The operators' desk as a process of its own, against the running switch of a directory. */
final class TreasurySession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final OperateOptions options;
  private final DevelopmentSeed seed;
  private final IpcSwitchConnection connection;
  private final SwitchGateway gateway;
  private final TreasuryDesk desk;

  private TreasurySession(final OperateOptions options) throws IOException {
    this.options = options;
    // Says so in words when no switch is running there.
    Endpoints.read(options.data);
    seed = DevelopmentSeed.open(options.data);
    connection = IpcSwitchConnection.open(options.data);
    gateway = new SwitchGateway(connection.newClient(), "treasury", SwitchGateway.Limits.DEFAULT);
    desk =
        new TreasuryDesk(connection, gateway, SeededWorld.OPERATIONS_CONNECTION, Clock.systemUTC());
    desk.book().awaitPast(PATIENCE);
  }

  /** One step at the desk; it says what it found. */
  @FunctionalInterface
  interface Step {
    void run(TreasurySession session, Report report) throws Exception;
  }

  /** Makes the change that was typed, out of what the book knows. */
  @FunctionalInterface
  interface Typed {
    Change change(TreasurySession session) throws IOException;
  }

  static int report(final OperateOptions options, final Step step) {
    return Report.of(
        options.command,
        options.json,
        report -> {
          try (TreasurySession session = new TreasurySession(options)) {
            step.run(session, report);
          }
        });
  }

  TreasuryDesk desk() {
    return desk;
  }

  OperatorSigner operator(final int number) throws IOException {
    return seed.existingOperator(number);
  }

  /** The public key of an operator who is new; made now, if it is not there. */
  Digest256 newOperator(final int number) throws IOException {
    return seed.operator(number).publicKey();
  }

  /** The id under which a settlement bank's reference counts once. */
  Id128 reference(final String text) throws IOException {
    try (FileKeyService keys = SideKeys.open(options.data, "treasury")) {
      return new Tokens(keys, keys.admit("treasury", Set.of(Caller.Right.TOKENS)))
          .settlementReference(text);
    } catch (final KeyRefused e) {
      throw new IllegalStateException("the key service gives the treasury no keys", e);
    }
  }

  /** Shows what a change makes different, and makes or proposes it. */
  static int change(final SignOptions options, final Typed typed) {
    return report(
        options,
        (session, report) -> {
          final Change change = typed.change(session);
          final long seen = session.desk.seen();
          show(report, session.desk.effects(change), seen);
          if (!options.dryRun) {
            session.make(options, report, change, seen);
          }
        });
  }

  private void make(
      final SignOptions options, final Report report, final Change change, final long seen)
      throws IOException, ChangeRefused {
    final OperatorSigner signer = operator(options.operator);
    if (options.breakGlass != null) {
      final TreasuryDesk.Step step;
      try {
        step = desk.breakGlass(options.breakGlass, change, signer, seen);
      } catch (final IllegalArgumentException e) {
        throw options.wrong("--break-glass: " + e.getMessage());
      }
      said(report, step).say("done alone, at sequence " + step.sequence() + "; everybody sees it");
      return;
    }
    try {
      final TreasuryDesk.Step step = desk.make(change, signer, seen);
      said(report, step).say("done, at sequence " + step.sequence());
    } catch (final ChangeRefused e) {
      if (e.code() != Code.APPROVAL_NEEDED) {
        throw e;
      }
      final TreasuryDesk.Step step = desk.propose(change, signer, seen);
      said(report, step)
          .say("proposed at sequence " + step.sequence() + " as " + step.proposal())
          .say(
              "another operator looks at it and approves: "
                  + Launcher.typed()
                  + " operate show "
                  + step.proposal()
                  + " --data "
                  + options.data);
    }
  }

  static Report said(final Report report, final TreasuryDesk.Step step) {
    report.put("state", step.state().name()).put("sequence", step.sequence());
    if (!step.proposal().isNone()) {
      report.put("proposal", step.proposal().toString());
    }
    if (step.state() == ProposalState.OPEN) {
      report.put("approvals", step.approvals());
    }
    return report;
  }

  static void show(final Report report, final List<Effect> effects, final long seen) {
    report
        .put("seen_sequence", seen)
        .put(
            "effects",
            effects.stream()
                .map(e -> Map.of("what", e.what(), "before", e.before(), "after", e.after()))
                .collect(Collectors.toList()));
    effects.forEach(effect -> report.say(effect.toString()));
    report.say("(as it is at sequence " + seen + ")");
  }

  @Override
  public void close() {
    desk.close();
    gateway.close();
    connection.close();
  }
}
