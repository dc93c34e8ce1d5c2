package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdLookAheadTest {
  /** More than it has room for, present and absent, of two indexes, while they grow. */
  @Test
  void changesNothingThatIsFound() {
    final SplittableRandom random = new SplittableRandom(7);
    final RecordStore[] stores = {new RecordStore("a", 2, 10_000), new RecordStore("b", 2, 10_000)};
    final IdIndex[] indexes = {new IdIndex(stores[0], 0, 2), new IdIndex(stores[1], 0, 1)};
    final IdLookAhead ahead = new IdLookAhead(8);
    for (int id = 1; id <= 5_000; id++) {
      for (int i = 0; i < 2; i++) {
        ahead.add(indexes[i], id, i == 0 ? -id : 0, 0, 0);
        ahead.add(indexes[i], random.nextInt(1, id + 1), 0, 0, 0);
        final int handle = stores[i].allocate();
        stores[i].set(handle, 0, id);
        stores[i].set(handle, 1, -id);
        indexes[i].put(handle);
      }
      if (id % 3 == 0) {
        ahead.bringNear();
        assertThat(ahead.isEmpty()).isTrue();
      }
    }
    for (int id = 1; id <= 5_000; id++) {
      assertThat(stores[0].get(indexes[0].find(id, -id), 0)).isEqualTo(id);
      assertThat(indexes[0].find(id, id)).isZero();
      assertThat(stores[1].get(indexes[1].find(id, 0), 1)).isEqualTo(-id);
    }
  }
}
