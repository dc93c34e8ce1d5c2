package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small runs: that they work and that a wrong result is noticed, never how fast. */
@Tag("slow")
class EmbeddedBenchmarkTest {
  private static final long SHORT_NS = 100_000_000L;
  private static final int BYTES = 512;

  @TempDir Path directory;

  @Test
  void paymentsAreMadeCountedAndChecked() throws Exception {
    final SwitchEngine engine = new SwitchEngine();
    try (BenchSwitch bench = BenchSwitch.open(directory, engine)) {
      bench.seed();
      final long feedBefore = engine.feedSequence();
      try (SwitchClient client = bench.host().newClient()) {
        final PaymentDriver driver = new PaymentDriver(client, new PaymentCommands(BYTES));
        final PaymentDriver.Measured closed = driver.closed(SHORT_NS);
        assertThat(closed.latencyNs().getTotalCount()).isEqualTo(closed.payments());
        final long before = driver.done();
        final PaymentDriver.Measured open = driver.open(500, SHORT_NS);
        assertThat(open.payments()).isEqualTo(50);
        assertThat(driver.done()).isEqualTo(before + 50);
        assertThat(open.latencyNs().getTotalCount()).isEqualTo(50);

        final long feedLast = feedBefore + 2 * driver.done();
        bench.check(driver.done(), feedLast);
        assertThatThrownBy(() -> bench.check(driver.done() + 1, feedLast))
            .isInstanceOf(WrongResultException.class);
        assertThatThrownBy(() -> bench.checkFeed(feedLast - 1))
            .isInstanceOf(WrongResultException.class);
      }
    }
  }

  @Test
  void theLimitMovesBytesOfTheSameLength() throws Exception {
    final PaymentCommands commands = new PaymentCommands(BYTES);
    final NoDecisionEngine engine = new NoDecisionEngine(commands.payloadBytes());
    try (BenchSwitch bench = BenchSwitch.open(directory, engine)) {
      try (SwitchClient client = bench.host().newClient()) {
        final PaymentDriver driver = new PaymentDriver(client, commands);
        driver.closed(SHORT_NS);
        assertThat(driver.done()).isPositive();
        bench.checkFeed(2 * driver.done());
      }
    }
  }

  @Test
  void aRefusedPaymentEndsTheRun() throws Exception {
    try (BenchSwitch bench = BenchSwitch.open(directory, new SwitchEngine());
        SwitchClient client = bench.host().newClient()) {
      final PaymentDriver driver = new PaymentDriver(client, new PaymentCommands(BYTES));
      assertThatThrownBy(() -> driver.closed(SHORT_NS))
          .as("nobody was seeded")
          .isInstanceOf(WrongResultException.class)
          .hasMessageContaining("CONNECTION_UNKNOWN");
    }
  }
}
