package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

/** How amounts, rates, latencies and options come out. */
class FiguresTest {
  @Test
  void amountsKeepTheirSignTheirExponentAndEveryDigit() {
    assertThat(new Money(-123_456_789, 2, "KES").grouped()).isEqualTo("-1,234,567.89");
    assertThat(new Money(5, 2, "KES").grouped()).isEqualTo("0.05");
    assertThat(new Money(1_000, 0, "JPY").grouped()).isEqualTo("1,000");
    assertThat(new Money(1_234_567, 3, "BHD").decimal()).isEqualTo("1234.567");
    assertThat(new Money(Long.MAX_VALUE, 2, "KES").grouped())
        .isEqualTo("92,233,720,368,547,758.07");
    assertThat(new Money(Long.MIN_VALUE, 0, "JPY").grouped())
        .isEqualTo("-9,223,372,036,854,775,808");
  }

  @Test
  void idsAreReadWithAndWithoutHyphens() {
    final Id128 id = new Id128(0x0123456789abcdefL, 0xfedcba9876543210L);
    assertThat(Id128.parse("01234567-89ab-cdef-fedc-ba9876543210")).contains(id);
    assertThat(Id128.parse(" 0123456789ABCDEFFEDCBA9876543210 ")).contains(id);
    assertThat(Id128.parse("0123")).isEmpty();
    assertThat(Id128.parse("zzzz456789abcdeffedcba9876543210")).isEmpty();
  }

  @Test
  void paceLooksBackTenSeconds() {
    final Envelopes.Pace pace = new Envelopes.Pace();
    for (int second = 100; second <= 120; second++) {
      pace.add(second * 1_000L, second * 50L);
    }
    assertThat(pace.perSecond(120_500)).isEqualTo(50);
    assertThat(pace.perSecond(200_000)).isZero();
  }

  @Test
  void ratesForgetASecondWhenItsPlaceIsTakenByAnother() {
    final Rates rates = new Rates();
    rates.settled(10_000, 40);
    rates.settled(10_999, 60);
    assertThat(rates.get(10).settled).isEqualTo(2);
    assertThat(rates.settledPerSecond(11_500, 5)).isEqualTo(0.4);
    assertThat(rates.lives(11_500, 60).getMaxValue()).isBetween(60_000L, 60_500L);
    rates.settled((10 + Rates.SECONDS) * 1_000L, 1);
    assertThat(rates.get(10)).isNull();
    assertThat(rates.settledTotal).isEqualTo(3);
  }

  @Test
  void theWindowOfAStageIsOneMinute() {
    final Recorder recorder = new Recorder(2);
    final Map<String, Recorder> stages = new LinkedHashMap<>();
    stages.put("Parse", recorder);
    final StageWindows windows = new StageWindows(StageLatencies.of(stages));
    recorder.recordValue(250);
    windows.tick();
    assertThat(windows.sums().get(0).micros().getTotalCount()).isEqualTo(1);
    for (int i = 0; i < StageWindows.SECONDS; i++) {
      windows.tick();
    }
    assertThat(windows.sums().get(0).micros().getTotalCount()).isZero();
  }

  @Test
  void latenciesAreWrittenWithTheUnitThatFits() {
    assertThat(Wording.micros(840)).isEqualTo("840 µs");
    assertThat(Wording.micros(12_540)).isEqualTo("12.5 ms");
    assertThat(Wording.micros(1_240_000)).isEqualTo("1.24 s");
  }

  @Test
  void plainHttpIsForDevelopmentOnLoopbackOnly() {
    assertThatThrownBy(() -> ConsoleOptions.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
    assertThatThrownBy(() -> ConsoleOptions.builder().dev(true).http("0.0.0.0", 0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ConsoleOptions.builder().dev(true).build().tls()).isFalse();
    assertThatThrownBy(
            () -> ConsoleOptions.builder().tls(Path.of("c.pem"), Path.of("k.pem")).build())
        .hasMessageContaining("a console needs accounts");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> ConsoleOptions.builder().dev(true).paymentsKept(99).build())
        .hasMessageContaining("paymentsKept");
    assertThatThrownBy(() -> ConsoleOptions.builder().dev(true).feedFrom(0).build())
        .hasMessageContaining("feedFrom");
  }
}
