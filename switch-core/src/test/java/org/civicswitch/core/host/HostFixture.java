package org.civicswitch.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.sim.SimStorage;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;

/** A host with the real engine and journal on a simulated disk, and one client. */
final class HostFixture implements AutoCloseable {
  static final int RING = 64;
  static final int OUTPUT_RING_BYTES = 8 << 20;

  final SimStorage disk = new SimStorage();
  final SharedStorage storage = new SharedStorage(disk);
  final SimStorage archiveDisk = new SimStorage();
  final ScriptedEngine engine = new ScriptedEngine();
  final MemoryFeed feed = new MemoryFeed();
  final AtomicLong clockStepMs = new AtomicLong();
  final List<Long> answered = new ArrayList<>();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  final EmbeddedHost host;
  final SwitchClient client;

  HostFixture() throws IOException {
    this(options());
  }

  HostFixture(final HostOptions options) throws IOException {
    host =
        new EmbeddedHost(
            storage,
            new Recovery(storage, note -> {})
                .open(engine, journalOptions(), Long.MAX_VALUE, ReplayVisitor.NONE)
                .journal(),
            Archive.open(new SharedStorage(archiveDisk)),
            engine,
            feed,
            options.withClock(() -> System.currentTimeMillis() + clockStepMs.get()));
    client = host.newClient();
  }

  static HostOptions options() {
    return HostOptions.defaults().withRing(RING, RING).withOutputRing(OUTPUT_RING_BYTES);
  }

  static JournalOptions journalOptions() {
    return JournalOptions.defaults().withSegmentBytes(JournalOptions.MIN_SEGMENT_BYTES);
  }

  /** Shaped wrongly, so the engine refuses it: what matters here is that it is answered. */
  static int offer(
      final SwitchClient to,
      final int template,
      final int participant,
      final int length,
      final long correlationId) {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[length]);
    new MessageHeaderEncoder().wrap(command, 0).templateId(template).schemaId(4217).version(1);
    new HeadEncoder().wrap(command, MessageHeaderEncoder.ENCODED_LENGTH).participant(participant);
    return to.offer(command, 0, length, correlationId);
  }

  int offer(final int template, final int participant, final long correlationId) {
    return offer(client, template, participant, 64, correlationId);
  }

  int submit(final long correlationId) {
    return offer(SubmitPaymentEncoder.TEMPLATE_ID, 0, correlationId);
  }

  int confirm(final long correlationId) {
    return offer(ConfirmPaymentEncoder.TEMPLATE_ID, 0, correlationId);
  }

  /** Offers until it is taken and answered. */
  void take(final long correlationId) {
    take(correlationId, 64);
  }

  void take(final long correlationId, final int length) {
    until(
        () -> {
          poll();
          return offer(client, SubmitPaymentEncoder.TEMPLATE_ID, 0, length, correlationId)
              == SwitchClient.ACCEPTED;
        });
    until(
        () -> {
          poll();
          return answered.contains(correlationId);
        });
  }

  void poll() {
    client.poll(
        (id, buffer, offset, length) -> {
          outcome.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
          assertThat(outcome.sequence()).isLessThanOrEqualTo(host.releasedSequence() + RING);
          answered.add(id);
        },
        100);
  }

  static void until(final BooleanSupplier condition) {
    final long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() throws IOException {
    if (engine.waitFor != null) {
      engine.waitFor.countDown();
    }
    host.close();
  }
}
