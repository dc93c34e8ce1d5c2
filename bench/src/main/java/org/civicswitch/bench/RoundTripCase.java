package org.civicswitch.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.civicswitch.bench.RoundTrips.Measured;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.gateway.iso20022.http.Iso20022Gateway;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * Payments through switch and gateway on this machine: both agents are HTTPS clients with their own
 * certificates, the gateway logs and encrypts, the journal is forced. And the same with an echo.
 */
final class RoundTripCase implements AutoCloseable {
  /**
   * Every connection's handshake comes first: some hundred, milliseconds of processor time each.
   */
  private static final long WARM_UP_NS = 3_000_000_000L;

  // An instance of its own for each side: a Vert.x used from one thread has one event loop, and a
  // gateway that shares it with both banks would be measured with their work.
  private final Vertx server = Vertx.vertx();
  private final Vertx debtorSide = Vertx.vertx();
  private final Vertx creditorSide = Vertx.vertx();
  private final Path directory;
  private final DevelopmentCa authority;
  private final ExchangeSamples samples = new ExchangeSamples();
  private int runs;

  RoundTripCase(final Path directory) throws IOException {
    this.directory = directory;
    this.authority = DevelopmentCa.open(directory.resolve("certificates"));
  }

  /** What is done once everything runs and is warm. */
  @FunctionalInterface
  interface Work {
    Measured on(RoundTrips payments) throws WrongResultException;
  }

  ExchangeSamples samples() {
    return samples;
  }

  /** Through the gateway; balances are checked afterwards. */
  Measured subject(final Work work) throws Exception {
    final Path data = Files.createDirectory(directory.resolve("round-trip-" + runs++));
    final Measured measured;
    try (BenchSwitch core = BenchSwitch.open(data.resolve("switch"), new SwitchEngine());
        FileKeyService keys = FileKeyService.open(data.resolve("keys"), "gateway")) {
      core.seed(fingerprints());
      try (Iso20022Gateway gateway =
          Iso20022Gateway.start(
              server,
              core.host(),
              keys,
              keys.admit("gateway", Iso20022Gateway.RIGHTS),
              new Iso20022Gateway.Options(
                  "127.0.0.1",
                  0,
                  authority.server(),
                  authority.rootCertificate(),
                  data.resolve("messages"),
                  System::currentTimeMillis))) {
        final Run run = run(gateway.port(), samples, work);
        measured = run.measured();
        check(core, run.payments());
      }
    }
    DirectoryTree.delete(data);
    return measured;
  }

  /** With an echo; {@link #subject} must have run before. */
  Measured limit(final Work work) throws Exception {
    try (EchoGateway echo = new EchoGateway(server, authority, samples)) {
      return run(echo.port(), null, work).measured();
    }
  }

  private record Run(Measured measured, int payments) {}

  private Run run(final int port, final ExchangeSamples recorder, final Work work)
      throws Exception {
    try (BankClient debtor = client(debtorSide, PaymentMessages.DEBTOR_AGENT, port);
        BankClient creditor = client(creditorSide, PaymentMessages.CREDITOR_AGENT, port)) {
      final BankInbox debtorInbox = new BankInbox(debtor, recorder);
      final BankInbox creditorInbox = new BankInbox(creditor, recorder);
      debtorInbox.start();
      creditorInbox.start();
      final RoundTrips payments = new RoundTrips(debtor, recorder);
      payments.closed(WARM_UP_NS);
      System.gc();
      final Measured measured = work.on(payments);
      debtorInbox.stop();
      creditorInbox.stop();
      for (final BankInbox inbox : new BankInbox[] {debtorInbox, creditorInbox}) {
        if (inbox.failure() != null) {
          throw new WrongResultException("a bank's inbox: " + inbox.failure());
        }
      }
      return new Run(measured, payments.done());
    }
  }

  private BankClient client(final Vertx vertx, final String bic, final int port)
      throws IOException {
    final Credential credential = authority.client(SeededWorld.bank(bic).credentialName());
    return new BankClient(vertx, credential, authority.rootCertificate(), port, bic);
  }

  private Map<String, Digest256> fingerprints() throws IOException {
    final Map<String, Digest256> known = new HashMap<>();
    for (final Bank bank : SeededWorld.BANKS) {
      known.put(bank.credentialName(), authority.client(bank.credentialName()).fingerprint());
    }
    return known;
  }

  private static void check(final BenchSwitch core, final int payments)
      throws WrongResultException {
    final Bank debtor = SeededWorld.bank(PaymentMessages.DEBTOR_AGENT);
    final Bank creditor = SeededWorld.bank(PaymentMessages.CREDITOR_AGENT);
    final long total = payments * PaymentMessages.AMOUNT;
    core.checkPosition(debtor, total, 0);
    core.checkPosition(creditor, 0, total);
  }

  @Override
  public void close() {
    server.close();
    debtorSide.close();
    creditorSide.close();
  }
}
