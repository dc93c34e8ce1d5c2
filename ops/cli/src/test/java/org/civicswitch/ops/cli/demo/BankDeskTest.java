package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.junit.jupiter.api.Test;

final class BankDeskTest {
  private static final long NOW = 1_795_478_400_000L;
  private final BankDesk desk = new BankDesk();

  @Test
  void accountNumberDecides() {
    assertThat(BankAnswer.to("XX00BORB000000042")).isEqualTo(BankAnswer.ACCEPTED);
    assertThat(BankAnswer.to("XX00BORB000012404")).isEqualTo(BankAnswer.ACCOUNT_CLOSED);
    assertThat(BankAnswer.to("XX00BORB000000606")).isEqualTo(BankAnswer.ACCOUNT_BLOCKED);
    assertThat(BankAnswer.to("XX00BORB000099999")).isEqualTo(BankAnswer.NONE);
    assertThat(BankAnswer.to("XX00BORB000000999")).isEqualTo(BankAnswer.ACCEPTED);
    assertThat(BankAnswer.to("not a number of ours")).isEqualTo(BankAnswer.ACCEPTED);
    assertThat(BankAnswer.to(null)).isEqualTo(BankAnswer.ACCEPTED);
  }

  @Test
  void creditsOnTheFinalWordAndOnlyOnce() {
    final PaymentOrder order = PaymentMessagesTest.order(12_50, 7);
    final byte[] offer = PaymentMessages.creditTransfer(order, "OFFER", NOW);
    assertThat(desk.take(offer)).extracting(OutboundStatus::status).containsExactly("ACCP");
    assertThat(desk.take(offer)).as("a copy is answered alike").hasSize(1);
    assertThat(desk.book().balance("XX00BORB000000007", "EUR")).isZero();
    final byte[] word = word("ACSC", order.uetr());
    assertThat(desk.take(word)).isEmpty();
    desk.take(word);
    desk.take(offer);
    desk.take(word);
    assertThat(desk.book().balance("XX00BORB000000007", "EUR")).isEqualTo(12_50);
    assertThat(desk.book().open()).isZero();
    assertThat(desk.totals().credited()).isEqualTo(1);
  }

  @Test
  void refusesAndStaysSilentWithoutBooking() {
    final PaymentOrder closed = PaymentMessagesTest.order(1, 404);
    final PaymentOrder silent = PaymentMessagesTest.order(1, 99_999);
    assertThat(desk.take(PaymentMessages.creditTransfer(closed, "A", NOW)))
        .extracting(OutboundStatus::reasonCode)
        .containsExactly("AC04");
    assertThat(desk.take(PaymentMessages.creditTransfer(silent, "B", NOW))).isEmpty();
    assertThat(desk.book().open()).isZero();
    assertThat(desk.totals().refused()).isEqualTo(1);
    assertThat(desk.totals().unanswered()).isEqualTo(1);
  }

  @Test
  void ordersEndWithTheFinalWordOnly() {
    final PaymentOrder order = PaymentMessagesTest.order(99, 7);
    final CompletableFuture<FinalWord> done = desk.order(order);
    desk.answered(order.uetr(), word("ACSP", order.uetr()));
    assertThat(done).isNotDone();
    desk.take(word("ACSC", order.uetr()));
    assertThat(done.join().settled()).isTrue();
    desk.take(word("ACSC", order.uetr()));
    assertThat(desk.book().balance("XX00AURB000000042", "EUR")).isEqualTo(-99);
    assertThat(desk.totals().settled()).isEqualTo(1);
    assertThat(desk.totals().told()).isEqualTo(1);
  }

  @Test
  void rejectedOrderMovesNothing() {
    final PaymentOrder order = PaymentMessagesTest.order(99, 7);
    final CompletableFuture<FinalWord> done = desk.order(order);
    desk.answered(order.uetr(), word("RJCT", order.uetr()));
    assertThat(done.join().rejected()).isTrue();
    assertThat(desk.book().balance("XX00AURB000000042", "EUR")).isZero();
  }

  @Test
  void unreadableMessageIsCountedAndPassedOver() {
    assertThat(desk.take("<Document".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isEmpty();
    assertThat(desk.totals().troubles()).isEqualTo(1);
  }

  static byte[] word(final String status, final UUID uetr) {
    return PaymentMessages.answer(
        "AURBXX2A",
        "WORD",
        NOW,
        List.of(
            OutboundStatus.of(status)
                .withOriginal(null, null, null, uetr.toString())
                .withClearing("4711", NOW)));
  }
}
