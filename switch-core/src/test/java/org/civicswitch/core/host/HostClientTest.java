package org.civicswitch.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HostClientTest {
  private static final int CREDITS = 2;

  @Test
  void creditsComeBackThoughTheOneWhoPollsFails() throws IOException {
    try (HostFixture on = new HostFixture(HostFixture.options().withRing(64, CREDITS))) {
      assertThat(on.submit(1)).isEqualTo(SwitchClient.ACCEPTED);
      assertThat(on.submit(2)).isEqualTo(SwitchClient.ACCEPTED);
      assertThat(on.submit(3)).isEqualTo(SwitchClient.BACK_PRESSURED);
      HostFixture.until(() -> on.host.releasedSequence() == CREDITS);
      for (int i = 0; i < CREDITS; i++) {
        assertThatThrownBy(() -> on.client.poll(HostClientTest::fail, 10)).hasMessage("failed");
      }
      assertThat(on.submit(4)).isEqualTo(SwitchClient.ACCEPTED);
      assertThat(on.submit(5)).isEqualTo(SwitchClient.ACCEPTED);
      assertThat(on.submit(6)).isEqualTo(SwitchClient.BACK_PRESSURED);
    }
  }

  private static void fail(
      final long correlationId, final DirectBuffer outcome, final int offset, final int length) {
    throw new IllegalStateException("failed");
  }
}
