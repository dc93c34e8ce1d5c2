package org.civicswitch.exchange;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.FeedProjection;

/**
 * Which certificate is which registry: a projection of the grants in the feed. It spares a refusal;
 * the engine enforces.
 */
final class Registries implements AutoCloseable {
  /** A connection that may send life events for one participant. */
  record Registry(int connection, int participant) {}

  private final Map<Digest256, Registry> byFingerprint = new ConcurrentHashMap<>();
  private final FeedProjection projection;

  Registries(final SwitchConnection connection) {
    final long lifeEvents = 1L << RecordLifeEventDecoder.TEMPLATE_ID;
    projection =
        FeedProjection.start(
            "exchange-registries",
            connection,
            1,
            new EventHandlers()
                .on(
                    ConnectionChangedDecoder.TEMPLATE_ID,
                    new ConnectionChangedDecoder(),
                    ConnectionChangedDecoder::wrap,
                    (sequence, event) -> {
                      if (event.forParticipant() == 0) {
                        return; // the connection itself, or an operator's: nobody's registry
                      }
                      final Digest256 fingerprint = Digest256.of(event.fingerprint());
                      if ((event.kindsLow() & lifeEvents) != 0) {
                        byFingerprint.put(
                            fingerprint,
                            new Registry((int) event.connection(), (int) event.forParticipant()));
                      } else {
                        byFingerprint.computeIfPresent(
                            fingerprint,
                            (f, known) ->
                                known.participant() == (int) event.forParticipant() ? null : known);
                      }
                    }));
  }

  /** Null for a certificate that is no registry's. */
  Registry of(final Digest256 fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  /** Completes, on the projection's thread, once the grants of the past are all known. */
  CompletableFuture<Long> caughtUp() {
    return projection.caughtUp();
  }

  @Override
  public void close() {
    projection.close();
  }
}
