package org.civicswitch.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.host.HostFixture.RING;
import static org.civicswitch.core.host.HostFixture.offer;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets room when there is little. The engine stands still, so what is taken stays. */
@Timeout(60)
final class IntakeTest {
  private static final int SUBMIT = SubmitPaymentEncoder.TEMPLATE_ID;
  private static final int CONFIRM = ConfirmPaymentEncoder.TEMPLATE_ID;
  private static final int UNKNOWN = 60_000;
  private static final int RESERVED = RING / 4;

  private HostFixture on;

  @BeforeEach
  void start() throws IOException {
    on = new HostFixture();
    on.engine.waitFor = new CountDownLatch(1);
  }

  @AfterEach
  void stop() throws IOException {
    on.close();
  }

  private static int fill(final SwitchClient client, final int template, final int participant) {
    int taken = 0;
    while (offer(client, template, participant, 64, taken) == SwitchClient.ACCEPTED) {
      taken++;
    }
    return taken;
  }

  @Test
  void whatIsUnknownUsesNothingOfTheReserve() {
    assertThat(fill(on.client, UNKNOWN, 0)).isEqualTo(RING - RESERVED);
    assertThat(offer(on.client, CONFIRM, 0, 64, 1)).isEqualTo(SwitchClient.ACCEPTED);
  }

  @Test
  void oneParticipantCannotTakeTheRoomOfTheOthers() {
    assertThat(fill(on.client, SUBMIT, 7)).isEqualTo(RING / 4);
    try (SwitchClient other = on.host.newClient()) {
      assertThat(fill(other, SUBMIT, 7)).as("through another client").isZero();
      assertThat(fill(other, SUBMIT, 8)).isEqualTo(RING / 4);
    }
  }

  @Test
  void noneGetsMoreThanHalfOfTheReserve() {
    try (SwitchClient other = on.host.newClient()) {
      fill(other, SUBMIT, 0);
      assertThat(fill(on.client, CONFIRM, 7)).isEqualTo(RESERVED / 2);
      assertThat(fill(on.client, CONFIRM, 8)).isEqualTo(RESERVED / 2);
    }
  }

  @Test
  void creditsComeBackWithTheOutcomes() {
    fill(on.client, SUBMIT, 7);
    on.engine.waitFor.countDown();
    HostFixture.until(
        () -> {
          on.poll();
          return on.answered.size() == RING / 4;
        });
    on.engine.waitFor = new CountDownLatch(1);
    assertThat(fill(on.client, SUBMIT, 7)).isEqualTo(RING / 4);
  }
}
