package org.civicswitch.ops.cli.benefits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.civicswitch.core.client.IpcSwitchConnection;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.benefits.BenefitsOffice;
import org.civicswitch.ops.benefits.Enrolment;
import org.civicswitch.ops.benefits.OfficeRefused;
import org.civicswitch.ops.benefits.ProgrammeDesk;
import org.civicswitch.ops.cli.node.DevelopmentSeed;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.node.SideKeys;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * An office as a process of its own, against the running switch of a data directory: its way in,
 * its keys, its identity provider. What it was opened for is done and it is closed again; nothing
 * is kept between two commands but what the feed and the roll tell.
 */
final class OfficeSession implements AutoCloseable {
  private final OfficeOptions options;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DevelopmentSeed seed;
  private final Endpoints endpoints;
  private final IpcSwitchConnection connection;
  private final SwitchGateway gateway;
  private final FileKeyService keys;
  private final Caller caller;

  private OfficeSession(final OfficeOptions options) throws IOException {
    this.options = options;
    final Path data = options.data;
    endpoints = Endpoints.read(data);
    seed = DevelopmentSeed.open(data);
    keys = SideKeys.open(data, "office");
    opened.push(keys);
    caller = keys.admit("benefits-office", Set.of(Caller.Right.TOKENS, Caller.Right.SEAL));
    connection = IpcSwitchConnection.open(data);
    opened.push(connection);
    gateway = new SwitchGateway(connection.newClient(), "office", SwitchGateway.Limits.DEFAULT);
    opened.push(gateway);
  }

  /** One step with the office; it says what it found. */
  @FunctionalInterface
  interface Step {
    void run(OfficeSession session, Report report) throws Exception;
  }

  /**
   * Takes a step and prints what came of it.
   *
   * @return the exit code
   */
  static int report(final OfficeOptions options, final Step step) {
    return Report.of(
        options.command,
        options.json,
        report -> {
          try (OfficeSession session = open(options)) {
            step.run(session, report);
          }
        });
  }

  private static OfficeSession open(final OfficeOptions options) throws IOException {
    return new OfficeSession(options);
  }

  Tokens tokens() {
    try {
      return new Tokens(keys, caller);
    } catch (final KeyRefused e) {
      throw new IllegalStateException("the key service gives the office no keys", e);
    }
  }

  /** The office of the programme, for vouchers, aliases and looking at it. */
  BenefitsOffice office() throws OfficeRefused {
    return office("", 0, 0);
  }

  /** The office of the programme, for this run. */
  BenefitsOffice office(final RunOptions run) throws OfficeRefused {
    return office(run.payer, run.assurance, run.answerWithin * 1000);
  }

  private BenefitsOffice office(final String payer, final int assurance, final int timeoutMs)
      throws OfficeRefused {
    final BenefitsOffice office =
        BenefitsOffice.openProgramme(
            connection,
            gateway,
            tokens(),
            new PayloadCipher(keys, caller),
            SeededWorld.OFFICE_CONNECTION,
            options.programme,
            payer,
            assurance,
            timeoutMs,
            Clock.systemUTC());
    opened.push(office);
    return office;
  }

  ProgrammeDesk programmes() {
    return new ProgrammeDesk(
        gateway,
        tokens(),
        SeededWorld.OFFICE_CONNECTION,
        SeededWorld.TREASURY_NUMBER,
        Clock.systemUTC());
  }

  Enrolment enrolment() {
    return new Enrolment(
        gateway,
        tokens(),
        SeededWorld.ENROLMENT_CONNECTION,
        SeededWorld.TREASURY_NUMBER,
        1,
        Clock.systemUTC());
  }

  IdentityClient identities() throws IOException {
    return new IdentityClient(endpoints.url("identity"), seed.authority());
  }

  OperatorSigner operator(final int number) throws IOException {
    return seed.existingOperator(number);
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (final IOException | RuntimeException e) {
        throw e;
      } catch (final Exception e) {
        throw new IOException(e);
      }
    }
  }
}
