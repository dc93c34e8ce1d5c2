package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PairedRatioTest {
  @Test
  void theRatioIsTakenOfEachPairAndThenTheMiddleOne() {
    final PairedRatio pairs = new PairedRatio();
    pairs.add(50, 100);
    pairs.add(9, 10);
    pairs.add(400, 1000);
    assertThat(pairs.size()).isEqualTo(3);
    assertThat(pairs.median()).as("not 50 / 100 of the medians by chance").isEqualTo(0.5);
    assertThat(pairs.min()).isEqualTo(0.4);
    assertThat(pairs.max()).isEqualTo(0.9);
    assertThat(pairs.medianSubject()).isEqualTo(50);
    assertThat(pairs.medianLimit()).isEqualTo(100);
  }

  @Test
  void ofAnEvenNumberTheMiddleIsBetweenTwo() {
    final PairedRatio pairs = new PairedRatio();
    pairs.add(1, 4);
    pairs.add(3, 4);
    assertThat(pairs.median()).isEqualTo(0.5);
  }

  @Test
  void withoutPairsThereIsNoRatio() {
    assertThat(new PairedRatio().median()).isNaN();
    assertThat(new PairedRatio().min()).isNaN();
    assertThat(new PairedRatio().max()).isNaN();
  }

  @Test
  void aLimitOfZeroOrNothingIsRefused() {
    final PairedRatio pairs = new PairedRatio();
    assertThatIllegalArgumentException().isThrownBy(() -> pairs.add(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> pairs.add(1, Double.NaN));
    assertThat(pairs.size()).isZero();
  }
}
