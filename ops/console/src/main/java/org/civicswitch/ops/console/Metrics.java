package org.civicswitch.ops.console;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.civicswitch.core.protocol.Code;

/**
 * Figures for Prometheus. Labels are participant codes, asset codes, stages and result codes: all
 * bounded, nothing of any person. Amounts are in minor units.
 */
final class Metrics {
  /** Positions beyond this many are left out. */
  static final int POSITIONS_MAX = 500;

  private static final double[] QUANTILES = {0.5, 0.99, 0.999};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Board board;
  private final StageWindows stages;
  private final LongSupplier clockMs;
  private final MultiGauge headroom;
  private final MultiGauge reserved;
  private final MultiGauge proofDifference;
  private final MultiGauge latency;
  private final Set<Code> refusalsCounted = EnumSet.noneOf(Code.class);

  Metrics(final Board board, final StageWindows stages, final LongSupplier clockMs) {
    this.board = board;
    this.stages = stages;
    this.clockMs = clockMs;
    headroom = gauges("civicswitch.position.headroom", "minor units that may still leave");
    reserved = gauges("civicswitch.position.reserved", "minor units set aside");
    proofDifference =
        gauges("civicswitch.proof.difference", "inside less settlement account; 0 when it holds");
    latency = gauges("civicswitch.stage.latency.seconds", "last minute, by quantile");
    gauge(
        "civicswitch.console.as.of.sequence",
        "sequence in the log that is shown",
        p -> p.asOf().logSequence());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    counter("reserved", p -> p.rates.reservedTotal);
    counter("settled", p -> p.rates.settledTotal);
    counter("rejected", p -> p.rates.rejectedTotal);
    counter("expired", p -> p.rates.expiredTotal);
    gauge("civicswitch.feed.sequence", "last feed sequence seen", p -> p.asOf().feedSequence());
    gauge("civicswitch.proof.holds", "1 when the funds are proven", p -> p.proof().holds() ? 1 : 0);
    gauge("civicswitch.subjects.held", "people whose payments wait", p -> p.subjects.count());
  }

  /** For the host's own figures. */
  MeterRegistry registry() {
    return registry;
  }

  void streams(final LongSupplier open) {
    Gauge.builder("civicswitch.console.streams", open, LongSupplier::getAsLong)
        .description("open pages")
        // Nobody else holds the function: held weakly it would be a gauge without a value.
        .strongReference(true)
        .register(registry);
  }

  String scrape() {
    final long now = clockMs.getAsLong();
    final List<StageWindows.Named> host = stages.sums();
    final List<MultiGauge.Row<?>> heads = new ArrayList<>();
    final List<MultiGauge.Row<?>> reserves = new ArrayList<>();
    final List<MultiGauge.Row<?>> differences = new ArrayList<>();
    final Histogram lives =
        board.read(
            p -> {
              p.positions.all().stream()
                  .limit(POSITIONS_MAX)
                  .forEach(
                      position -> {
                        final Tags tags =
                            Tags.of(
                                "participant",
                                p.directory.participant(position.key.participant()).code(),
                                "asset",
                                p.directory.asset(position.key.asset()).code());
                        heads.add(MultiGauge.Row.of(tags, position.headroom()));
                        reserves.add(MultiGauge.Row.of(tags, position.reserved()));
                      });
              for (final FundsProof.Funds funds : p.proof().funds()) {
                differences.add(
                    MultiGauge.Row.of(
                        Tags.of("asset", p.directory.asset(funds.asset()).code()),
                        funds.difference()));
              }
              p.refusals.keySet().forEach(this::countRefusals);
              return p.rates.lives(now, RateViews.LATENCY_SECONDS);
            });
    headroom.register(heads, true);
    reserved.register(reserves, true);
    proofDifference.register(differences, true);
    final List<MultiGauge.Row<?>> latencies = new ArrayList<>();
    host.forEach(named -> quantiles(latencies, named.stage(), named.micros()));
    quantiles(latencies, RateViews.LIFE, lives);
    latency.register(latencies, true);
    return registry.scrape();
  }

  /** A counter for each code that was ever seen. */
  private void countRefusals(final Code code) {
    if (refusalsCounted.add(code)) {
      FunctionCounter.builder(
              "civicswitch.commands.refused",
              board,
              b -> b.read(p -> p.refusals.getOrDefault(code, 0L)))
          .description("commands and items refused, by code")
          .tag("code", code.name())
          .register(registry);
    }
  }

  private static void quantiles(
      final List<MultiGauge.Row<?>> rows, final String stage, final Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return;
    }
    for (final double quantile : QUANTILES) {
      rows.add(
          MultiGauge.Row.of(
              Tags.of("stage", stage, "quantile", Double.toString(quantile)),
              micros.getValueAtPercentile(quantile * 100) / 1e6));
    }
  }

  private MultiGauge gauges(final String name, final String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  private void gauge(
      final String name, final String description, final ToDoubleFunction<Projection> value) {
    Gauge.builder(name, board, b -> b.read(value::applyAsDouble))
        .description(description)
        .register(registry);
  }

  private void counter(final String state, final ToDoubleFunction<Projection> value) {
    FunctionCounter.builder("civicswitch.payments", board, b -> b.read(value::applyAsDouble))
        .description("payments that reached this state")
        .tag("state", state)
        .register(registry);
  }
}
