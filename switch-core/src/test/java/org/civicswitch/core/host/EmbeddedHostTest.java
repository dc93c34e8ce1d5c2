package org.civicswitch.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.sim.SimStorage;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EmbeddedHostTest {
  private static final int RING = 64;
  private static final int OUTPUT_RING_BYTES = 8 << 20;

  private final SimStorage disk = new SimStorage();
  private final SharedStorage storage = new SharedStorage(disk);
  private final ScriptedEngine engine = new ScriptedEngine();
  private final MemoryFeed feed = new MemoryFeed();
  private final AtomicLong clockStepMs = new AtomicLong();
  private final List<Long> answered = new ArrayList<>();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private EmbeddedHost host;
  private SwitchClient client;

  @BeforeEach
  void start() throws IOException {
    host =
        new EmbeddedHost(
            storage,
            new Recovery(storage, note -> {})
                .open(engine, options(), Long.MAX_VALUE, ReplayVisitor.NONE)
                .journal(),
            Archive.open(new SharedStorage(new SimStorage())),
            engine,
            feed,
            HostOptions.defaults()
                .withRing(RING, RING)
                .withOutputRing(OUTPUT_RING_BYTES)
                .withClock(() -> System.currentTimeMillis() + clockStepMs.get()));
    client = host.newClient();
  }

  private static JournalOptions options() {
    return JournalOptions.defaults().withSegmentBytes(1 << 20);
  }

  @AfterEach
  void stop() throws IOException {
    if (engine.waitFor != null) {
      engine.waitFor.countDown();
    }
    host.close();
  }

  /** Shaped wrongly, so the engine refuses it: what matters here is that it is answered. */
  private int offer(final int template, final long correlationId) {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
    new MessageHeaderEncoder().wrap(command, 0).templateId(template).schemaId(4217).version(1);
    return client.offer(command, 0, 64, correlationId);
  }

  private int submit(final long correlationId) {
    return offer(SubmitPaymentEncoder.TEMPLATE_ID, correlationId);
  }

  private int confirm(final long correlationId) {
    return offer(ConfirmPaymentEncoder.TEMPLATE_ID, correlationId);
  }

  private void poll() {
    client.poll(
        (id, buffer, offset, length) -> {
          outcome.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
          assertThat(outcome.sequence()).isLessThanOrEqualTo(host.releasedSequence() + RING);
          answered.add(id);
        },
        100);
  }

  private static void until(final BooleanSupplier condition) {
    final long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void answersInOrderAndFeedsWithoutGap() {
    for (long i = 0; i < 1_000; i++) {
      final long id = i;
      until(
          () -> {
            poll();
            return submit(id) == SwitchClient.ACCEPTED;
          });
    }
    until(
        () -> {
          poll();
          return answered.size() == 1_000;
        });
    for (int i = 0; i < 1_000; i++) {
      assertThat(answered.get(i)).isEqualTo(i);
    }
    until(() -> feed.sequences().size() == 1_000);
    assertThat(feed.sequences().get(999)).isEqualTo(1_000);
  }

  @Test
  void refusesNewInstructionsBeforeConfirmationsWhenFull() {
    engine.waitFor = new CountDownLatch(1);
    int submitted = 0;
    while (submit(submitted) == SwitchClient.ACCEPTED) {
      submitted++;
    }
    assertThat(submitted).isEqualTo(RING * 3 / 4);
    assertThat(confirm(1_000)).isEqualTo(SwitchClient.ACCEPTED);
    assertThat(submit(1_001)).isEqualTo(SwitchClient.BACK_PRESSURED);
    engine.waitFor.countDown();
    final int expected = submitted + 1;
    until(
        () -> {
          poll();
          return answered.size() == expected;
        });
  }

  @Test
  void aClientThatDoesNotPollCanOfferNoMoreAndStallsNobody() {
    int accepted = 0;
    for (int i = 0; i < 10 * RING && accepted < RING; i++) {
      final long before = host.releasedSequence();
      if (submit(i) == SwitchClient.ACCEPTED) {
        accepted++;
        until(() -> host.releasedSequence() > before);
      }
    }
    assertThat(accepted).isEqualTo(RING);
    assertThat(submit(0)).isEqualTo(SwitchClient.BACK_PRESSURED);
    try (SwitchClient other = host.newClient()) {
      final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
      assertThat(other.offer(command, 0, 64, 7)).isEqualTo(SwitchClient.ACCEPTED);
      until(() -> other.poll((id, b, o, l) -> assertThat(id).isEqualTo(7), 1) == 1);
    }
  }

  @Test
  void anEngineDefectHaltsAndReleasesNothingBehindIt() {
    engine.failAt = 3;
    for (long i = 1; i <= 5; i++) {
      submit(i);
    }
    until(host::isHalted);
    poll();
    // 1 and 2 may have shared the engine's batch with 3 and then wait for a restart.
    assertThat(answered).doesNotContain(3L, 4L, 5L);
    assertThat(submit(6)).isEqualTo(SwitchClient.CLOSED);
    assertThat(host.haltReason()).hasMessageContaining("planted defect");
  }

  @Test
  void aForceThatFailsHaltsAndAcknowledgesNothingOfIt() {
    assertThat(submit(1)).isEqualTo(SwitchClient.ACCEPTED);
    until(
        () -> {
          poll();
          return answered.size() == 1;
        });
    disk.failForceAfter(0);
    submit(2);
    until(host::isHalted);
    poll();
    assertThat(answered).containsExactly(1L);
    assertThat(submit(3)).isEqualTo(SwitchClient.CLOSED);
    assertThat(host.haltReason()).hasMessageContaining("journal");
  }

  @Test
  void aClockStepStopsIntakeAndNotConfirmations() {
    clockStepMs.set(5_000);
    until(() -> host.pausedReason() != null);
    assertThat(host.pausedReason()).contains("clock stepped");
    assertThat(submit(1)).isEqualTo(SwitchClient.BACK_PRESSURED);
    assertThat(confirm(2)).isEqualTo(SwitchClient.ACCEPTED);
    clockStepMs.set(0);
    until(() -> host.pausedReason() == null);
    assertThat(submit(3)).isEqualTo(SwitchClient.ACCEPTED);
  }

  @Test
  void aStepIsNotStampedIntoTheLog() {
    clockStepMs.set(3_600_000);
    until(() -> host.pausedReason() != null);
    confirm(1);
    until(() -> host.releasedSequence() >= 1);
    assertThat(host.engineTimeMs()).isLessThan(System.currentTimeMillis() + 60_000);
  }

  @Test
  void outputsLargerThanTheRingDoNotStopTheEngine() {
    engine.eventsPerCommand = 10;
    engine.waitFor = new CountDownLatch(1);
    long offered = 0;
    while (confirm(offered) == SwitchClient.ACCEPTED) {
      offered++;
    }
    assertThat(offered * 10 * ScriptedEngine.EVENT_BYTES).isGreaterThan(OUTPUT_RING_BYTES);
    engine.waitFor.countDown();
    final long expected = offered;
    until(() -> host.releasedSequence() == expected);
  }

  @Test
  void aPulseComesWhenADeadlineIsDue() {
    engine.deadlineMs = System.currentTimeMillis() + 1_000;
    submit(1);
    until(() -> host.releasedSequence() >= 2 || host.isHalted());
    assertThat(host.haltReason()).isNull();
    assertThat(engine.deadlineMs).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCleanStopLeavesASnapshotThatGivesTheSameState() throws IOException {
    for (long i = 0; i < 20; i++) {
      submit(i);
    }
    host.close();
    final SwitchEngine again = new SwitchEngine();
    final Recovery.Recovered recovered =
        new Recovery(storage, note -> {})
            .open(again, options(), Long.MAX_VALUE, ReplayVisitor.NONE);
    recovered.journal().close();
    assertThat(recovered.snapshotSequence()).isEqualTo(20);
    assertThat(recovered.replayed()).isZero();
    assertThat(again.stateHash()).isEqualTo(engine.stateHash());
  }

  @Test
  void aSnapshotOnRequestIsWrittenBesideTheRunningEngine() throws Exception {
    submit(1);
    final var asked = host.requestSnapshot();
    until(
        () -> {
          poll();
          submit(2);
          return asked.isDone();
        });
    assertThat(host.haltReason()).isNull();
    assertThat(asked.get().sequence()).isPositive();
  }
}
