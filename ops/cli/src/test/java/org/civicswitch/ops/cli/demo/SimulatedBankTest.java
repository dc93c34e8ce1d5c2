package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class SimulatedBankTest {
  private static final long NOW = 1_795_478_400_000L;
  @TempDir Path directory;
  private DevelopmentCa authority;
  private ScriptedGateway gateway;

  @BeforeEach
  void open() throws Exception {
    authority = DevelopmentCa.open(directory.resolve("ca"));
    gateway = new ScriptedGateway(authority);
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
  }

  @Test
  void answersInOneMessageThenAcknowledgesThem() throws Exception {
    put(11, 7);
    put(12, 404);
    put(15, 8);
    try (SimulatedBank bank = bank("BORBXX2A")) {
      final PaymentStatus answer = status(gateway.next());
      assertThat(answer.instructingAgent().bic()).isEqualTo("BORBXX2A");
      assertThat(answer.entries())
          .extracting(PaymentStatus.Entry::status)
          .containsExactly("ACCP", "RJCT", "ACCP");
      assertThat(nextAcknowledgement()).isEqualTo("DELETE 11,12,15");
      assertThat(bank.totals().refused()).isPositive();
    }
  }

  @Test
  void failingGatewayIsTriedAgainUntilItTakes() throws Exception {
    final PaymentOrder order = put(11, 7);
    gateway.failNext(503, 500, 503);
    try (SimulatedBank bank = bank("BORBXX2A")) {
      assertThat(status(gateway.next()).entries().get(0).originalUetr())
          .isEqualTo(order.uetr().toString());
      assertThat(nextAcknowledgement()).isEqualTo("DELETE 11");
      assertThat(bank.totals().troubles()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void waitsForWhatComesLaterAndBooksTheFinalWord() throws Exception {
    try (SimulatedBank bank = bank("BORBXX2A")) {
      final PaymentOrder order = put(11, 7);
      assertThat(nextAcknowledgement()).startsWith("DELETE 11");
      gateway.put(20, BankDeskTest.word("ACSC", order.uetr()));
      String acknowledged = nextAcknowledgement();
      while (!acknowledged.endsWith("20")) {
        acknowledged = nextAcknowledgement();
      }
      assertThat(bank.balance("XX00BORB000000007", "EUR")).isEqualTo(12_50);
      assertThat(bank.open()).isZero();
    }
  }

  @Test
  void whatComesAgainIsAnsweredAlikeAndAcknowledgedAgain() throws Exception {
    gateway.keepAcknowledged();
    put(11, 7);
    try (SimulatedBank bank = bank("BORBXX2A")) {
      assertThat(nextAcknowledgement()).isEqualTo("DELETE 11");
      final PaymentOrder later = put(14, 8);
      assertThat(nextAcknowledgement()).isEqualTo("DELETE 14");
      gateway.expireLeases();
      assertThat(status(gateway.next()).entries())
          .extracting(PaymentStatus.Entry::status)
          .containsExactly("ACCP", "ACCP");
      assertThat(nextAcknowledgement()).isEqualTo("DELETE 11,14");
      gateway.put(20, BankDeskTest.word("ACSC", later.uetr()));
      assertThat(nextAcknowledgement()).isEqualTo("DELETE 20");
      assertThat(bank.balance("XX00BORB000000008", "EUR")).isEqualTo(12_50);
      assertThat(bank.totals().credited()).isEqualTo(1);
    }
  }

  @Test
  void orderIsSentUnchangedAgainAndEndsWithTheWordFromTheMailbox() throws Exception {
    gateway.failNext(503, 503, 503);
    final PaymentOrder order = PaymentMessagesTest.order(99, 7);
    gateway.answerWith(message -> BankDeskTest.word("ACSP", order.uetr()));
    try (SimulatedBank bank = bank("AURBXX2A")) {
      final CompletableFuture<FinalWord> done = bank.pay(order);
      assertThat(new String(gateway.next().body(), java.nio.charset.StandardCharsets.UTF_8))
          .contains(order.uetr().toString());
      gateway.put(30, BankDeskTest.word("ACSC", order.uetr()));
      assertThat(done.get(30, TimeUnit.SECONDS).settled()).isTrue();
      assertThat(bank.openOrders()).isZero();
    }
  }

  @Test
  void orderThatTheGatewayRefusesIsRejected() throws Exception {
    try (SimulatedBank bank = bank("AURBXX2A")) {
      final PaymentOrder order = PaymentMessagesTest.order(99, 7);
      gateway.answerWith(message -> BankDeskTest.word("RJCT", order.uetr()));
      assertThat(bank.pay(order).get(30, TimeUnit.SECONDS).rejected()).isTrue();
    }
  }

  private SimulatedBank bank(final String bic) throws Exception {
    return SimulatedBank.start(gateway.vertx(), gateway.url(), authority, bic);
  }

  private PaymentOrder put(final long id, final int payee) {
    final PaymentOrder order = PaymentMessagesTest.order(12_50, payee);
    gateway.put(id, PaymentMessages.creditTransfer(order, "CSW" + id, NOW));
    return order;
  }

  private static PaymentStatus status(final ScriptedGateway.Received received) throws Exception {
    assertThat(received.what()).isEqualTo("POST");
    return (PaymentStatus) new MessageReader().read(received.body()).body();
  }

  private String nextAcknowledgement() throws InterruptedException {
    String what = gateway.next().what();
    while (!what.startsWith("DELETE")) {
      what = gateway.next().what();
    }
    return what;
  }
}
