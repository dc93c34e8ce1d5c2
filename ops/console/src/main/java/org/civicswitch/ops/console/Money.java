package org.civicswitch.ops.console;

import java.math.BigDecimal;

/**
 * An amount as it is shown.
 *
 * @param minor minor units of the asset
 * @param exponent ISO 4217: digits after the point
 * @param currency the asset's code
 */
record Money(long minor, int exponent, String currency) {
  /** {@code -1234.56}: what a program reads. */
  String decimal() {
    return BigDecimal.valueOf(minor, exponent).toPlainString();
  }

  /** {@code -1,234.56}: what a person reads. The currency stands beside it. */
  String grouped() {
    final String plain = BigDecimal.valueOf(minor, exponent).abs().toPlainString();
    final int point = plain.indexOf('.');
    final int whole = point < 0 ? plain.length() : point;
    final StringBuilder text = new StringBuilder(plain.length() + 8);
    if (minor < 0) {
      text.append('-');
    }
    for (int i = 0; i < whole; i++) {
      if (i > 0 && (whole - i) % 3 == 0) {
        text.append(',');
      }
      text.append(plain.charAt(i));
    }
    return text.append(plain, whole, plain.length()).toString();
  }

  Money with(final long otherMinor) {
    return new Money(otherMinor, exponent, currency);
  }
}
