package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields that others read. */
class BenchReportTest {
  private static JsonNode json(final BenchReport report) {
    return JsonMapper.builder().build().readTree(report.json());
  }

  @Test
  void namesEveryFieldOfTheContract() {
    final Histogram latency = new Histogram(3);
    for (int us = 1; us <= 1000; us++) {
      latency.recordValue(us * 1000L);
    }
    final PairedRatio pairs = new PairedRatio();
    pairs.add(80, 100);
    pairs.add(90, 100);
    pairs.add(70, 100);
    final JsonNode json =
        json(
            new BenchReport("embedded", "fsync")
                .add("max", 1000.4, 999.6, latency)
                .with("submit_bytes", 1024)
                .add("checked only", 10, 10, null)
                .limit("nothing decided", pairs));

    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "name",
            "version",
            "jdk",
            "cores",
            "durability",
            "seconds",
            "cases",
            "limit",
            "ratio_to_limit",
            "ratio_min",
            "ratio_max",
            "pairs");
    assertThat(json.get("name").asString()).isEqualTo("embedded");
    assertThat(json.get("durability").asString()).isEqualTo("fsync");
    assertThat(json.get("cores").asInt()).isPositive();
    final JsonNode max = json.get("cases").get(0);
    assertThat(max.get("case").asString()).isEqualTo("max");
    assertThat(max.get("offered_per_s").asLong()).isEqualTo(1000);
    assertThat(max.get("accepted_per_s").asLong()).isEqualTo(1000);
    assertThat(max.get("submit_bytes").asInt()).isEqualTo(1024);
    final JsonNode us = max.get("latency_us");
    assertThat(us.propertyNames())
        .containsExactlyInAnyOrder("p50", "p90", "p99", "p999", "p9999", "max");
    assertThat(us.get("p50").asDouble()).isBetween(500.0, 501.0);
    assertThat(us.get("max").asDouble()).isBetween(1000.0, 1001.0);
    assertThat(json.get("cases").get(1).has("latency_us")).isFalse();
    assertThat(json.get("limit").get("what").asString()).isEqualTo("nothing decided");
    assertThat(json.get("limit").get("per_s").asLong()).isEqualTo(100);
    assertThat(json.get("ratio_to_limit").asDouble()).isEqualTo(0.8);
    assertThat(json.get("ratio_min").asDouble()).isEqualTo(0.7);
    assertThat(json.get("ratio_max").asDouble()).isEqualTo(0.9);
    assertThat(json.get("pairs").asInt()).isEqualTo(3);
  }

  @Test
  void isOneLineOfJsonAndATableForPeople() {
    final BenchReport report = new BenchReport("ledger", "none").add("a", 5, 4, null);
    assertThat(report.json()).doesNotContain("\n");
    assertThat(json(report).has("limit")).isFalse();
    assertThat(report.table()).contains("ledger", "accepted/s", "a");
  }
}
