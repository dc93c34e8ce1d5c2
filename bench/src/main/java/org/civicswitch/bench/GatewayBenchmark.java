package org.civicswitch.bench;

import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.MessageParser.Found;
import org.civicswitch.bench.RoundTrips.Measured;

/** Reading and checking a pacs.008 against other ways, and a payment's round trip over HTTPS. */
final class GatewayBenchmark implements Benchmark {
  private static final int BULK = 1000;
  private static final long SECOND_NS = 1_000_000_000L;

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String description() {
    return "pacs.008: reading and checking against other parsers; round trips over mutual TLS";
  }

  @Override
  public BenchReport run(final BenchOptions options) throws Exception {
    final BenchReport report = new BenchReport(name(), "fsync");
    final long ns = options.seconds() * SECOND_NS;
    parsers(report, ns);
    try (RoundTripCase through = new RoundTripCase(options.directory())) {
      roundTrips(report, through, ns, options.pairs());
    }
    return report;
  }

  /**
   * Throughput in pairs with as many under way as {@link RoundTrips#IN_FLIGHT}; then latency, open
   * loop, at half of what went through.
   */
  private static void roundTrips(
      final BenchReport report, final RoundTripCase through, final long ns, final int pairCount)
      throws Exception {
    final RoundTripCase.Work max = payments -> payments.closed(ns);
    through.subject(max);
    through.limit(max);
    final PairedRatio pairs = new PairedRatio();
    final Histogram latencies = new Histogram(3);
    for (int i = 0; i < pairCount; i++) {
      final Measured first = i % 2 == 0 ? through.subject(max) : through.limit(max);
      final Measured second = i % 2 == 0 ? through.limit(max) : through.subject(max);
      final Measured subject = i % 2 == 0 ? first : second;
      latencies.add(subject.latencyNs());
      pairs.add(subject.perS(), (i % 2 == 0 ? second : first).perS());
    }
    final double perS = pairs.medianSubject();
    final double offered = Math.max(1, perS / 2);
    final Measured half = through.subject(payments -> payments.open(offered, ns));
    report.add("round trip", offered, half.perS(), half.latencyNs()).with("loop", "open");
    report
        .add("round trip max", perS, perS, latencies)
        .with("loop", "closed")
        .with("in_flight", RoundTrips.IN_FLIGHT);
    report.limit(
        "HTTPS echo: the same exchanges, message sizes, clients, Vert.x and mutual TLS", pairs);
  }

  private static void parsers(final BenchReport report, final long ns) throws Exception {
    final byte[] single = SampleMessages.single();
    final Found expected = new Found(SampleMessages.UETR, 1);
    add(report, "parse+check", Parsers.own(), single, expected, ns);
    add(report, "aalto", Parsers.aalto(), single, expected, ns);
    final Path schema = SampleMessages.schema();
    if (schema == null) {
      System.err.println(
          "bench: no shared/inputs with the official schemas: woodstox+msv and jdk-validator are"
              + " left out (-Dcivicswitch.inputs=DIR names the folder)");
    } else {
      add(report, "woodstox+msv", Parsers.woodstoxWithMsv(schema), single, expected, ns);
      add(report, "jdk-validator", Parsers.jdkValidator(schema), single, expected, ns);
    }
    add(report, "prowide", Parsers.prowide(), single, expected, ns);
    final double perS =
        add(
            report,
            "parse+check bulk",
            Parsers.own(),
            SampleMessages.bulk(BULK),
            new Found(SampleMessages.uetr(BULK), BULK),
            ns);
    report.with("entries_per_s", Math.round(perS * BULK));
  }

  private static double add(
      final BenchReport report,
      final String label,
      final MessageParser parser,
      final byte[] message,
      final Found expected,
      final long ns)
      throws Exception {
    final ParseRun.Result result = ParseRun.run(parser, message, expected, ns);
    report
        .add(label, result.perS(), result.perS(), result.latencyNs())
        .with("loop", "closed")
        .with("message_bytes", message.length)
        .with("mb_per_s", Math.round(result.perS() * message.length / 1e5) / 10.0)
        .with("allocated_bytes_per_message", result.bytesAllocated());
    return result.perS();
  }
}
