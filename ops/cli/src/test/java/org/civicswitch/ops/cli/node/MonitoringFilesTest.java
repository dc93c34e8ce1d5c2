package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What alerts and dashboard ask for is there, and every alert has a page that says what to do. */
@Tag("slow")
final class MonitoringFilesTest {
  private static final Path ROOT =
      Path.of(System.getProperty("user.dir")).resolve("../..").normalize();
  private static final Pattern METRIC = Pattern.compile("\\b(civicswitch|jvm)_[a-z_]+\\b");
  private static final int PATIENCE_S = 20;

  @TempDir private Path data;

  @Test
  void aSwitchHasEveryMetricThatIsAskedFor() throws Exception {
    final Set<String> wanted = new TreeSet<>();
    for (final String file :
        new String[] {
          "deploy/prometheus/civicswitch.rules.yml", "deploy/grafana/civicswitch.json"
        }) {
      final Matcher named = METRIC.matcher(Files.readString(ROOT.resolve(file)));
      while (named.find()) {
        wanted.add(named.group());
      }
    }
    assertThat(wanted).hasSizeGreaterThan(10);
    statement();
    try (SwitchNode node = TestNode.start(data)) {
      final String url = node.endpoints().url("metrics");
      String metrics = get(url);
      // Bank and switch are compared a second after the start, and then every minute.
      for (int i = 0; i < PATIENCE_S && !metrics.contains("civicswitch_funds_breaks{"); i++) {
        Thread.sleep(1_000);
        metrics = get(url);
      }
      // Nothing was refused or paid yet.
      wanted.remove("civicswitch_commands_refused_total");
      wanted.remove("civicswitch_stage_latency_seconds");
      for (final String metric : wanted) {
        assertThat(metrics).contains("\n" + metric);
      }
      assertThat(metrics).contains("civicswitch_funds_breaks{currency=\"EUR\"} 1.0");
    }
  }

  /** An account that is empty, though the switch was prefunded: one break. */
  private void statement() throws Exception {
    final String line = ",XX01,EUR," + LocalDate.now(ZoneOffset.UTC).plusDays(1) + ",0.00,\n";
    Files.createDirectories(data);
    final Path funds = data.resolve("funds");
    org.civicswitch.ops.funds.StatementArchive.open(funds)
        .add(
            ("kind,account,currency,date,amount,reference\nopening" + line + "closing" + line)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            LocalDate.now(ZoneOffset.UTC));
  }

  private static String get(final String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void everyAlertHasItsPage() throws Exception {
    final Matcher page =
        Pattern.compile("runbook: (docs/\\S+)")
            .matcher(Files.readString(ROOT.resolve("deploy/prometheus/civicswitch.rules.yml")));
    int alerts = 0;
    while (page.find()) {
      assertThat(ROOT.resolve(page.group(1))).exists();
      alerts++;
    }
    assertThat(alerts).isGreaterThan(9);
  }
}
