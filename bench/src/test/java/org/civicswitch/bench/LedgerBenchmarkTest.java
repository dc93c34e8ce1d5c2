package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.SplittableRandom;
import org.civicswitch.bench.AccountPicks.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small runs: that they work and check what they did, never how fast. */
class LedgerBenchmarkTest {
  private static final int ACCOUNTS = 1_000;
  private static final int DRAWN = 100_000;

  @ParameterizedTest
  @EnumSource
  void whatIsMovedIsFoundAgain(final Distribution distribution) throws Exception {
    final LedgerBenchmark.LedgerRun run = new LedgerBenchmark.LedgerRun(ACCOUNTS);
    final AccountPicks picks =
        new AccountPicks(ACCOUNTS, distribution, 1 << 17, new SplittableRandom(1));
    assertThat(run.transfers(picks, 20_000_000L)).isPositive();
    assertThatCode(run::check).doesNotThrowAnyException();
  }

  @Test
  void zipfDrawsFewAccountsOften() {
    assertThat(mostDrawn(Distribution.UNIFORM)).isLessThan(DRAWN / 500);
    assertThat(mostDrawn(Distribution.ZIPF)).isGreaterThan(DRAWN / 20);
  }

  private static int mostDrawn(final Distribution distribution) {
    final AccountPicks picks =
        new AccountPicks(ACCOUNTS, distribution, 1 << 17, new SplittableRandom(1));
    final int[] counts = new int[ACCOUNTS];
    int most = 0;
    for (int i = 0; i < DRAWN; i++) {
      assertThat(picks.debit(i)).isNotEqualTo(picks.credit(i));
      most = Math.max(most, ++counts[picks.debit(i)]);
    }
    return most;
  }
}
