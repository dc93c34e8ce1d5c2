package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what the gateway gives of a mailbox, token by token: no tree is built. */
final class Inbox {
  private static final JsonFactory JSON = new JsonFactory();

  private Inbox() {}

  /**
   * One leased message.
   *
   * @param id what acknowledges it; rises in the order of messages
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Letter(long id, byte[] document) {}

  /**
   * The messages of an answer, in order.
   *
   * @throws IOException when the gateway's answer is not of the agreed form
   */
  static List<Letter> read(final byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      final List<Letter> letters = new ArrayList<>();
      expect(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        final boolean messages = "messages".equals(parser.currentName());
        parser.nextToken();
        if (!messages) {
          parser.skipChildren();
          continue;
        }
        expect(parser.currentToken() == JsonToken.START_ARRAY);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          letters.add(letter(parser));
        }
      }
      return letters;
    } catch (final JacksonException | NumberFormatException e) {
      throw new IOException("the gateway's answer is no mailbox: " + e.getMessage(), e);
    }
  }

  private static Letter letter(final JsonParser parser) throws IOException {
    String id = null;
    String document = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      final String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getString();
        case "document" -> document = parser.getString();
        default -> parser.skipChildren();
      }
    }
    expect(id != null && document != null);
    return new Letter(Long.parseLong(id), document.getBytes(StandardCharsets.UTF_8));
  }

  private static void expect(final boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("the gateway's answer is no mailbox");
    }
  }
}
