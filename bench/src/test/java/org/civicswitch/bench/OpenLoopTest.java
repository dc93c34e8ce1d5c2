package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final long START_NS = 5_000_000_000L;

  @Test
  void intendedTimesAreEvenlySpacedFromTheStart() {
    final OpenLoop loop = new OpenLoop(START_NS, 1000);
    assertThat(loop.intendedNs(0)).isEqualTo(START_NS);
    assertThat(loop.intendedNs(1)).isEqualTo(START_NS + 1_000_000);
    assertThat(loop.intendedNs(1_000_000)).isEqualTo(START_NS + 1_000_000_000_000L);
  }

  @Test
  void anUnevenRateDoesNotDrift() {
    final OpenLoop loop = new OpenLoop(0, 3);
    assertThat(loop.intendedNs(3_000_000)).isEqualTo(1_000_000_000_000_000L);
  }

  @Test
  void whatIsDueCountsEverythingSinceTheStartHoweverLateSomebodyAsks() {
    final OpenLoop loop = new OpenLoop(START_NS, 1000);
    assertThat(loop.due(START_NS - 1)).isZero();
    assertThat(loop.due(START_NS)).isEqualTo(1);
    assertThat(loop.due(START_NS + 999_999)).isEqualTo(1);
    assertThat(loop.due(START_NS + 1_000_000)).isEqualTo(2);
    assertThat(loop.due(START_NS + 60_000_000_000L)).isEqualTo(60_001);
    for (long index = 0; index < 100; index++) {
      assertThat(loop.due(loop.intendedNs(index))).isEqualTo(index + 1);
    }
  }

  @Test
  void whatHasPassedIsNotWaitedFor() {
    final OpenLoop loop = new OpenLoop(System.nanoTime() - 1_000_000_000L, 10);
    loop.await(0);
    loop.await(9);
    final OpenLoop ahead = new OpenLoop(System.nanoTime(), 1000);
    ahead.await(5);
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(ahead.intendedNs(5));
  }
}
