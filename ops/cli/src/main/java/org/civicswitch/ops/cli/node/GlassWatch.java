package org.civicswitch.ops.cli.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.FeedProjection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarm for changes that somebody made alone although a rule wants others: a counter from the
 * first command on, and a line in the log for each, also for those of before a restart.
 */
final class GlassWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GlassWatch.class);

  private final FeedProjection projection;

  private GlassWatch(final SwitchConnection connection, final Counter broken) {
    final EventHandlers handlers = new EventHandlers();
    handlers.on(
        GlassBrokenDecoder.TEMPLATE_ID,
        new GlassBrokenDecoder(),
        GlassBrokenDecoder::wrap,
        (sequence, event) -> {
          broken.increment();
          LOG.warn(
              "operator {} broke the glass at sequence {}: {}",
              event.signer(),
              event.at().sequence(),
              event.reason().strip());
        });
    projection = FeedProjection.start("glass-feed", connection, 1, handlers);
  }

  static GlassWatch start(final SwitchConnection connection, final MeterRegistry registry) {
    return new GlassWatch(
        connection,
        Counter.builder("civicswitch.glass.broken")
            .description("changes made by one person although a rule wants others")
            .register(registry));
  }

  @Override
  public void close() {
    projection.close();
  }
}
