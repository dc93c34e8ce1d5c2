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

  @ParameterizedTest
  @CsvSource({"1, 513", "2, 5_000", "3, 70_000", "4, 300_000"})
  void builtAtOnceItIsWhatPutsMake(final long seed, final int records) {
    final SplittableRandom random = new SplittableRandom(seed);
    final RecordStore store = new RecordStore("s", 4, 1 << 20);
    final IdIndex one = new IdIndex(store, 1, 2);
    final IdIndex built = new IdIndex(store, 1, 2);
    final List<Integer> handles = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      handles.add(add(store, one, random.nextLong()));
    }
    // Handles in use with gaps between them.
    for (int i = 0; i < records / 10; i++) {
      final int handle = handles.remove(random.nextInt(handles.size()));
      one.remove(handle);
      store.release(handle);
    }
    built.rebuild();
    assertSame(store, handles, one, built, random);
    // It goes on as if it had grown: pages split, entries go.
    final int before = handles.size();
    for (int i = 0; i < records; i++) {
      final int handle = add(store, one, random.nextLong());
      built.put(handle);
      handles.add(handle);
    }
    assertSame(store, handles, one, built, random);
    for (int i = 0; i < before; i++) {
      final int handle = handles.remove(random.nextInt(handles.size()));
      one.remove(handle);
      built.remove(handle);
      store.release(handle);
    }
    assertSame(store, handles, one, built, random);
  }

  /** A page that gets more than its share when an index is built at once. */
  @Test
  void builtAtOnceWithMoreInOnePageThanItHolds() {
    final RecordStore store = new RecordStore("s", 4, 1 << 20);
    final IdIndex index = new IdIndex(store, 1, 1);
    final List<Integer> handles = new ArrayList<>();
    // Of a million keys those whose hash begins alike: the hash of one word is two mixings.
    for (long key = 0; handles.size() < 3_000; key++) {
      if (Hash.mix(Hash.mix(key)) >>> 56 == 0x5A) {
        final int handle = store.allocate();
        store.set(handle, 1, key);
        handles.add(handle);
      }
    }
    index.rebuild();
    assertThat(index.size()).isEqualTo(3_000);
    for (final int handle : handles) {
      assertThat(index.find(store.get(handle, 1), 0)).isEqualTo(handle);
    }
    handles.forEach(index::remove);
    assertThat(index.size()).isZero();
  }

  private static int add(final RecordStore store, final IdIndex index, final long key) {
    final int handle = store.allocate();
    store.set(handle, 1, key);
    store.set(handle, 2, ~key >>> 7);
    index.put(handle);
    return handle;
  }

  private static void assertSame(
      final RecordStore store,
      final List<Integer> handles,
      final IdIndex one,
      final IdIndex other,
      final SplittableRandom random) {
    assertThat(other.size()).isEqualTo(handles.size()).isEqualTo(one.size());
    int wrong = 0;
    for (final int handle : handles) {
      wrong += other.find(store.get(handle, 1), store.get(handle, 2)) == handle ? 0 : 1;
    }
    for (int i = 0; i < 10_000; i++) {
      wrong += other.find(random.nextLong(), random.nextLong()) == 0 ? 0 : 1;
    }
    assertThat(wrong).isZero();
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
}
