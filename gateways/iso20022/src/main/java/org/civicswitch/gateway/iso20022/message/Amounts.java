package org.civicswitch.gateway.iso20022.message;

/** Decimal text and minor units, exactly. */
public final class Amounts {
  /** The text has more fraction digits than the currency, or does not fit into a long. */
  public static final long NOT_REPRESENTABLE = Long.MIN_VALUE;

  private Amounts() {}

  /**
   * Minor units of a checked {@code xs:decimal} that is not negative.
   *
   * @param exponent minor digits of the currency, 0 to 4
   * @return minor units, or {@link #NOT_REPRESENTABLE}
   */
  public static long minorUnits(char[] text, int offset, int length, int exponent) {
    long units = 0;
    int fraction = -1;
    for (int i = offset; i < offset + length; i++) {
      char c = text[i];
      if (c == '.') {
        fraction = 0;
      } else if (c >= '0' && c <= '9') {
        if (fraction >= 0 && ++fraction > exponent) {
          if (c != '0') {
            return NOT_REPRESENTABLE;
          }
          continue;
        }
        if (units > (Long.MAX_VALUE - 9) / 10) {
          return NOT_REPRESENTABLE;
        }
        units = units * 10 + (c - '0');
      } else if (c == '-') {
        return NOT_REPRESENTABLE;
      }
    }
    for (int digits = Math.max(0, fraction); digits < exponent; digits++) {
      if (units > Long.MAX_VALUE / 10) {
        return NOT_REPRESENTABLE;
      }
      units *= 10;
    }
    return units;
  }

  /** As {@link #minorUnits(char[], int, int, int)}. */
  public static long minorUnits(String text, int exponent) {
    return minorUnits(text.toCharArray(), 0, text.length(), exponent);
  }

  /**
   * Decimal text of minor units, with as many fraction digits as the currency has.
   *
   * @throws IllegalArgumentException when units are negative or the exponent is not 0 to 4
   */
  public static String format(long units, int exponent) {
    if (units < 0 || exponent < 0 || exponent > 4) {
      throw new IllegalArgumentException("units " + units + ", exponent " + exponent);
    }
    if (exponent == 0) {
      return Long.toString(units);
    }
    String digits = Long.toString(units);
    if (digits.length() <= exponent) {
      digits = "0".repeat(exponent + 1 - digits.length()) + digits;
    }
    int point = digits.length() - exponent;
    return digits.substring(0, point) + "." + digits.substring(point);
  }
}
