package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.kit.Id128;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final long NOW_MS = 1_000;
  private static final Id128 RUN = new Id128(7, 7);

  private final Mailbox mailbox = new Mailbox();

  private static PaymentView payment(final long id) {
    return new PaymentView(
        new Id128(1, id),
        1,
        2,
        978,
        100,
        0,
        NOW_MS,
        NOW_MS + 60_000,
        new PaymentView.Now(PaymentState.RESERVED, id, NOW_MS, Code.OK, 0, id));
  }

  /** Each line in a command of its own, so that they are not grouped. */
  private void line(final long id) {
    mailbox.offer(id, id, NOW_MS, RUN, payment(id));
  }

  private void instant(final long id) {
    mailbox.offer(id, id, NOW_MS, Id128.NONE, payment(id));
  }

  private List<Long> lease(final int limit) {
    return mailbox.lease(limit, NOW_MS, null).stream().map(entry -> entry.id).toList();
  }

  @Test
  void paymentsByThemselvesOvertakeLinesOfARun() {
    for (int id = 1; id <= 100; id++) {
      line(id);
    }
    instant(101);
    mailbox.finalWord(102, 102, NOW_MS, Id128.NONE, payment(50));
    instant(103);
    assertThat(lease(5)).containsExactly(1L, 2L, 101L, 102L, 103L);
    assertThat(lease(3)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void neitherKindWaitsForEver() {
    line(1);
    line(2);
    for (int id = 3; id <= 20; id++) {
      instant(id);
    }
    // Also when one is fetched at a time.
    assertThat(List.of(lease(1), lease(1), lease(1), lease(1), lease(1)))
        .containsExactly(List.of(1L), List.of(3L), List.of(4L), List.of(5L), List.of(2L));
  }

  @Test
  void withoutARunTheOrderIsThatOfTheFeed() {
    for (int id = 1; id <= 10; id++) {
      instant(id);
    }
    assertThat(lease(10)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void aRangeAcknowledgesOnlyWhatWasGivenOut() {
    for (int id = 1; id <= 3; id++) {
      line(id);
    }
    instant(4);
    assertThat(lease(2)).containsExactly(1L, 4L);
    assertThat(mailbox.acknowledge(1, 4, NOW_MS)).as("2 and 3 were overtaken").isEqualTo(1);
    mailbox.acknowledged(1);
    assertThat(lease(10)).containsExactly(2L, 3L);
    assertThat(mailbox.acknowledge(2, 3, NOW_MS)).as("4 was taken before").isEqualTo(4);
  }

  @Test
  void oneByItsIdIsAcknowledgedWhoeverGaveItOut() {
    instant(1);
    assertThat(mailbox.acknowledge(1, 1, NOW_MS)).isEqualTo(1);
    assertThat(lease(10)).isEmpty();
  }

  @Test
  void whatALostClientWasGivenIsNotWithinARange() {
    instant(1);
    instant(2);
    final List<Mailbox.Entry> lost = mailbox.lease(1, NOW_MS, null);
    mailbox.release(lost.get(0));
    assertThat(mailbox.acknowledge(1, 2, NOW_MS)).isZero();
    assertThat(lease(10)).containsExactly(1L, 2L);
  }
}
