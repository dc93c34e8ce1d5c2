package org.civicswitch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.junit.jupiter.api.Test;

class RegistriesTest {
  private static final long LIFE_EVENTS = 1L << RecordLifeEventDecoder.TEMPLATE_ID;

  @Test
  void isWhoWasGrantedLifeEventsAndStillIs() throws Exception {
    final FakeSwitch core = new FakeSwitch();
    core.grant(1, 0, 0, certificate(1));
    core.grant(1, 501, LIFE_EVENTS, certificate(1));
    core.grant(2, 502, -1L & ~LIFE_EVENTS, certificate(2));
    core.grant(3, 503, -1L, certificate(3));
    core.grant(3, 503, 0, certificate(3));
    core.grant(4, 0, -1L, certificate(4));
    core.grant(5, 505, LIFE_EVENTS, certificate(5));
    core.grant(5, 506, 0, certificate(5));
    try (Registries registries = new Registries(core)) {
      registries.caughtUp().get(20, TimeUnit.SECONDS);
      assertThat(registries.of(certificate(1))).isEqualTo(new Registries.Registry(1, 501));
      assertThat(registries.of(certificate(2))).as("other kinds only").isNull();
      assertThat(registries.of(certificate(3))).as("taken back").isNull();
      assertThat(registries.of(certificate(4))).as("an operator").isNull();
      assertThat(registries.of(certificate(5)))
          .as("taken back for another participant")
          .isEqualTo(new Registries.Registry(5, 505));
      assertThat(registries.of(certificate(6))).as("never heard of").isNull();
    }
  }

  private static Digest256 certificate(final int number) {
    return new Digest256(number, 2, 3, 4);
  }
}
