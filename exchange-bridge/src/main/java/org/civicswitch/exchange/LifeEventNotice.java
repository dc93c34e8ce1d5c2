package org.civicswitch.exchange;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.gateway.kit.keys.PersonId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry's notice about one person.
 *
 * @param eventId the registry's own, unique within the registry; 1 to 64 characters
 * @param kind what happened
 * @param person whom it happened to
 * @param occurredOn the day
 * @param recordedAt when the registry wrote it down
 * @param createdAt when the registry made this notice; an old one is refused as stale
 * @param reverses the event that this one takes back, or null
 */
record LifeEventNotice(
    String eventId,
    LifeEventKind kind,
    PersonId person,
    LocalDate occurredOn,
    Instant recordedAt,
    Instant createdAt,
    String reverses) {
  static final int BODY_BYTES_MAX = 64 * 1024;
  static final int ID_CHARS_MAX = 64;
  private static final int NAME_CHARS_MAX = 64;

  /** Years outside are slips of the pen; what is inside fits the switch's days and milliseconds. */
  private static final int YEAR_MIN = 1900;

  private static final int YEAR_MAX = 9999;
  private static final Set<String> FIELDS =
      Set.of(
          "event_id", "kind", "person_id", "occurred_on", "recorded_at", "created_at", "reverses");
  private static final Map<String, LifeEventKind> KINDS =
      Map.of(
          "death", LifeEventKind.DEATH,
          "death_reversal", LifeEventKind.DEATH_REVERSAL,
          "suspension", LifeEventKind.SUSPENSION,
          "suspension_lifted", LifeEventKind.SUSPENSION_LIFTED);
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(1024)
                          .maxNumberLength(20)
                          .maxNameLength(NAME_CHARS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads and checks a notice.
   *
   * @throws NoticeRefused naming the field; a value is repeated only where it cannot be personal
   */
  static LifeEventNotice parse(final byte[] body) throws NoticeRefused {
    final JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (final JacksonException e) {
      throw refused(
          "the body is not JSON"
              + (e.getLocation() == null
                  ? ""
                  : ": line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()));
    }
    if (json == null || !json.isObject()) {
      throw refused("the body is not a JSON object");
    }
    final Iterator<String> names = json.propertyNames().iterator();
    while (names.hasNext()) {
      final String name = names.next();
      if (!FIELDS.contains(name)) {
        throw refused("unknown field '" + name + "'");
      }
    }
    final String kindText = text(json, "kind");
    final LifeEventKind kind = KINDS.get(kindText);
    if (kind == null) {
      throw refused("kind is none of death, death_reversal, suspension, suspension_lifted");
    }
    final boolean reversal =
        kind == LifeEventKind.DEATH_REVERSAL || kind == LifeEventKind.SUSPENSION_LIFTED;
    final String reverses = json.has("reverses") ? id(json, "reverses") : null;
    if (reversal != (reverses != null)) {
      throw refused(
          reversal
              ? "reverses is mandatory for " + kindText
              : "reverses makes no sense for " + kindText);
    }
    return new LifeEventNotice(
        id(json, "event_id"),
        kind,
        person(json),
        date(json, "occurred_on"),
        time(json, "recorded_at"),
        time(json, "created_at"),
        reverses);
  }

  private static String text(final JsonNode json, final String field) throws NoticeRefused {
    final JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      throw refused("missing field " + field);
    }
    if (!value.isString()) {
      throw refused(field + " is not text");
    }
    return value.stringValue().strip();
  }

  private static String id(final JsonNode json, final String field) throws NoticeRefused {
    final String id = text(json, field);
    if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
      throw refused(field + " must have 1 to " + ID_CHARS_MAX + " characters");
    }
    return id;
  }

  private static PersonId person(final JsonNode json) throws NoticeRefused {
    try {
      return PersonId.parse(text(json, "person_id"));
    } catch (final IllegalArgumentException e) {
      throw refused("person_id: " + e.getMessage());
    }
  }

  private static LocalDate date(final JsonNode json, final String field) throws NoticeRefused {
    try {
      final LocalDate date = LocalDate.parse(text(json, field));
      checkYear(field, date.getYear());
      return date;
    } catch (final DateTimeParseException e) {
      throw refused(field + " is not a date like 2026-11-23");
    }
  }

  private static Instant time(final JsonNode json, final String field) throws NoticeRefused {
    try {
      final OffsetDateTime time = OffsetDateTime.parse(text(json, field));
      checkYear(field, time.getYear());
      return time.toInstant();
    } catch (final DateTimeParseException e) {
      throw refused(field + " is not a time with a zone like 2026-11-23T10:15:00Z");
    }
  }

  private static void checkYear(final String field, final int year) throws NoticeRefused {
    if (year < YEAR_MIN || year > YEAR_MAX) {
      throw refused(field + " must lie in the years " + YEAR_MIN + " to " + YEAR_MAX);
    }
  }

  private static NoticeRefused refused(final String message) {
    return new NoticeRefused(400, "Client.InvalidRequest", message);
  }
}
