package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdIndexTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 2, 1", "3, 3, 2", "4, 4, 4", "5, 2, 0"})
  void findsWhatAMapFinds(final long seed, final int keyWords, final int keyWord) {
    final SplittableRandom random = new SplittableRandom(seed);
    final RecordStore store = new RecordStore("s", 8, 1 << 20);
    final IdIndex index = new IdIndex(store, keyWord, keyWords);
    index.seed(random.nextLong());
    final Map<List<Long>, Integer> model = new HashMap<>();
    final List<List<Long>> keys = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      // Phases of growth and of decline, so that chains are built and taken apart.
      final boolean growing = (i / 7_000) % 2 == 0;
      if (keys.isEmpty() || random.nextInt(10) < (growing ? 7 : 3)) {
        final List<Long> key = key(random, keyWords);
        if (!model.containsKey(key)) {
          final int handle = store.allocate();
          for (int w = 0; w < keyWords; w++) {
            store.set(handle, keyWord + w, key.get(w));
          }
          index.put(handle);
          model.put(key, handle);
          keys.add(key);
        }
      } else {
        final int at = random.nextInt(keys.size());
        final List<Long> key = keys.get(at);
        keys.set(at, keys.get(keys.size() - 1));
        keys.remove(keys.size() - 1);
        final int handle = model.remove(key);
        index.remove(handle);
        store.release(handle);
        assertThat(find(index, key)).as("seed %d", seed).isZero();
      }
      final List<Long> probe = key(random, keyWords);
      assertThat(find(index, probe))
          .as("seed %d step %d", seed, i)
          .isEqualTo(model.getOrDefault(probe, 0));
      if (i % 9_999 == 0) {
        assertAll(seed, index, model);
        index.rebuild();
      }
    }
    assertAll(seed, index, model);
  }

  private static void assertAll(
      final long seed, final IdIndex index, final Map<List<Long>, Integer> model) {
    assertThat(index.size()).isEqualTo(model.size());
    model.forEach(
        (key, handle) -> assertThat(find(index, key)).as("seed %d", seed).isEqualTo(handle));
  }

  private static List<Long> key(final SplittableRandom random, final int words) {
    final List<Long> key = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      // Few values: many keys that share words, zero among them.
      key.add((long) random.nextInt(words == 1 ? 50_000 : words == 2 ? 200 : 40));
    }
    return key;
  }

  private static int find(final IdIndex index, final List<Long> key) {
    final long[] k = new long[4];
    for (int i = 0; i < key.size(); i++) {
      k[i] = key.get(i);
    }
    return index.find(k[0], k[1], k[2], k[3]);
  }

  @Test
  void seedComesBeforeTheFirstEntry() {
    final RecordStore store = new RecordStore("s", 2, 4);
    final IdIndex index = new IdIndex(store, 0, 2);
    index.put(store.allocate());
    assertThatThrownBy(() -> index.seed(1)).isInstanceOf(IllegalStateException.class);
    index.clear();
    index.seed(1);
    index.rebuild();
    assertThat(index.find(0, 0)).isEqualTo(1);
  }

  @Test
  void removingWhatIsNotThereIsADefect() {
    final RecordStore store = new RecordStore("s", 2, 4);
    final IdIndex index = new IdIndex(store, 0, 2);
    final int handle = store.allocate();
    assertThatThrownBy(() -> index.remove(handle)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void touchReadsWithoutEffect() {
    final RecordStore store = new RecordStore("s", 2, 4);
    final IdIndex index = new IdIndex(store, 0, 2);
    assertThat(index.touch(5, 6, 0, 0)).isZero();
    final int handle = store.allocate();
    store.set(handle, 0, 5);
    store.set(handle, 1, 6);
    index.put(handle);
    assertThat(index.touch(5, 6, 0, 0)).isEqualTo(5);
  }
}
