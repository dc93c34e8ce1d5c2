package org.civicswitch.ops.cli.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.reporting.PaymentQuery;
import org.civicswitch.ops.reporting.PaymentSearch;
import org.civicswitch.ops.reporting.ReportingStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
final class ReportingCommandTest {
  @TempDir private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private SwitchNode start(final Map<String, String> more) throws IOException {
    return TestNode.start(data, more);
  }

  private int run(final String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new ReportingCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString());
  }

  @Test
  void followsTheSwitchSaysSoAndIsMadeAnew() throws Exception {
    final long sequence;
    try (SwitchNode node = start(Map.of())) {
      awaitUpToDate();
      assertThat(get(node, "health")).contains("\"reporting\"").contains("up to date");
      assertThat(get(node, "metrics"))
          .contains("civicswitch_reporting_lag_seconds 0.0")
          .contains("civicswitch_reporting_stopped 0.0");
      assertThat(run("rebuild", "--data", data.toString())).isEqualTo(1);
      assertThat(err.toString()).contains("is in use by process");
    }
    assertThat(run("status", "--data", data.toString(), "--json")).isZero();
    sequence = json().get("feed_sequence").asLong();
    assertThat(sequence).isPositive();
    assertThat(json().get("events_behind").asLong()).isZero();

    assertThat(run("rebuild", "--data", data.toString(), "--json")).isZero();
    assertThat(json().get("from").asString()).isEqualTo("feed");
    assertThat(json().get("events").asLong()).isEqualTo(sequence);

    // Without the feed: from the journal, and the same.
    delete(LocalSwitch.feedDirectory(data));
    assertThat(run("rebuild", "--data", data.toString(), "--json")).isZero();
    assertThat(json().get("from").asString()).isEqualTo("journal and its archive");
    assertThat(json().get("events").asLong()).isEqualTo(sequence);
    try (ReportingStore store =
        ReportingStore.open(NodeConfig.load(null, Map.of()).reporting(data).orElseThrow())) {
      assertThat(
              store
                  .payments()
                  .find(PaymentQuery.all(), PaymentSearch.Order.NEWEST_FIRST, null, 10)
                  .asOf())
          .isEqualTo(sequence);
    }
    // The feed comes back with the next start, and the store goes on with it.
    try (SwitchNode node = start(Map.of())) {
      awaitUpToDate();
      assertThat(get(node, "health")).contains("up to date");
    }
  }

  private void awaitUpToDate() throws Exception {
    final long end = System.nanoTime() + 60_000_000_000L;
    while (true) {
      assertThat(System.nanoTime() - end).as("%s%s", out, err).isNegative();
      Thread.sleep(50);
      // In the node's own process the embedded store can be looked into; another process asks the
      // node.
      if (run("status", "--data", data.toString(), "--json") == 0
          && json().get("feed_sequence").asLong() > 0
          && json().get("events_behind").asLong() == 0) {
        break;
      }
    }
    NodeMetrics metrics = NodeMetrics.read(data);
    while (metrics.value("civicswitch_reporting_lag_seconds") > 0) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(50);
      metrics = NodeMetrics.read(data);
    }
    assertThat(metrics.value("civicswitch_reporting_feed_sequence"))
        .isEqualTo(json().get("feed_sequence").asDouble());
  }

  @Test
  void aDatabaseThatIsAwayStopsNobody() throws Exception {
    try (SwitchNode node = start(Map.of("reporting.url", "jdbc:postgresql://127.0.0.1:1/none"))) {
      final long end = System.nanoTime() + 60_000_000_000L;
      while (!get(node, "health").contains("stopped for now")) {
        assertThat(System.nanoTime() - end).isNegative();
        Thread.sleep(50);
      }
      assertThat(status(node, "health")).as("ready for payments").isEqualTo(200);
      assertThat(get(node, "metrics")).contains("civicswitch_reporting_stopped 1.0");
      assertThat(NodeMetrics.read(data).value("civicswitch_reporting_lag_seconds")).isPositive();
    }
    assertThat(data.resolve("reporting")).doesNotExist();
  }

  @Test
  void switchedOffItIsNotThere() throws Exception {
    try (SwitchNode node = start(Map.of("reporting.enabled", "false"))) {
      assertThat(get(node, "health")).contains("switched off");
      assertThat(Endpoints.read(data)).isNotNull();
    }
    assertThat(data.resolve("reporting")).doesNotExist();
    assertThat(run("status", "--data", data.toString(), "--set", "reporting.enabled=false"))
        .isEqualTo(1);
    assertThat(run("status", "--data", data.toString(), "--json")).isZero();
    assertThat(json().get("exists").asBoolean()).isFalse();
  }

  @Test
  void wrongUsageIsNamed() {
    assertThat(run("status")).isEqualTo(2);
    assertThat(run("status", "--data", data.toString(), "--set", "reporting.url=jdbc:x"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("must begin with jdbc:postgresql:");
    assertThat(run("rebuild", "--data", data.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no switch's data in");
  }

  private static String get(final SwitchNode node, final String endpoint) throws Exception {
    return send(node, endpoint).body();
  }

  private static int status(final SwitchNode node, final String endpoint) throws Exception {
    return send(node, endpoint).statusCode();
  }

  private static HttpResponse<String> send(final SwitchNode node, final String endpoint)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(node.endpoints().url(endpoint))).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void delete(final Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
