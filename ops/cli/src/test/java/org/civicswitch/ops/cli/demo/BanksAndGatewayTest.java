package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.iso20022.http.Iso20022Gateway;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.node.DevelopmentSeed;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.Seeding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The six banks against the real gateway and the real switch. */
@Tag("slow")
final class BanksAndGatewayTest {
  private static final long SEED = 20_261_124;

  /** In thousands: the serial numbers of payees begin above those of payers. */
  private static final int PAYEES = TrafficPlan.HOLDERS / 1_000 + 1;

  @TempDir Path data;
  private final Vertx vertx = Vertx.vertx();
  private LocalSwitch local;
  private FileKeyService keys;
  private Iso20022Gateway gateway;
  private SimulatedBanks banks;

  @BeforeEach
  void open() throws Exception {
    final DevelopmentSeed seed = DevelopmentSeed.open(data);
    final DevelopmentCa authority = seed.authority();
    local =
        LocalSwitch.open(
            data,
            new SwitchEngine(),
            HostOptions.defaults(),
            JournalOptions.defaults(),
            note -> {});
    Seeding.apply(
        local,
        Genesis.commands(
            System.currentTimeMillis(),
            name -> {
              try {
                return authority.client(name).fingerprint();
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            number -> {
              try {
                return seed.operator(number).publicKey();
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            (int) TimeUnit.MILLISECONDS.toDays(System.currentTimeMillis()) + 100));
    keys = FileKeyService.open(data.resolve("keys"), "switch");
    gateway =
        Iso20022Gateway.start(
            vertx,
            local,
            keys,
            keys.admit("iso20022", Iso20022Gateway.RIGHTS),
            new Iso20022Gateway.Options(
                "localhost",
                0,
                authority.server(),
                authority.rootCertificate(),
                data.resolve("messages"),
                System::currentTimeMillis));
    banks = SimulatedBanks.start(vertx, URI.create(gateway.url()), authority);
  }

  @AfterEach
  void close() throws Exception {
    banks.close();
    gateway.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    keys.close();
    local.close();
  }

  @Test
  void everyPaymentEndsAndBothBanksBookTheSame() throws Exception {
    final TrafficPlan plan =
        new TrafficPlan(
            List.of("AURBXX2A", "BORBXX2A", "CEDSXX2A", "DUNEXX2A", "EMBRXX2A"),
            SEED,
            UUID::randomUUID);
    final SplittableRandom random = new SplittableRandom(SEED);
    final List<PaymentOrder> orders = new ArrayList<>();
    final List<CompletableFuture<FinalWord>> words = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      final PaymentOrder planned = plan.next();
      // An account of its own for each payee, none of a payer's, so that its balance says what
      // became of the payment.
      final int payee = 1_000 * (PAYEES + i) + (random.nextInt(10) == 0 ? 404 : 7);
      final PaymentOrder order =
          new PaymentOrder(
              planned.uetr(),
              planned.debtorBic(),
              planned.creditorBic(),
              planned.amount(),
              planned.currency(),
              planned.debtorSerial(),
              payee,
              planned.remittance());
      orders.add(order);
      words.add(banks.bank(order.debtorBic()).pay(order));
    }
    for (int i = 0; i < orders.size(); i++) {
      final PaymentOrder order = orders.get(i);
      final FinalWord word = words.get(i).get(60, TimeUnit.SECONDS);
      final String which = "seed " + SEED + ", payment " + i + ": " + word;
      if (order.creditorSerial() % 1_000 == 404) {
        assertThat(word.rejected()).as(which).isTrue();
        assertThat(word.reason()).as(which).isEqualTo("AC04");
      } else {
        assertThat(word.settled()).as(which).isTrue();
      }
    }
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (banks.all().stream().anyMatch(bank -> bank.open() > 0)) {
      assertThat(System.nanoTime() - end).as("a payee's bank was not told").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
    for (int i = 0; i < orders.size(); i++) {
      final PaymentOrder order = orders.get(i);
      assertThat(banks.bank(order.creditorBic()).balance(order.creditorAccount(), order.currency()))
          .as("seed %d, payment %d", SEED, i)
          .isEqualTo(order.creditorSerial() % 1_000 == 404 ? 0 : order.amount());
    }
    assertThat(banks.totals().settled()).isEqualTo(banks.totals().credited());
  }

  @Test
  void trafficRunsUntilStopped() throws Exception {
    try (Traffic traffic = new Traffic(50, SEED)) {
      traffic.start();
      assertThat(traffic.sent()).as("no banks yet").isZero();
      traffic.connect(banks);
      final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (traffic.settled() < 100) {
        assertThat(System.nanoTime() - end).as("%d settled", traffic.settled()).isNegative();
        LockSupport.parkNanos(1_000_000);
      }
      traffic.stop();
      while (traffic.open() > 0) {
        assertThat(System.nanoTime() - end).as("%d open", traffic.open()).isNegative();
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(traffic.settled() + traffic.rejected()).isEqualTo(traffic.sent());
    }
  }
}
