package org.civicswitch.ops.console;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Which moment a page is asked for: behind the last command that lies behind neither.
 *
 * @param sequence of the log, from 1; {@link Long#MAX_VALUE} where the time decides
 * @param timeMs log time, UTC; {@link Long#MAX_VALUE} where the sequence decides
 */
record AsOfPoint(long sequence, long timeMs) {
  /** Asks for it in an address. */
  static final String PARAMETER = "as_of";

  /**
   * @param text a sequence, or a time: ISO 8601, or as pages show it; UTC where it has no offset
   * @throws IllegalArgumentException that says what it is not
   */
  static AsOfPoint parse(final String text) {
    final String typed = text.strip().replace(",", "");
    if (typed.matches("0*[1-9][0-9]{0,17}")) {
      return new AsOfPoint(Long.parseLong(typed), Long.MAX_VALUE);
    }
    final String iso = typed.replaceFirst(" UTC$", "").replaceFirst(" ", "T");
    try {
      return ofTime(OffsetDateTime.parse(iso).toInstant().toEpochMilli());
    } catch (final DateTimeException | ArithmeticException withoutOffset) {
      try {
        return ofTime(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli());
      } catch (final DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "A moment is a sequence of the log, from 1, or a time such as 2026-11-28T13:45:00Z, and"
                + " not: "
                + text,
            e);
      }
    }
  }

  private static AsOfPoint ofTime(final long ms) {
    return new AsOfPoint(Long.MAX_VALUE, ms);
  }

  boolean isSequence() {
    return sequence != Long.MAX_VALUE;
  }

  /** Whether a command of this place is in it. */
  boolean covers(final long logSequence, final long logTimeMs) {
    return logSequence <= sequence && logTimeMs <= timeMs;
  }
}
