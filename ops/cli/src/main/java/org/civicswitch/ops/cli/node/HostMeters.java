package org.civicswitch.ops.cli.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.civicswitch.core.host.EmbeddedHost;

/** The host's own figures, beside those that the console reads from the feed. */
final class HostMeters {
  private HostMeters() {}

  /** The registry holds the host weakly: its owner keeps it. */
  static void bind(final EmbeddedHost host, final MeterRegistry registry) {
    gauge(
        registry,
        host,
        "civicswitch.host.released.sequence",
        "last command that is durable, applied and answered",
        EmbeddedHost::releasedSequence);
    gauge(
        registry,
        host,
        "civicswitch.host.backlog",
        "commands taken and not yet released",
        EmbeddedHost::backlog);
    gauge(
        registry,
        host,
        "civicswitch.host.halted",
        "1 when the host halted and only a restart helps",
        h -> h.isHalted() ? 1 : 0);
    gauge(
        registry,
        host,
        "civicswitch.host.paused",
        "1 while new instructions are refused, for example after a step of the clock",
        h -> h.pausedReason() == null ? 0 : 1);
    Gauge.builder("civicswitch.build.info", () -> 1)
        .description("always 1; the version is the label")
        .tag("version", BuildVersion.version())
        .tag("java", Runtime.version().toString())
        .strongReference(true)
        .register(registry);
  }

  private static void gauge(
      final MeterRegistry registry,
      final EmbeddedHost host,
      final String name,
      final String description,
      final ToDoubleFunction<EmbeddedHost> value) {
    Gauge.builder(name, host, value).description(description).register(registry);
  }
}
