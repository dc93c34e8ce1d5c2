package org.civicswitch.ops.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages show them: always UTC, and always said so somewhere near. */
final class Utc {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Utc() {}

  static String clock(final long ms) {
    return CLOCK.format(Instant.ofEpochMilli(ms));
  }

  static String second(final long ms) {
    return SECOND.format(Instant.ofEpochMilli(ms));
  }

  static String full(final long ms) {
    return FULL.format(Instant.ofEpochMilli(ms));
  }

  static String iso(final long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }

  static String day(final int epochDay) {
    return LocalDate.ofEpochDay(epochDay).toString();
  }

  /** {@code 1 h 02 min}, {@code 3 min 05 s}, {@code 12 s}. */
  static String duration(final long seconds) {
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
    if (seconds >= 60) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return seconds + " s";
  }
}
