package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;

/** A civil registry that sends notices over mutual TLS, with X-Road's headers. */
final class CivilRegistry {
  private static final String PATH = "/r1/XX/GOV/1000001/benefits/life-events";

  private final HttpClient client;
  private final URI bridge;

  CivilRegistry(final URI bridge, final SSLContext tls) {
    this.bridge = bridge;
    this.client = HttpClient.newBuilder().sslContext(tls).build();
  }

  /** Sends a notice of a death; returns the answer's status. */
  int death(final String eventId, final String person) throws IOException, InterruptedException {
    return send(eventId, "death", person, null);
  }

  /** Takes a notice back. */
  int reversal(final String eventId, final String person, final String reverses)
      throws IOException, InterruptedException {
    return send(eventId, "death_reversal", person, reverses);
  }

  private int send(
      final String eventId, final String kind, final String person, final String reverses)
      throws IOException, InterruptedException {
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final String body =
        "{\"event_id\":\""
            + eventId
            + "\",\"kind\":\""
            + kind
            + "\",\"person_id\":\""
            + person
            + "\",\"occurred_on\":\""
            + LocalDate.now(ZoneOffset.UTC)
            + "\",\"recorded_at\":\""
            + now
            + "\",\"created_at\":\""
            + now
            + "\""
            + (reverses == null ? "" : ",\"reverses\":\"" + reverses + "\"")
            + "}";
    final HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(bridge.resolve(PATH))
                .header("X-Road-Client", "XX/GOV/1000002/civil-registry")
                .header("X-Road-UserId", "XX-OFFICER-1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.statusCode();
  }
}
