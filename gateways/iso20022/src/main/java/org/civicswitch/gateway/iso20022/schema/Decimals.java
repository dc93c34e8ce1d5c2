package org.civicswitch.gateway.iso20022.schema;

import java.math.BigDecimal;

/** The lexical rules of {@code xs:decimal}: {@code .25}, {@code 007} and {@code 1.} are legal. */
final class Decimals {
  private Decimals() {}

  static boolean isDecimal(char[] text, int from, int to) {
    int i = from;
    if (i < to && (text[i] == '+' || text[i] == '-')) {
      i++;
    }
    boolean digits = false;
    boolean point = false;
    for (; i < to; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits = true;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        return false;
      }
    }
    return digits;
  }

  /** Fraction digits without trailing zeros. The text is a decimal. */
  static int fractionDigits(char[] text, int from, int to) {
    int point = point(text, from, to);
    int end = to;
    while (end > point + 1 && text[end - 1] == '0') {
      end--;
    }
    return Math.max(0, end - point - 1);
  }

  /** Digits without leading and trailing zeros that say nothing. The text is a decimal. */
  static int totalDigits(char[] text, int from, int to) {
    int start = from;
    if (text[start] == '+' || text[start] == '-') {
      start++;
    }
    int point = point(text, from, to);
    while (start < point && text[start] == '0') {
      start++;
    }
    return point - start + fractionDigits(text, from, to);
  }

  private static int point(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '.') {
        return i;
      }
    }
    return to;
  }

  /** Compares with a bound; zero is the one that almost every amount has and needs no parsing. */
  static int compare(char[] text, int from, int to, BigDecimal bound) {
    if (bound.signum() == 0) {
      boolean zero = true;
      for (int i = from; i < to && zero; i++) {
        zero = text[i] < '1' || text[i] > '9';
      }
      return zero ? 0 : text[from] == '-' ? -1 : 1;
    }
    return new BigDecimal(text, from, to - from).compareTo(bound);
  }
}
