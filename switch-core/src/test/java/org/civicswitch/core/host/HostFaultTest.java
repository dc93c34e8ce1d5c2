package org.civicswitch.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.civicswitch.core.host.HostFixture.until;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.AnySignature;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong around a host: disk, feed, archive, and stops in the middle of it. */
@Timeout(60)
final class HostFaultTest {
  /** The state that a restart finds. */
  private static SwitchEngine restart(final HostFixture on) throws IOException {
    final SwitchEngine again = new SwitchEngine(new AnySignature());
    new Recovery(on.storage, note -> {})
        .open(again, HostFixture.journalOptions(), Long.MAX_VALUE, ReplayVisitor.NONE)
        .journal()
        .close();
    return again;
  }

  @Test
  void aForceThatHangsReleasesNothingAndIsTold() throws IOException {
    final HostFixture on = new HostFixture(HostFixture.options().withPatience(50, 50));
    on.take(1);
    final CountDownLatch hanging = new CountDownLatch(1);
    on.storage.forceHangs = hanging;
    assertThat(on.submit(2)).isEqualTo(SwitchClient.ACCEPTED);
    until(() -> on.host.pausedReason() != null);
    assertThat(on.host.pausedReason()).contains("does the disk answer?");
    assertThat(on.submit(3)).isEqualTo(SwitchClient.BACK_PRESSURED);
    on.poll();
    assertThat(on.answered).containsExactly(1L);
    assertThatThrownBy(on.host::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk does not answer");
    assertThat(on.host.hasEnded()).isFalse();
    hanging.countDown();
    until(on.host::hasEnded);
    assertThat(restart(on).sequence()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void aForceThatReturnsAtLastOpensTheIntakeAgain() throws IOException {
    try (HostFixture on = new HostFixture(HostFixture.options().withPatience(50, 30_000))) {
      final CountDownLatch hanging = new CountDownLatch(1);
      on.storage.forceHangs = hanging;
      on.submit(1);
      until(() -> on.host.pausedReason() != null);
      on.storage.forceHangs = null;
      hanging.countDown();
      until(() -> on.host.pausedReason() == null);
      on.take(2);
      assertThat(on.answered).containsExactly(1L, 2L);
    }
  }

  @Test
  void littleRoomStopsIntakeAndNotConfirmations() throws IOException {
    try (HostFixture on = new HostFixture()) {
      on.disk.capacity(Long.MAX_VALUE - on.disk.usableBytes() + (100 << 20));
      until(() -> on.host.pausedReason() != null);
      assertThat(on.host.pausedReason()).contains("100 MiB are free on the disk, 256 are needed");
      assertThat(on.submit(1)).isEqualTo(SwitchClient.BACK_PRESSURED);
      assertThat(on.confirm(2)).isEqualTo(SwitchClient.ACCEPTED);
      on.disk.capacity(Long.MAX_VALUE);
      until(() -> on.host.pausedReason() == null);
      on.take(3);
    }
  }

  @Test
  void aFeedThatCannotBeForcedHaltsAndSaysWhy() throws Exception {
    try (HostFixture on = new HostFixture()) {
      on.take(1);
      on.feed.syncFails = "the feed's disk is gone";
      final var asked = on.host.requestSnapshot();
      until(on.host::isHalted);
      assertThat(on.host.haltReason()).hasMessage("the feed's disk is gone");
      until(asked::isDone);
      assertThatThrownBy(asked::get).isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> on.host.requestSnapshot().get())
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("the host has stopped");
    }
  }

  @Test
  void aFeedBeingForcedHoldsNobodyUp() throws IOException {
    try (HostFixture on = new HostFixture()) {
      on.take(1);
      on.feed.syncWaits = new CountDownLatch(1);
      final var asked = on.host.requestSnapshot();
      // More than the ring holds, so the feed's thread has to go on.
      for (long id = 2; id < 4 * HostFixture.RING; id++) {
        on.take(id);
      }
      assertThat(asked).isNotDone();
      on.feed.syncWaits.countDown();
      until(asked::isDone);
      assertThat(asked).isCompleted();
    }
  }

  @Test
  void aSnapshotIsTakenOfAHostThatNobodyUses() throws Exception {
    try (HostFixture on = new HostFixture()) {
      on.take(1);
      final var asked = on.host.requestSnapshot();
      until(asked::isDone);
      assertThat(asked.get().sequence()).isGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void anUnreachableArchiveKeepsTheJournalAndIsTold() throws Exception {
    try (HostFixture on = new HostFixture()) {
      on.archiveDisk.capacity(0);
      long id = 1;
      for (int snapshot = 0; snapshot < 3; snapshot++) {
        for (int i = 0; i < 4; i++) {
          on.take(id++, 60_000);
        }
        assertThat(on.host.requestSnapshot().get().sequence()).isPositive();
      }
      until(() -> on.host.archiveProblem() != null);
      assertThat(on.host.archiveProblem()).contains("No space left");
      assertThat(on.disk.list()).contains("journal-0000000000000000001.seg");
      on.archiveDisk.capacity(Long.MAX_VALUE);
      on.take(id);
      on.host.requestSnapshot().get();
      until(() -> on.host.archiveProblem() == null);
      assertThat(on.disk.list()).doesNotContain("journal-0000000000000000001.seg");
      assertThat(on.archiveDisk.list()).contains("journal-0000000000000000001.seg.gz");
      assertThat(on.host.isHalted()).isFalse();
    }
  }

  @Test
  void aStopAnswersEverythingThatWasTaken() throws IOException {
    final HostFixture on = new HostFixture();
    on.engine.waitFor = new CountDownLatch(1);
    int taken = 0;
    while (on.submit(taken) == SwitchClient.ACCEPTED) {
      taken++;
    }
    on.close();
    on.poll();
    assertThat(on.answered).hasSize(taken);
    assertThat(on.feed.sequences()).hasSize(taken);
    assertThat(restart(on).sequence()).isEqualTo(taken);
  }
}
