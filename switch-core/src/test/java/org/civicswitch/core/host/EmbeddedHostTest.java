package org.civicswitch.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.host.HostFixture.until;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.AnySignature;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EmbeddedHostTest {
  private static final int RING = HostFixture.RING;

  private HostFixture on;

  @BeforeEach
  void start() throws IOException {
    on = new HostFixture();
  }

  @AfterEach
  void stop() throws IOException {
    on.close();
  }

  @Test
  void answersInOrderAndFeedsWithoutGap() {
    for (long i = 0; i < 1_000; i++) {
      final long id = i;
      until(
          () -> {
            on.poll();
            return on.submit(id) == SwitchClient.ACCEPTED;
          });
    }
    until(
        () -> {
          on.poll();
          return on.answered.size() == 1_000;
        });
    for (int i = 0; i < 1_000; i++) {
      assertThat(on.answered.get(i)).isEqualTo(i);
    }
    until(() -> on.feed.sequences().size() == 1_000);
    assertThat(on.feed.sequences().get(999)).isEqualTo(1_000);
  }

  @Test
  void refusesNewInstructionsBeforeConfirmationsWhenFull() {
    on.engine.waitFor = new CountDownLatch(1);
    int submitted = 0;
    while (on.submit(submitted) == SwitchClient.ACCEPTED) {
      submitted++;
    }
    assertThat(submitted).isEqualTo(RING * 3 / 4);
    assertThat(on.confirm(1_000)).isEqualTo(SwitchClient.ACCEPTED);
    assertThat(on.submit(1_001)).isEqualTo(SwitchClient.BACK_PRESSURED);
    on.engine.waitFor.countDown();
    final int expected = submitted + 1;
    until(
        () -> {
          on.poll();
          return on.answered.size() == expected;
        });
  }

  @Test
  void aClientThatDoesNotPollCanOfferNoMoreAndStallsNobody() {
    int accepted = 0;
    for (int i = 0; i < 10 * RING && accepted < RING; i++) {
      final long before = on.host.releasedSequence();
      if (on.submit(i) == SwitchClient.ACCEPTED) {
        accepted++;
        until(() -> on.host.releasedSequence() > before);
      }
    }
    assertThat(accepted).isEqualTo(RING);
    assertThat(on.submit(0)).isEqualTo(SwitchClient.BACK_PRESSURED);
    try (SwitchClient other = on.host.newClient()) {
      final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
      assertThat(other.offer(command, 0, 64, 7)).isEqualTo(SwitchClient.ACCEPTED);
      until(() -> other.poll((id, b, o, l) -> assertThat(id).isEqualTo(7), 1) == 1);
    }
  }

  @Test
  void anEngineDefectHaltsAndReleasesNothingBehindIt() {
    on.engine.failAt = 3;
    for (long i = 1; i <= 5; i++) {
      on.submit(i);
    }
    until(on.host::isHalted);
    on.poll();
    // 1 and 2 may have shared the engine's batch with 3 and then wait for a restart.
    assertThat(on.answered).doesNotContain(3L, 4L, 5L);
    assertThat(on.submit(6)).isEqualTo(SwitchClient.CLOSED);
    assertThat(on.host.haltReason()).hasMessageContaining("planted defect");
  }

  @Test
  void aForceThatFailsHaltsAndAcknowledgesNothingOfIt() {
    assertThat(on.submit(1)).isEqualTo(SwitchClient.ACCEPTED);
    until(
        () -> {
          on.poll();
          return on.answered.size() == 1;
        });
    on.disk.failForceAfter(0);
    on.submit(2);
    until(on.host::isHalted);
    on.poll();
    assertThat(on.answered).containsExactly(1L);
    assertThat(on.submit(3)).isEqualTo(SwitchClient.CLOSED);
    assertThat(on.host.haltReason()).hasMessageContaining("journal");
  }

  @Test
  void aClockStepStopsIntakeAndNotConfirmations() {
    on.clockStepMs.set(5_000);
    until(() -> on.host.pausedReason() != null);
    assertThat(on.host.pausedReason()).contains("clock stepped");
    assertThat(on.submit(1)).isEqualTo(SwitchClient.BACK_PRESSURED);
    assertThat(on.confirm(2)).isEqualTo(SwitchClient.ACCEPTED);
    on.clockStepMs.set(0);
    until(() -> on.host.pausedReason() == null);
    assertThat(on.submit(3)).isEqualTo(SwitchClient.ACCEPTED);
  }

  @Test
  void aStepIsNotStampedIntoTheLog() {
    on.clockStepMs.set(3_600_000);
    until(() -> on.host.pausedReason() != null);
    on.confirm(1);
    until(() -> on.host.releasedSequence() >= 1);
    assertThat(on.host.engineTimeMs()).isLessThan(System.currentTimeMillis() + 60_000);
  }

  @Test
  void outputsLargerThanTheRingDoNotStopTheEngine() {
    on.engine.eventsPerCommand = 10;
    on.engine.waitFor = new CountDownLatch(1);
    long offered = 0;
    while (on.confirm(offered) == SwitchClient.ACCEPTED) {
      offered++;
    }
    assertThat(offered * 10 * ScriptedEngine.EVENT_BYTES)
        .isGreaterThan(HostFixture.OUTPUT_RING_BYTES);
    on.engine.waitFor.countDown();
    final long expected = offered;
    until(() -> on.host.releasedSequence() == expected);
  }

  @Test
  void aPulseComesWhenADeadlineIsDue() {
    on.engine.deadlineMs = System.currentTimeMillis() + 1_000;
    on.submit(1);
    until(() -> on.host.releasedSequence() >= 2 || on.host.isHalted());
    assertThat(on.host.haltReason()).isNull();
    assertThat(on.engine.deadlineMs).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCleanStopLeavesASnapshotThatGivesTheSameState() throws IOException {
    for (long i = 0; i < 20; i++) {
      on.submit(i);
    }
    on.host.close();
    final SwitchEngine again = new SwitchEngine(new AnySignature());
    final Recovery.Recovered recovered =
        new Recovery(on.storage, note -> {})
            .open(again, HostFixture.journalOptions(), Long.MAX_VALUE, ReplayVisitor.NONE);
    recovered.journal().close();
    assertThat(recovered.snapshotSequence()).isEqualTo(20);
    assertThat(recovered.replayed()).isZero();
    assertThat(again.stateHash()).isEqualTo(on.engine.stateHash());
  }

  @Test
  void aSnapshotOnRequestIsWrittenBesideTheRunningEngine() throws Exception {
    on.submit(1);
    final var asked = on.host.requestSnapshot();
    until(
        () -> {
          on.poll();
          on.submit(2);
          return asked.isDone();
        });
    assertThat(on.host.haltReason()).isNull();
    assertThat(asked.get().sequence()).isPositive();
  }

  @Test
  void eventsBehindTheOnesToKeepGoAfterASnapshot() throws Exception {
    on.close();
    on = new HostFixture(HostFixture.options().withFeedKeeping(3));
    for (long i = 0; i < 10; i++) {
      on.take(i);
    }
    assertThat(on.feed.releasedBelow).isZero();
    final var asked = on.host.requestSnapshot();
    until(
        () -> {
          on.poll();
          on.submit(99);
          return asked.isDone();
        });
    until(() -> on.feed.releasedBelow > 0);
    assertThat(on.feed.releasedBelow).isBetween(10L - 2, on.feed.lastSequence() - 2);
  }
}
