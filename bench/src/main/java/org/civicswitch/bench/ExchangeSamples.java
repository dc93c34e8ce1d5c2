package org.civicswitch.bench;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of each message that the gateway sends, taken from a real run: what an echo sends in its
 * place, so that both move the same bytes.
 */
final class ExchangeSamples {
  private static final String OFFER = "offer";
  private static final String FINAL_WORD = "final word";
  private static final String ACCEPTED = "accepted";

  private final Map<String, String> templates = new ConcurrentHashMap<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();

  void delivered(final String participant, final boolean offer, final JsonObject message) {
    final String document = message.getString("document");
    final String mark = offer ? "UETR>" : "OrgnlUETR>";
    final String uetr = PaymentMessages.between(document, mark, "<");
    final String key = key(offer ? OFFER : "final", participant);
    templates.putIfAbsent(key, document.replace(uetr, "%UETR%"));
    names.putIfAbsent(key, message.getString("message"));
  }

  void accepted(final String uetr, final String reply) {
    templates.putIfAbsent(ACCEPTED, reply.replace(uetr, "%UETR%"));
  }

  void finalWord(final String uetr, final String reply) {
    templates.putIfAbsent(FINAL_WORD, reply.replace(uetr, "%UETR%"));
  }

  private static String key(final String what, final String participant) {
    return what + " " + participant;
  }

  String acceptedReply(final String uetr) {
    return fill(ACCEPTED, uetr);
  }

  String finalReply(final String uetr) {
    return fill(FINAL_WORD, uetr);
  }

  /** A message as it lies in a mailbox. */
  JsonObject message(
      final long id, final boolean offer, final String participant, final String uetr) {
    final String key = key(offer ? OFFER : "final", participant);
    return new JsonObject()
        .put("id", Long.toString(id))
        .put("message", names.get(key))
        .put("leased_ms", 30_000)
        .put("document", fill(key, uetr));
  }

  private String fill(final String key, final String uetr) {
    final String template = templates.get(key);
    if (template == null) {
      throw new IllegalStateException("no sample of '" + key + "' was seen");
    }
    return template.replace("%UETR%", uetr);
  }

  /** Bytes of all of them, for the report. */
  int bytes() {
    return templates.values().stream().mapToInt(String::length).sum();
  }
}
