package org.civicswitch.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a benchmark found: the fields that checks read, and a table for people. */
final class BenchReport {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(SerializationFeature.INDENT_OUTPUT).build();

  private final String name;
  private final String durability;
  private final long startedNs = System.nanoTime();
  private final List<Map<String, Object>> cases = new ArrayList<>();
  private Map<String, Object> limit;
  private PairedRatio ratio;

  /**
   * @param durability none, fsync, quorum or quorum+fsync
   */
  BenchReport(final String name, final String durability) {
    this.name = name;
    this.durability = durability;
  }

  /**
   * Adds a case.
   *
   * @param latencyNs nanoseconds from the intended send time, or null where none is measured
   */
  BenchReport add(
      final String label,
      final double offeredPerS,
      final double acceptedPerS,
      final Histogram latencyNs) {
    final Map<String, Object> one = new LinkedHashMap<>();
    one.put("case", label);
    one.put("offered_per_s", Math.round(offeredPerS));
    one.put("accepted_per_s", Math.round(acceptedPerS));
    if (latencyNs != null) {
      final Map<String, Object> us = new LinkedHashMap<>();
      us.put("p50", us(latencyNs.getValueAtPercentile(50)));
      us.put("p90", us(latencyNs.getValueAtPercentile(90)));
      us.put("p99", us(latencyNs.getValueAtPercentile(99)));
      us.put("p999", us(latencyNs.getValueAtPercentile(99.9)));
      us.put("p9999", us(latencyNs.getValueAtPercentile(99.99)));
      us.put("max", us(latencyNs.getMaxValue()));
      one.put("latency_us", us);
    }
    cases.add(one);
    return this;
  }

  /** Adds a field to the case that was added last. */
  BenchReport with(final String field, final Object value) {
    cases.get(cases.size() - 1).put(field, value);
    return this;
  }

  BenchReport limit(final String what, final PairedRatio pairs) {
    limit = new LinkedHashMap<>();
    limit.put("what", what);
    limit.put("per_s", Math.round(pairs.medianLimit()));
    ratio = pairs;
    return this;
  }

  private static double us(final long ns) {
    return Math.round(ns / 100.0) / 10.0;
  }

  String json() {
    final Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", name);
    final String version = BenchReport.class.getPackage().getImplementationVersion();
    all.put("version", version == null ? "development" : version);
    all.put("jdk", System.getProperty("java.version"));
    all.put("cores", Runtime.getRuntime().availableProcessors());
    all.put("durability", durability);
    all.put("seconds", Math.round((System.nanoTime() - startedNs) / 1e8) / 10.0);
    all.put("cases", cases);
    if (limit != null) {
      all.put("limit", limit);
      all.put("ratio_to_limit", round3(ratio.median()));
      all.put("ratio_min", round3(ratio.min()));
      all.put("ratio_max", round3(ratio.max()));
      all.put("pairs", ratio.size());
    }
    return JSON.writeValueAsString(all);
  }

  private static double round3(final double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  String table() {
    final StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s: durability %s, Java %s, %d cores%n",
            name,
            durability,
            System.getProperty("java.version"),
            Runtime.getRuntime().availableProcessors()));
    text.append(
        String.format(
            "%-28s %12s %12s %9s %9s %9s %9s%n",
            "case", "offered/s", "accepted/s", "p50 us", "p99 us", "p99.9 us", "max us"));
    for (final Map<String, Object> one : cases) {
      final Map<?, ?> us = (Map<?, ?>) one.get("latency_us");
      text.append(
          String.format(
              "%-28s %12s %12s %9s %9s %9s %9s%n",
              one.get("case"),
              one.get("offered_per_s"),
              one.get("accepted_per_s"),
              us == null ? "" : us.get("p50"),
              us == null ? "" : us.get("p99"),
              us == null ? "" : us.get("p999"),
              us == null ? "" : us.get("max")));
    }
    if (limit != null) {
      text.append(
          String.format(
              "limit (%s): %s/s; ratio %.3f (%.3f to %.3f, %d pairs)%n",
              limit.get("what"),
              limit.get("per_s"),
              ratio.median(),
              ratio.min(),
              ratio.max(),
              ratio.size()));
    }
    return text.toString();
  }
}
