package org.civicswitch.ops.console;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.civicswitch.ops.reporting.PaymentQuery;
import org.civicswitch.ops.reporting.PaymentStatus;

/** What payments are looked for, as somebody typed it: the page's query string. */
final class PaymentFilter {
  static final String ID = "id";
  static final String PARTICIPANT = "participant";
  static final String STATUS = "status";
  static final String REASON = "reason";
  static final String ASSET = "asset";
  static final String AMOUNT_FROM = "amount-from";
  static final String AMOUNT_TO = "amount-to";
  static final String FROM = "from";
  static final String TO = "to";
  static final String WINDOW = "window";

  private static final List<String> NAMES =
      List.of(ID, PARTICIPANT, STATUS, REASON, ASSET, AMOUNT_FROM, AMOUNT_TO, FROM, TO, WINDOW);

  private final Map<String, String> typed = new LinkedHashMap<>();

  /** What there is to choose from. */
  record Choices(List<Directory.Participant> participants, List<Directory.Asset> assets) {}

  /** A field does not say what it should. */
  static final class WrongFilterException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongFilterException(final String message) {
      super(message);
    }
  }

  private PaymentFilter() {}

  static PaymentFilter of(final MultiMap query) {
    final PaymentFilter filter = new PaymentFilter();
    for (final String name : NAMES) {
      final String value = query.get(name);
      if (value != null && !value.isBlank()) {
        filter.typed.put(name, value.strip());
      }
    }
    return filter;
  }

  boolean isEmpty() {
    return typed.isEmpty();
  }

  /** As it was typed, or empty. */
  String text(final String name) {
    return typed.getOrDefault(name, "");
  }

  /** The same as a query string, without a question mark. */
  String queryString() {
    return typed.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /**
   * @param only a participant whose payments alone are looked for, or 0
   */
  PaymentQuery query(final Choices choices, final long only) throws WrongFilterException {
    PaymentQuery query = PaymentQuery.all();
    if (typed.containsKey(ID)) {
      final Id128 id =
          Id128.parse(text(ID))
              .orElseThrow(() -> new WrongFilterException("An id has 32 hexadecimal digits."));
      query = query.withId(new UUID(id.hi(), id.lo()));
    }
    if (only != 0) {
      query = query.withParticipant(only);
    } else if (typed.containsKey(PARTICIPANT)) {
      query = query.withParticipant(participant(choices));
    }
    if (typed.containsKey(STATUS)) {
      query = query.withStatus(status());
    }
    try {
      if (typed.containsKey(REASON)) {
        query = query.withReason(text(REASON).toUpperCase(Locale.ROOT));
      }
      query = query.withTime(time(FROM), time(TO));
      if (typed.containsKey(WINDOW)) {
        query = query.withWindow(window());
      }
      final Directory.Asset asset = asset(choices);
      if (asset != null) {
        return query.withAmount(
            asset.number(), amount(AMOUNT_FROM, asset), amount(AMOUNT_TO, asset));
      }
      if (typed.containsKey(AMOUNT_FROM) || typed.containsKey(AMOUNT_TO)) {
        throw new WrongFilterException("Amounts of which asset? Choose one.");
      }
      return query;
    } catch (final IllegalArgumentException e) {
      throw new WrongFilterException(sentence(e.getMessage()));
    }
  }

  private long participant(final Choices choices) throws WrongFilterException {
    final String wanted = text(PARTICIPANT);
    return choices.participants().stream()
        .filter(p -> p.code().equalsIgnoreCase(wanted) || Long.toString(p.number()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new WrongFilterException("No participant has this code or number: " + wanted))
        .number();
  }

  private PaymentStatus status() throws WrongFilterException {
    return Arrays.stream(PaymentStatus.values())
        .filter(status -> status.name().equals(text(STATUS)))
        .findFirst()
        .orElseThrow(() -> new WrongFilterException("There is no status " + text(STATUS) + "."));
  }

  private long window() throws WrongFilterException {
    if (!text(WINDOW).matches("[0-9]{1,10}")) {
      throw new WrongFilterException("A settlement window is a number: " + text(WINDOW));
    }
    return Long.parseLong(text(WINDOW));
  }

  private Directory.Asset asset(final Choices choices) throws WrongFilterException {
    if (!typed.containsKey(ASSET)) {
      return null;
    }
    return choices.assets().stream()
        .filter(asset -> asset.code().equals(text(ASSET)))
        .findFirst()
        .orElseThrow(() -> new WrongFilterException("No asset has this code: " + text(ASSET)));
  }

  private Long amount(final String name, final Directory.Asset asset) throws WrongFilterException {
    if (!typed.containsKey(name)) {
      return null;
    }
    final String decimals = asset.exponent() == 0 ? "" : "(\\.[0-9]{1," + asset.exponent() + "})?";
    if (!text(name).matches("[0-9]{1,15}" + decimals)) {
      throw new WrongFilterException(
          "An amount in "
              + asset.code()
              + " has at most "
              + asset.exponent()
              + " decimals, a point before them and no separators: "
              + text(name));
    }
    return new BigDecimal(text(name)).movePointRight(asset.exponent()).longValueExact();
  }

  private Long time(final String name) throws WrongFilterException {
    if (!typed.containsKey(name)) {
      return null;
    }
    final String text = text(name);
    try {
      return LocalDateTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text)
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (final DateTimeParseException | ArithmeticException e) {
      throw new WrongFilterException("A time is UTC, such as 2026-11-28T13:45: " + text);
    }
  }

  private static String sentence(final String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
