package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineQueueTest {
  private static final Comparator<long[]> ORDER =
      Comparator.<long[]>comparingLong(t -> t[0])
          .thenComparingLong(t -> t[1])
          .thenComparingLong(t -> t[2]);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void firesInTheOrderOfASortedSet(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final DeadlineQueue queue = new DeadlineQueue();
    final TreeSet<long[]> model = new TreeSet<>(ORDER);
    final Map<Integer, long[]> byHandle = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      final boolean growing = (i / 10_000) % 2 == 0;
      final int handle = 1 + random.nextInt(5_000);
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        if (!byHandle.containsKey(handle)) {
          // Few deadlines and sequences, so that ties are common.
          final long[] timer = {random.nextInt(50), random.nextInt(5), handle};
          queue.add(handle, timer[0], timer[1]);
          model.add(timer);
          byHandle.put(handle, timer);
        }
      } else if (random.nextBoolean()) {
        final long[] timer = byHandle.remove(handle);
        assertThat(queue.remove(handle)).as("seed %d", seed).isEqualTo(timer != null);
        if (timer != null) {
          model.remove(timer);
        }
      } else if (!model.isEmpty()) {
        final long[] first = model.pollFirst();
        assertThat(queue.peek()).as("seed %d step %d", seed, i).isEqualTo((int) first[2]);
        queue.remove(queue.peek());
        byHandle.remove((int) first[2]);
      }
      assertThat(queue.size()).isEqualTo(model.size());
      assertThat(queue.contains(handle)).isEqualTo(byHandle.containsKey(handle));
      assertThat(queue.nextDeadlineMs())
          .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first()[0]);
      assertThat(queue.peek()).isEqualTo(model.isEmpty() ? 0 : (int) model.first()[2]);
    }
    while (!model.isEmpty()) {
      assertThat(queue.peek()).as("seed %d", seed).isEqualTo((int) model.pollFirst()[2]);
      queue.remove(queue.peek());
    }
  }

  @Test
  void timersOfOneCommandFireByHandleWhateverTheHistory() {
    final DeadlineQueue up = new DeadlineQueue();
    final DeadlineQueue down = new DeadlineQueue();
    for (int i = 1; i <= 100; i++) {
      up.add(i, 7, 7);
      down.add(101 - i, 7, 7);
    }
    for (int i = 1; i <= 100; i++) {
      assertThat(up.peek()).isEqualTo(i);
      assertThat(down.peek()).isEqualTo(i);
      up.remove(i);
      down.remove(i);
    }
  }

  @Test
  void oneHandleWaitsOnce() {
    final DeadlineQueue queue = new DeadlineQueue();
    queue.add(3, 1, 1);
    assertThatThrownBy(() -> queue.add(3, 2, 2)).isInstanceOf(IllegalStateException.class);
    queue.clear();
    assertThat(queue.peek()).isZero();
    assertThat(queue.contains(3)).isFalse();
    queue.add(3, 2, 2);
    assertThat(queue.nextDeadlineMs()).isEqualTo(2);
    assertThat(queue.remove(1_000_000)).isFalse();
  }
}
