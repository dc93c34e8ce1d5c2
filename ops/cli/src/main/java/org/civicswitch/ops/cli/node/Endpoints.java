package org.civicswitch.ops.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code DIR/endpoints.json}: where a running node can be reached. Absent while none is ready. */
public final class Endpoints {
  private static final String FILE = "endpoints.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> urls = new LinkedHashMap<>();

  Endpoints put(final String name, final String url) {
    urls.put(name, url);
    return this;
  }

  /**
   * Reads the file of a running node.
   *
   * @throws IOException if none runs there, in words for the person who asked
   */
  public static Endpoints read(final Path data) throws IOException {
    final Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException(
          "no switch is running in " + data + " (there is no " + FILE + "); start one first");
    }
    try {
      final Endpoints endpoints = new Endpoints();
      final JsonNode json = JSON.readTree(Files.readAllBytes(file));
      for (final Map.Entry<String, JsonNode> entry : json.properties()) {
        endpoints.put(entry.getKey(), entry.getValue().asString());
      }
      return endpoints;
    } catch (final JacksonException e) {
      throw new IOException(file + " is damaged", e);
    }
  }

  /** The URL of a listener: iso20022, exchange, console, metrics, health. */
  public String url(final String name) {
    final String url = urls.get(name);
    if (url == null) {
      throw new IllegalStateException("the running switch has no " + name + " listener");
    }
    return url;
  }

  /** One object on one line. */
  public String json() {
    return JSON.writeValueAsString(urls);
  }

  /** Written whole or not at all: readers poll for it. */
  void write(final Path data) throws IOException {
    final Path unfinished = data.resolve("." + FILE);
    Files.writeString(unfinished, json() + "\n");
    Files.move(
        unfinished,
        data.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(final Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }
}
