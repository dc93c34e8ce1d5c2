package org.civicswitch.ops.console;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.civicswitch.ops.reporting.WhatIf;

/**
 * What is asked of the past: another cap, or a window. As it was typed, and as it is taken.
 *
 * @param typed by field, for the form to show again
 * @param participant null for a window
 * @param cap minor units
 * @param toMs UTC
 */
record WhatIfQuestion(
    Map<String, String> typed,
    Directory.Participant participant,
    Directory.Asset asset,
    long cap,
    int hours,
    long toMs) {
  static final int HOURS_DEFAULT = 24;

  private static final String[] FIELDS = {"participant", "asset", "cap", "hours", "at"};

  static Map<String, String> typed(final MultiMap parameters) {
    final Map<String, String> typed = new LinkedHashMap<>();
    for (final String field : FIELDS) {
      final String text = parameters.get(field);
      typed.put(field, text == null ? "" : text.strip());
    }
    return typed;
  }

  static WhatIfQuestion cap(
      final Map<String, String> typed, final PaymentFilter.Choices choices, final long nowMs)
      throws PaymentFilter.WrongFilterException {
    final Directory.Asset asset = asset(typed, choices);
    final String wanted = typed.get("participant");
    final Directory.Participant participant =
        choices.participants().stream()
            .filter(
                p -> p.code().equalsIgnoreCase(wanted) || Long.toString(p.number()).equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new PaymentFilter.WrongFilterException(
                        "No participant has this code or number: " + wanted));
    return new WhatIfQuestion(
        typed, participant, asset, amount(typed.get("cap"), asset), hours(typed), at(typed, nowMs));
  }

  static WhatIfQuestion window(
      final Map<String, String> typed, final PaymentFilter.Choices choices, final long nowMs)
      throws PaymentFilter.WrongFilterException {
    return new WhatIfQuestion(
        typed, null, asset(typed, choices), 0, hours(typed), at(typed, nowMs));
  }

  private static Directory.Asset asset(
      final Map<String, String> typed, final PaymentFilter.Choices choices)
      throws PaymentFilter.WrongFilterException {
    return choices.assets().stream()
        .filter(asset -> asset.code().equals(typed.get("asset")))
        .findFirst()
        .orElseThrow(
            () ->
                new PaymentFilter.WrongFilterException(
                    "No asset has this code: " + typed.get("asset")));
  }

  private static long amount(final String text, final Directory.Asset asset)
      throws PaymentFilter.WrongFilterException {
    final String decimals = asset.exponent() == 0 ? "" : "(\\.[0-9]{1," + asset.exponent() + "})?";
    if (!text.matches("[0-9]{1,15}" + decimals)) {
      throw new PaymentFilter.WrongFilterException(
          "A cap in "
              + asset.code()
              + " has at most "
              + asset.exponent()
              + " decimals, a point before them and no separators: "
              + text);
    }
    return new BigDecimal(text).movePointRight(asset.exponent()).longValueExact();
  }

  private static int hours(final Map<String, String> typed)
      throws PaymentFilter.WrongFilterException {
    final String text = typed.get("hours");
    final int hours =
        text.isEmpty() ? HOURS_DEFAULT : text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (hours < 1 || hours > WhatIf.HOURS_MAX) {
      throw new PaymentFilter.WrongFilterException(
          "Hours are a whole number from 1 to " + WhatIf.HOURS_MAX + ": " + text);
    }
    return hours;
  }

  private static long at(final Map<String, String> typed, final long nowMs)
      throws PaymentFilter.WrongFilterException {
    if (typed.get("at").isEmpty()) {
      return nowMs;
    }
    try {
      final AsOfPoint point = AsOfPoint.parse(typed.get("at"));
      if (!point.isSequence()) {
        return point.timeMs();
      }
    } catch (final IllegalArgumentException e) {
      // said below
    }
    throw new PaymentFilter.WrongFilterException(
        "A time is UTC, such as 2026-11-28T13:45: " + typed.get("at"));
  }
}
