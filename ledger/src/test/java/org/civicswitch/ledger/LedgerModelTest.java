package org.civicswitch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerModelTest {
  private static final int STEPS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithTheOracleAfterEveryOperation(final long seed) {
    new LedgerModelRun(seed).run(STEPS);
  }

  @Test
  void runsReachEveryResult() {
    final int[] results = new LedgerModelRun(99).run(STEPS);
    for (int result = 0; result < results.length; result++) {
      assertThat(results[result]).as(LedgerResult.name(result)).isPositive();
    }
  }
}
