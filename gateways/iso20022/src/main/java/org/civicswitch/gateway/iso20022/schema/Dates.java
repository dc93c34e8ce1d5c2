package org.civicswitch.gateway.iso20022.schema;

/**
 * The lexical rules of the date and time types of XML Schema 1.0: years of four or more digits,
 * never 0000, an optional zone up to 14:00, 24:00:00 as the end of a day, any number of fraction
 * digits.
 */
final class Dates {
  private static final int INVALID = -1;

  private Dates() {}

  static boolean isDate(char[] text, int from, int to) {
    return zone(text, date(text, from, to), to);
  }

  static boolean isDateTime(char[] text, int from, int to) {
    int at = date(text, from, to);
    return at != INVALID
        && at < to
        && text[at] == 'T'
        && zone(text, timeOfDay(text, at + 1, to), to);
  }

  static boolean isTime(char[] text, int from, int to) {
    return zone(text, timeOfDay(text, from, to), to);
  }

  static boolean isYear(char[] text, int from, int to) {
    return zone(text, year(text, from, to), to);
  }

  static boolean isYearMonth(char[] text, int from, int to) {
    int at = year(text, from, to);
    if (at == INVALID || at >= to || text[at] != '-') {
      return false;
    }
    int month = two(text, at + 1, to);
    return month >= 1 && month <= 12 && zone(text, at + 3, to);
  }

  private static int year(char[] text, int from, int to) {
    int start = from < to && text[from] == '-' ? from + 1 : from;
    int at = start;
    boolean zero = true;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      zero &= text[at] == '0';
      at++;
    }
    int digits = at - start;
    boolean padded = digits > 4 && text[start] == '0';
    return digits < 4 || zero || padded ? INVALID : at;
  }

  private static int date(char[] text, int from, int to) {
    int at = year(text, from, to);
    if (at == INVALID || to - at < 6 || text[at] != '-' || text[at + 3] != '-') {
      return INVALID;
    }
    int month = two(text, at + 1, to);
    int day = two(text, at + 4, to);
    if (month < 1 || month > 12 || day < 1 || day > days(text, from, at, month)) {
      return INVALID;
    }
    return at + 6;
  }

  private static int days(char[] text, int from, int yearEnd, int month) {
    return switch (month) {
      case 2 -> isLeap(text, from, yearEnd) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Only the year modulo 400 matters, so a year of any length is reduced digit by digit. */
  private static boolean isLeap(char[] text, int from, int yearEnd) {
    int start = text[from] == '-' ? from + 1 : from;
    int year = 0;
    for (int i = start; i < yearEnd; i++) {
      year = (year * 10 + text[i] - '0') % 400;
    }
    return year % 4 == 0 && (year % 100 != 0 || year == 0);
  }

  private static int timeOfDay(char[] text, int from, int to) {
    if (from == INVALID || to - from < 8 || text[from + 2] != ':' || text[from + 5] != ':') {
      return INVALID;
    }
    int hour = two(text, from, to);
    int minute = two(text, from + 3, to);
    int second = two(text, from + 6, to);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return INVALID;
    }
    int at = from + 8;
    boolean zero = minute == 0 && second == 0;
    if (at < to && text[at] == '.') {
      int start = ++at;
      while (at < to && text[at] >= '0' && text[at] <= '9') {
        zero &= text[at] == '0';
        at++;
      }
      if (at == start) {
        return INVALID;
      }
    }
    return hour == 24 && !zero ? INVALID : at;
  }

  private static boolean zone(char[] text, int at, int to) {
    if (at == INVALID) {
      return false;
    }
    if (at == to) {
      return true;
    }
    if (text[at] == 'Z') {
      return at + 1 == to;
    }
    if (to - at != 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
      return false;
    }
    int hours = two(text, at + 1, to);
    int minutes = two(text, at + 4, to);
    return hours >= 0 && minutes >= 0 && minutes <= 59 && hours * 60 + minutes <= 14 * 60;
  }

  private static int two(char[] text, int at, int to) {
    if (to - at < 2) {
      return INVALID;
    }
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? INVALID : tens * 10 + ones;
  }
}
