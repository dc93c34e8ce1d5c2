package org.civicswitch.exchange;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Notices as registries write them. */
final class Notices {
  private Notices() {}

  static JsonObject death(final String eventId, final String person) {
    return new JsonObject()
        .put("event_id", eventId)
        .put("kind", "death")
        .put("person_id", person)
        .put("occurred_on", "2026-11-23")
        .put("recorded_at", "2026-11-23T10:15:00Z")
        .put("created_at", Instant.ofEpochMilli(1_795_000_000_000L).toString());
  }

  static JsonObject reversal(final String eventId, final String person, final String reverses) {
    return death(eventId, person).put("kind", "death_reversal").put("reverses", reverses);
  }
}
