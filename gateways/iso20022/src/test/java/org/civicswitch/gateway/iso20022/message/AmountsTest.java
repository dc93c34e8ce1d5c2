package org.civicswitch.gateway.iso20022.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void decimalTextBecomesMinorUnitsOfTheCurrency() {
    assertThat(Amounts.minorUnits(".25", 2)).isEqualTo(25);
    assertThat(Amounts.minorUnits("007.50000", 2)).isEqualTo(750);
    assertThat(Amounts.minorUnits("10", 0)).isEqualTo(10);
    assertThat(Amounts.minorUnits("10.0", 0)).isEqualTo(10);
    assertThat(Amounts.minorUnits("1.234", 3)).isEqualTo(1_234);
    assertThat(Amounts.minorUnits("0", 2)).isZero();
    assertThat(Amounts.minorUnits("1.005", 2)).isEqualTo(Amounts.NOT_REPRESENTABLE);
    assertThat(Amounts.minorUnits("999999999999999999", 2)).isEqualTo(Amounts.NOT_REPRESENTABLE);
    assertThat(Amounts.minorUnits("92233720368547758", 2)).isEqualTo(9_223_372_036_854_775_800L);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (long units : new long[] {1, 9, 10, 99, 100, 12_345, Long.MAX_VALUE / 10}) {
      for (int exponent = 0; exponent <= 4; exponent++) {
        assertThat(Amounts.minorUnits(Amounts.format(units, exponent), exponent)).isEqualTo(units);
      }
    }
  }

  @Test
  void exponentsAgreeWithThePlatformWhereItKnowsTheCode() {
    int compared = 0;
    for (Currency currency : Currency.getAvailableCurrencies()) {
      int ours = Currencies.exponent(currency.getCurrencyCode());
      if (ours >= 0) {
        assertThat(ours)
            .as(currency.getCurrencyCode())
            .isEqualTo(currency.getDefaultFractionDigits());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(150);
    assertThat(Currencies.exponent("XAU")).isEqualTo(Currencies.NO_MINOR_UNIT);
    assertThat(Currencies.exponent("ZZZ")).isEqualTo(Currencies.UNKNOWN);
  }

  @Test
  void timesAreUtcMilliseconds() {
    assertThat(Times.epochMs("1970-01-01T00:00:01.5Z")).isEqualTo(1_500);
    assertThat(Times.epochMs("1970-01-01T01:00:00+01:00")).isZero();
    assertThat(Times.epochMs("1970-01-01T00:00:00")).isZero();
    assertThat(Times.epochMs("1970-01-01T24:00:00Z")).isEqualTo(86_400_000);
    assertThat(Times.epochMs("1970-01-01T00:00:00.123456789012Z")).isEqualTo(123);
    assertThat(Times.epochMs(Times.dateTime(1_795_430_472_345L))).isEqualTo(1_795_430_472_345L);
    assertThat(Times.epochDay("1970-01-02+14:00")).isEqualTo(1);
  }
}
