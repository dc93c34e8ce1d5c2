package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  @Test
  void eachIsDoneOnceBeforeItReturns() {
    for (int round = 0; round < 200; round++) {
      final int[] done = new int[20];
      final List<Runnable> tasks = new ArrayList<>();
      for (int i = 0; i < done.length; i++) {
        final int task = i;
        tasks.add(() -> done[task]++);
      }
      SideBySide.run(tasks);
      assertThat(done).containsOnly(1);
    }
  }

  @Test
  void twoAreUnderWayAtATime() {
    final CountDownLatch both = new CountDownLatch(2);
    final Runnable meet =
        () -> {
          both.countDown();
          try {
            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    SideBySide.run(List.of(meet, meet));
  }

  @Test
  void aFailureIsTheCallersWhicheverThreadHadIt() {
    final Runnable failing =
        () -> {
          throw new IllegalStateException("rebuild");
        };
    for (int round = 0; round < 50; round++) {
      assertThatThrownBy(() -> SideBySide.run(List.of(failing, () -> {}, failing)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("rebuild");
    }
  }
}
