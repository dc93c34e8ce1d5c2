package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStoreTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 4096, 8192})
  void everyRecordHasItsOwnWords(final int recordWords) {
    final int count = 3 * RecordStore.PAGE_WORDS / recordWords + 2;
    final RecordStore store = new RecordStore("s", recordWords, count);
    for (int h = 1; h <= count; h++) {
      assertThat(store.allocate()).isEqualTo(h);
      store.set(h, 0, h);
      store.set(h, recordWords - 1, -h);
    }
    assertThat(store.allocate()).isZero();
    for (int h = 1; h <= count; h++) {
      assertThat(store.get(h, 0)).isEqualTo(h);
      assertThat(store.get(h, recordWords - 1)).isEqualTo(-h);
      assertThat(store.page(h)[store.offset(h)]).isEqualTo(h);
    }
  }

  @Test
  void releasedRecordsAreZeroAndUsedFirst() {
    final RecordStore store = new RecordStore("s", 4, 3);
    final int first = store.allocate();
    final int second = store.allocate();
    store.set(first, 0, 9);
    store.set(first, 3, 9);
    store.release(first);
    store.release(second);
    assertThat(store.size()).isZero();
    assertThat(store.allocate()).isEqualTo(second);
    assertThat(store.allocate()).isEqualTo(first);
    for (int w = 0; w < 4; w++) {
      assertThat(store.get(first, w)).isZero();
    }
    assertThat(store.highWater()).isEqualTo(2);
  }

  @Test
  void capacityBelowUseStopsNewRecordsOnly() {
    final RecordStore store = new RecordStore("s", 2, 3);
    store.allocate();
    store.allocate();
    store.capacity(1);
    assertThat(store.isFull()).isTrue();
    assertThat(store.allocate()).isZero();
    store.release(1);
    assertThat(store.allocate()).isZero();
    store.release(2);
    assertThat(store.allocate()).isEqualTo(2);
  }

  @Test
  void refusesSizesThatDoNotFitAPage() {
    for (final int words : new int[] {0, 1, 3, 12, 16384, -8}) {
      assertThatThrownBy(() -> new RecordStore("s", words, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (final int capacity : new int[] {0, -1, (1 << 30) + 1}) {
      assertThatThrownBy(() -> new RecordStore("s", 2, capacity))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("capacity");
    }
  }

  @Test
  void walksWhatIsInUseInOrder() {
    final RecordStore store = new RecordStore("s", 2, 200);
    for (int i = 0; i < 130; i++) {
      store.allocate();
    }
    store.release(64);
    store.release(1);
    store.release(130);
    final List<Integer> seen = new ArrayList<>();
    store.forEach(seen::add);
    assertThat(seen).hasSize(127).isSorted().doesNotContain(64, 1, 130);
  }

  @Test
  void hashTellsContentCapacityAndFreeOrderApart() {
    final RecordStore one = twoRecords();
    final RecordStore other = twoRecords();
    assertThat(hash(one)).isEqualTo(hash(other));
    one.set(2, 1, 5);
    assertThat(hash(one)).isNotEqualTo(hash(other));
    one.set(2, 1, 0);
    assertThat(hash(one)).isEqualTo(hash(other));
    one.capacity(11);
    assertThat(hash(one)).isNotEqualTo(hash(other));
    one.capacity(10);
    one.release(1);
    one.release(2);
    other.release(2);
    other.release(1);
    assertThat(hash(one)).isNotEqualTo(hash(other));
  }

  @Test
  void hashSeesRecordThatWasAllocatedAndNeverWritten() {
    final StateSpace space = new StateSpace();
    final RecordStore store = space.add("s", 2, 10);
    store.allocate();
    space.stateHash();
    store.allocate();
    final HeapSnapshot snapshot = new HeapSnapshot();
    try (StateSpace.Image image = space.freeze()) {
      image.writeTo(snapshot);
      assertThat(image.stateHash()).isEqualTo(space.stateHash());
    }
    final StateSpace loaded = new StateSpace();
    loaded.add("s", 2, 10);
    loaded.load(snapshot);
    assertThat(loaded.stateHash()).isEqualTo(space.stateHash());
  }

  private static long hash(final RecordStore store) {
    final PageHashes hashes = new PageHashes();
    store.hashPages(hashes);
    hashes.finish();
    return store.stateHash();
  }

  private static RecordStore twoRecords() {
    final RecordStore store = new RecordStore("s", 2, 10);
    store.allocate();
    store.allocate();
    return store;
  }
}
