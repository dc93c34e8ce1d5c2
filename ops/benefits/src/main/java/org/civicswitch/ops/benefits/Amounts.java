package org.civicswitch.ops.benefits;

/** Decimal text and minor units, without a detour through floating point. */
final class Amounts {
  private static final int DIGITS_MAX = 15;

  private Amounts() {}

  /**
   * @param text digits with at most one dot; no sign, no separators: a guess here would be
   *     somebody's money
   * @param exponent decimals of the currency
   * @return minor units, or -1 if the text is not such an amount
   */
  static long minorUnits(final String text, final int exponent) {
    final int dot = text.indexOf('.');
    final String whole = dot < 0 ? text : text.substring(0, dot);
    final String decimals = dot < 0 ? "" : text.substring(dot + 1);
    if (whole.isEmpty() || decimals.length() > exponent || (dot >= 0 && decimals.isEmpty())) {
      return -1;
    }
    if (whole.length() + exponent > DIGITS_MAX + 3) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < whole.length() + exponent; i++) {
      final char c =
          i < whole.length()
              ? whole.charAt(i)
              : i - whole.length() < decimals.length() ? decimals.charAt(i - whole.length()) : '0';
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /** Minor units as decimal text. */
  static String decimal(final long minorUnits, final int exponent) {
    return java.math.BigDecimal.valueOf(minorUnits, exponent).toPlainString();
  }
}
