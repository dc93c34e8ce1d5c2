package org.civicswitch.exchange;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The request headers of X-Road's REST protocol (PR-REST, section 4.3).
 *
 * @param client {@code INSTANCE/CLASS/MEMBER[/SUBSYSTEM]}, mandatory
 * @param id unique for the message; made here when the caller gave none, as the protocol asks
 * @param userId who stands behind the request, or null
 * @param issue the application or case, or null
 */
record XRoadHeaders(String client, String id, String userId, String issue) {
  static final String CLIENT = "X-Road-Client";
  static final String ID = "X-Road-Id";
  static final String USER_ID = "X-Road-UserId";
  static final String ISSUE = "X-Road-Issue";
  static final String SERVICE = "X-Road-Service";
  static final String REQUEST_ID = "X-Road-Request-Id";
  static final String ERROR = "X-Road-Error";
  private static final int VALUE_CHARS_MAX = 255;
  private static final List<String> ECHOED = List.of(CLIENT, ID, USER_ID, ISSUE);
  private static final Pattern MEMBER = Pattern.compile("[^/\\s%;]+(/[^/\\s%;]+){2,3}");

  /**
   * @throws NoticeRefused if a mandatory header is missing or a value is not one
   */
  static XRoadHeaders read(final MultiMap headers) throws NoticeRefused {
    final String client = single(headers, CLIENT);
    if (client == null) {
      throw new NoticeRefused(
          400, "Client.MissingHeader", "the header " + CLIENT + " is mandatory");
    }
    if (!MEMBER.matcher(client).matches()) {
      throw new NoticeRefused(
          400, "Client.InvalidHeader", CLIENT + " is not INSTANCE/CLASS/MEMBER[/SUBSYSTEM]");
    }
    final String id = single(headers, ID);
    return new XRoadHeaders(
        client,
        id == null ? UUID.randomUUID().toString() : id,
        single(headers, USER_ID),
        single(headers, ISSUE));
  }

  /**
   * Copies what the caller said of itself into the answer, whatever the answer is going to be. A
   * value that {@link #read} would refuse is left out.
   */
  static void echo(final MultiMap request, final MultiMap response) {
    for (final String name : ECHOED) {
      try {
        final String value = single(request, name);
        if (value != null && (!name.equals(CLIENT) || MEMBER.matcher(value).matches())) {
          response.set(name, value);
        }
      } catch (final NoticeRefused e) {
        response.remove(name);
      }
    }
  }

  private static String single(final MultiMap headers, final String name) throws NoticeRefused {
    final var values = headers.getAll(name);
    if (values.size() > 1) {
      throw new NoticeRefused(
          400, "Client.InvalidHeader", name + " occurs " + values.size() + " times");
    }
    if (values.isEmpty() || values.get(0).isBlank()) {
      return null;
    }
    final String value = values.get(0).strip();
    if (value.length() > VALUE_CHARS_MAX) {
      throw new NoticeRefused(
          400, "Client.InvalidHeader", name + " is longer than " + VALUE_CHARS_MAX + " characters");
    }
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      throw new NoticeRefused(400, "Client.InvalidHeader", name + " contains a control character");
    }
    return value;
  }
}
