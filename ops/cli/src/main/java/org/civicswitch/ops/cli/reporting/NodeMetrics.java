package org.civicswitch.ops.cli.reporting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.civicswitch.ops.cli.node.Endpoints;

/** The figures of a running node that have no labels. */
final class NodeMetrics {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private final Map<String, Double> values = new HashMap<>();

  private NodeMetrics(final String text) {
    for (final String line : text.split("\n", -1)) {
      final int space = line.indexOf(' ');
      if (space > 0 && line.charAt(0) != '#' && line.indexOf('{') < 0) {
        values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1).strip()));
      }
    }
  }

  /**
   * @throws IOException if no node runs on this data, or it does not answer
   */
  static NodeMetrics read(final Path data) throws IOException {
    final URI url = URI.create(Endpoints.read(data).url("metrics"));
    try {
      return new NodeMetrics(
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(url).timeout(ANSWER_MAX).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * @throws IOException if the node has no such figure
   */
  double value(final String name) throws IOException {
    final Double value = values.get(name);
    if (value == null) {
      throw new IOException("the running switch has no figure " + name);
    }
    return value;
  }
}
