package org.civicswitch.gateway.iso20022.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** ISO 20022 dates and times as UTC milliseconds and days. */
public final class Times {
  /** The text is a legal schema value that no clock shows, such as a year of five digits. */
  public static final long UNKNOWN_MS = Long.MIN_VALUE;

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.MILLI_OF_SECOND, 3, 3, true)
          .appendLiteral('Z')
          .toFormatter(java.util.Locale.ROOT);

  private Times() {}

  /** Milliseconds since 1970 of a checked {@code xs:dateTime}; without a zone it is UTC. */
  public static long epochMs(String dateTime) {
    try {
      int zone = zoneStart(dateTime);
      String local = dateTime.substring(0, zone);
      boolean endOfDay = local.contains("T24:");
      Instant instant =
          OffsetDateTime.parse(
                  shorten(endOfDay ? local.replace("T24:", "T00:") : local)
                      + (zone == dateTime.length() ? "Z" : dateTime.substring(zone)))
              .toInstant();
      return instant.toEpochMilli() + (endOfDay ? 86_400_000L : 0);
    } catch (DateTimeException | ArithmeticException e) {
      return UNKNOWN_MS;
    }
  }

  private static int zoneStart(String dateTime) {
    if (dateTime.endsWith("Z")) {
      return dateTime.length() - 1;
    }
    int sign = dateTime.length() - 6;
    boolean zoned = sign > 10 && (dateTime.charAt(sign) == '+' || dateTime.charAt(sign) == '-');
    return zoned ? sign : dateTime.length();
  }

  /** The platform reads nine fraction digits; schema allows any number. */
  private static String shorten(String local) {
    int point = local.indexOf('.');
    return point < 0 || local.length() - point <= 10 ? local : local.substring(0, point + 10);
  }

  /** Days since 1970 of a checked {@code xs:date}, its zone ignored; 0 when no calendar has it. */
  public static int epochDay(String date) {
    try {
      return date.length() < 10 ? 0 : (int) LocalDate.parse(date.substring(0, 10)).toEpochDay();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /** As {@code 2026-11-23T10:11:12.345Z}. */
  public static String dateTime(long epochMs) {
    return WRITTEN.format(Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC));
  }

  /** As {@code 2026-11-23}. */
  public static String date(int epochDay) {
    return LocalDate.ofEpochDay(epochDay).toString();
  }
}
