package org.civicswitch.ops.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OneTimeCodesTest {
  private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, the rows of SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void codesAreThoseOfTheStandard(final long seconds, final String code) {
    final long step = seconds * 1000 / OneTimeCodes.STEP_MS;
    assertThat(OneTimeCodes.code(KEY, step, 8)).isEqualTo(code);
    assertThat(OneTimeCodes.code(KEY, step, OneTimeCodes.DIGITS)).isEqualTo(code.substring(2));
  }

  /** RFC 4648, section 10, without padding. */
  @ParameterizedTest
  @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "'', ''"})
  void base32IsThatOfTheStandard(final String text, final String encoded) {
    final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(OneTimeCodes.base32(bytes)).isEqualTo(encoded);
    assertThat(OneTimeCodes.bytes(encoded)).isEqualTo(bytes);
    assertThatThrownBy(() -> OneTimeCodes.bytes("MZ1")).hasMessage("not base 32");
  }

  @Test
  void aClockMayBeOneStepAsideAndACodeCountsOnce() {
    final String secret = OneTimeCodes.base32(KEY);
    final long now = 1_234_567_890_000L;
    final long step = now / OneTimeCodes.STEP_MS;
    for (long aside = -1; aside <= 1; aside++) {
      final String code = OneTimeCodes.code(KEY, step + aside, 6);
      assertThat(OneTimeCodes.step(secret, code, now, 0)).isEqualTo(step + aside);
      assertThat(OneTimeCodes.step(secret, code, now, step + aside)).as("used").isZero();
      assertThat(OneTimeCodes.step(secret, code, now, step + aside + 1)).as("older").isZero();
    }
    for (final long aside : new long[] {-2, 2}) {
      assertThat(OneTimeCodes.step(secret, OneTimeCodes.code(KEY, step + aside, 6), now, 0))
          .isZero();
    }
    assertThat(OneTimeCodes.step(secret, "", now, 0)).isZero();
    assertThat(OneTimeCodes.step(secret, "ü", now, 0)).isZero();
  }
}
