package org.civicswitch.ops.cli.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.civicswitch.ops.reporting.Projector;
import org.civicswitch.ops.reporting.ReportingStatus;

/** How far the reporting store is. */
final class ReportingMeters {
  private ReportingMeters() {}

  /** The registry holds the projector weakly: its owner keeps it. */
  static void bind(final Projector projector, final MeterRegistry registry) {
    gauge(
        registry,
        projector,
        "civicswitch.reporting.feed.sequence",
        "last event of the feed that is in the reporting store",
        ReportingStatus::feedSequence);
    gauge(
        registry,
        projector,
        "civicswitch.reporting.lag.seconds",
        "0 while the reporting store has all of the feed, else the age of its last event",
        status -> status.lagMs() / 1000.0);
    gauge(
        registry,
        projector,
        "civicswitch.reporting.stopped",
        "1 while nothing can be written into the reporting store",
        status -> status.problem() == null ? 0 : 1);
  }

  private static void gauge(
      final MeterRegistry registry,
      final Projector projector,
      final String name,
      final String description,
      final ToDoubleFunction<ReportingStatus> value) {
    Gauge.builder(name, projector, p -> value.applyAsDouble(p.status()))
        .description(description)
        .register(registry);
  }
}
