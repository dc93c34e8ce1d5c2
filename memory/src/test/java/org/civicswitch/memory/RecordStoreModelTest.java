package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stores against maps, with images written between, during and beside the changes. */
class RecordStoreModelTest {
  private static final int[] WORDS = {8, 128};
  private static final int CAPACITY = 3000;

  private final StateSpace space = new StateSpace();
  private final RecordStore[] stores = stores(space);
  private final List<NavigableMap<Integer, long[]>> model = emptyModel();
  private SplittableRandom random = new SplittableRandom(0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void imagesWrittenAtAnyMomentHoldTheMomentOfTheFreeze(final long seed) {
    random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      change(random.nextInt(3000));
      assertContent(seed, stores, model);
      final List<NavigableMap<Integer, long[]>> frozen = copy(model);
      final long hash = space.stateHash();
      final StateSpace.Image image = space.freeze();
      change(random.nextInt(500));
      if (random.nextInt(4) == 0) {
        image.close();
        continue;
      }
      final HeapSnapshot snapshot = new HeapSnapshot();
      image.writeTo(new Interrupting(snapshot));
      change(random.nextInt(100));
      image.close();
      assertThat(image.stateHash()).as("seed %d round %d", seed, round).isEqualTo(hash);
      assertLoads(seed, snapshot, frozen, hash);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void imagesAreWrittenByAnotherThread(final long seed) throws Exception {
    random = new SplittableRandom(seed);
    final ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      change(6000);
      for (int round = 0; round < 30; round++) {
        final List<NavigableMap<Integer, long[]>> frozen = copy(model);
        final long hash = space.stateHash();
        final StateSpace.Image image = space.freeze();
        final HeapSnapshot snapshot = new HeapSnapshot();
        final CompletableFuture<Void> written =
            CompletableFuture.runAsync(() -> image.writeTo(snapshot), writer);
        do {
          change(20);
        } while (!written.isDone());
        written.get();
        change(50);
        image.close();
        assertThat(image.stateHash()).as("seed %d round %d", seed, round).isEqualTo(hash);
        assertLoads(seed, snapshot, frozen, hash);
      }
      assertContent(seed, stores, model);
    } finally {
      writer.shutdownNow();
    }
  }

  private void assertLoads(
      final long seed,
      final HeapSnapshot snapshot,
      final List<NavigableMap<Integer, long[]>> expected,
      final long hash) {
    final StateSpace loaded = new StateSpace();
    final RecordStore[] loadedStores = stores(loaded);
    for (int i = random.nextInt(3); i > 0; i--) {
      loadedStores[0].allocate();
    }
    loaded.load(snapshot);
    assertContent(seed, loadedStores, expected);
    assertThat(loaded.stateHash()).as("seed %d", seed).isEqualTo(hash);
    // What is allocated next is state as well.
    final HeapSnapshot again = new HeapSnapshot();
    try (StateSpace.Image image = loaded.freeze()) {
      image.writeTo(again);
      assertThat(image.stateHash()).as("seed %d", seed).isEqualTo(hash);
    }
  }

  private void change(final int operations) {
    for (int i = 0; i < operations; i++) {
      final int s = random.nextInt(stores.length);
      final RecordStore store = stores[s];
      final NavigableMap<Integer, long[]> records = model.get(s);
      final int dice = random.nextInt(10);
      final Integer some = records.isEmpty() ? null : pick(records);
      if (some == null || dice < 4) {
        final int handle = store.allocate();
        if (records.size() == CAPACITY) {
          assertThat(handle).isZero();
        } else {
          assertThat(records.put(handle, new long[WORDS[s]])).isNull();
        }
      } else if (dice < 6) {
        store.release(some);
        records.remove(some);
      } else {
        final int word = random.nextInt(WORDS[s]);
        final long value = random.nextLong();
        store.set(some, word, value);
        records.get(some)[word] = value;
      }
    }
  }

  private Integer pick(final NavigableMap<Integer, long[]> records) {
    final Integer key = records.ceilingKey(random.nextInt(records.lastKey()) + 1);
    return key == null ? records.lastKey() : key;
  }

  private static void assertContent(
      final long seed,
      final RecordStore[] stores,
      final List<NavigableMap<Integer, long[]>> expected) {
    for (int s = 0; s < stores.length; s++) {
      final RecordStore store = stores[s];
      final List<Integer> handles = new ArrayList<>();
      store.forEach(handles::add);
      assertThat(handles).as("seed %d", seed).isEqualTo(List.copyOf(expected.get(s).keySet()));
      assertThat(store.size()).isEqualTo(handles.size());
      for (final int handle : handles) {
        final long[] record = expected.get(s).get(handle);
        for (int w = 0; w < record.length; w++) {
          if (store.get(handle, w) != record[w]) {
            throw new AssertionError("seed " + seed + ": record " + handle + " word " + w);
          }
        }
      }
    }
  }

  private static RecordStore[] stores(final StateSpace space) {
    final RecordStore[] stores = new RecordStore[WORDS.length];
    for (int i = 0; i < stores.length; i++) {
      stores[i] = space.add("store " + i, WORDS[i], CAPACITY);
    }
    return stores;
  }

  private static List<NavigableMap<Integer, long[]>> emptyModel() {
    final List<NavigableMap<Integer, long[]>> model = new ArrayList<>();
    for (int i = 0; i < WORDS.length; i++) {
      model.add(new TreeMap<>());
    }
    return model;
  }

  private static List<NavigableMap<Integer, long[]>> copy(
      final List<NavigableMap<Integer, long[]>> model) {
    final List<NavigableMap<Integer, long[]>> copy = new ArrayList<>();
    for (final NavigableMap<Integer, long[]> records : model) {
      final NavigableMap<Integer, long[]> records2 = new TreeMap<>();
      records.forEach((handle, words) -> records2.put(handle, words.clone()));
      copy.add(records2);
    }
    return copy;
  }

  /** Changes the stores before and after every page that is written. */
  private final class Interrupting implements SnapshotSink {
    private final SnapshotSink sink;

    Interrupting(final SnapshotSink sink) {
      this.sink = sink;
    }

    @Override
    public void section(final String name, final int version) {
      sink.section(name, version);
    }

    @Override
    public void putLong(final long value) {
      sink.putLong(value);
    }

    @Override
    public void putLongs(final long[] values, final int offset, final int length) {
      change(random.nextInt(20));
      sink.putLongs(values, offset, length);
      change(random.nextInt(20));
    }
  }
}
