package org.civicswitch.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityModelTest {
  private static final int STEPS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithTheOracleAfterEveryOperation(final long seed) {
    new IdentityModelRun(seed).run(STEPS);
  }

  @Test
  void runsReachEveryResult() {
    final int[] results = new IdentityModelRun(99).run(STEPS);
    for (int result = 0; result < results.length; result++) {
      assertThat(results[result]).as(IdentityResult.name(result)).isPositive();
    }
  }

  @Test
  void everyResultHasItsName() throws IllegalAccessException {
    for (final var field : IdentityResult.class.getFields()) {
      assertThat(IdentityResult.name(field.getInt(null))).isEqualTo(field.getName());
    }
  }
}
