package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.junit.jupiter.api.Test;

final class PaymentMessagesTest {
  private static final long NOW = 1_795_478_400_123L;

  @Test
  void creditTransferIsValidAndSaysWhatWasOrdered() throws Exception {
    final PaymentOrder order = order(12_50, 7);
    final CreditTransfer transfer = read(PaymentMessages.creditTransfer(order, "TEST-1", NOW));
    assertThat(transfer.problems()).isEmpty();
    assertThat(transfer.messageName()).isEqualTo("pacs.008.001.08");
    final CreditTransfer.Transaction transaction = transfer.transactions().get(0);
    assertThat(transaction.problem()).isNull();
    assertThat(transaction.uetr()).isEqualTo(order.uetr().toString());
    assertThat(transaction.amount()).isEqualTo(12_50);
    assertThat(transaction.currency()).isEqualTo("EUR");
    assertThat(transaction.acceptedMs()).isEqualTo(NOW);
    assertThat(transaction.instructingAgent().bic()).isEqualTo("AURBXX2A");
    assertThat(transaction.creditorAgent().bic()).isEqualTo("BORBXX2A");
    assertThat(transaction.privateFields().creditorName()).isEqualTo("Account holder 0007");
    assertThat(transaction.privateFields().creditorAccount()).isEqualTo("XX00BORB000000007");
    assertThat(transaction.privateFields().find("CdtrAcct/Id/IBAN")).isNull();
  }

  @Test
  void lineBreaksForPeopleChangeNothing() throws Exception {
    final byte[] message = PaymentMessages.creditTransfer(order(1, 7), "TEST-1", NOW);
    final String indented = PaymentMessages.indented(message);
    assertThat(indented.lines().count()).isGreaterThan(30);
    final CreditTransfer before = read(message);
    final CreditTransfer after = read(indented.getBytes(StandardCharsets.UTF_8));
    assertThat(after.transactions().get(0).privateFields())
        .isEqualTo(before.transactions().get(0).privateFields());
  }

  @Test
  void answerNamesEveryTransactionAsItsOfferDid() throws Exception {
    final CreditTransfer offer = read(PaymentMessages.creditTransfer(order(5, 404), "OFFER", NOW));
    final CreditTransfer.Transaction offered = offer.transactions().get(0);
    final byte[] answer =
        PaymentMessages.answer(
            "BORBXX2A",
            "ANSWER",
            NOW,
            List.of(
                PaymentMessages.status(
                    BankAnswer.ACCOUNT_CLOSED,
                    offer.messageId(),
                    offer.messageName(),
                    offered.uetr(),
                    offered.privateFields())));
    final PaymentStatus status = (PaymentStatus) new MessageReader().read(answer).body();
    final PaymentStatus.Entry entry = status.entries().get(0);
    assertThat(entry.originalMessageId()).isEqualTo("OFFER");
    assertThat(entry.originalUetr()).isEqualTo(offered.uetr());
    assertThat(entry.originalEndToEndId()).isEqualTo(offered.privateFields().endToEndId());
    assertThat(entry.status()).isEqualTo("RJCT");
    assertThat(entry.reasonCode()).isEqualTo("AC04");
    assertThat(FinalWord.of(entry).inWords()).isEqualTo("rejected (AC04): the account is closed");
  }

  @Test
  void templateIsValidOnceDated() throws Exception {
    final String now = Instant.ofEpochMilli(NOW).toString();
    final String filled =
        Files.readString(examples().resolve("pacs008.xml"))
            .replace("@NOW@", now)
            .replace("@DATE@", now.substring(0, 10))
            .replace("@UETR@", UUID.randomUUID().toString())
            .replace("@ID@", "MY-1");
    final CreditTransfer transfer = read(filled.getBytes(StandardCharsets.UTF_8));
    assertThat(transfer.problems()).isEmpty();
    final CreditTransfer.Transaction transaction = transfer.transactions().get(0);
    assertThat(transaction.problem()).isNull();
    assertThat(transaction.acceptedMs()).isEqualTo(NOW);
    assertThat(transaction.privateFields().debtorAccount())
        .isEqualTo(DemoAccounts.number("AURBXX2A", 42));
  }

  @Test
  void exampleRollNamesAccountsAsTheBanksDo() throws Exception {
    final List<String> lines = Files.readAllLines(examples().resolve("roll.csv"));
    for (final String line : lines.subList(1, lines.size())) {
      final String[] fields = line.split(",", -1);
      assertThat(fields).as(line).hasSize(9);
      final int serial = DemoAccounts.serial(fields[5]);
      assertThat(fields[5]).isEqualTo(DemoAccounts.number(fields[4], serial));
      assertThat(fields[6]).isEqualTo(DemoAccounts.holder(serial));
    }
  }

  static PaymentOrder order(final long amount, final int payee) {
    return new PaymentOrder(
        UUID.randomUUID(), "AURBXX2A", "BORBXX2A", amount, "EUR", 42, payee, "Invoice & more");
  }

  private static CreditTransfer read(final byte[] message) throws Exception {
    return (CreditTransfer) new MessageReader().read(message).body();
  }

  private static Path examples() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("examples/pacs008.xml"))) {
      at = at.getParent();
    }
    return at.resolve("examples");
  }
}
