package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageHashesTest {
  /** A page's hash is part of what two machines compare: its neighbours must not matter. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 11})
  void everyPageIsHashedByItself(final int count) {
    final SplittableRandom random = new SplittableRandom(count);
    final PageHashes hashes = new PageHashes();
    final List<Long> expected = new ArrayList<>();
    final List<Long> found = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      final long[] page = new long[RecordStore.PAGE_WORDS];
      for (int word = random.nextInt(64); word < page.length; word += 3) {
        page[word] = random.nextLong();
      }
      final int length = random.nextInt(page.length + 1);
      expected.add(oneByOne(page, length));
      hashes.add(
          (told, hash) -> {
            assertThat(told).isEqualTo(found.size());
            found.add(hash);
          },
          number,
          page,
          length);
    }
    hashes.finish();
    assertThat(found).isEqualTo(expected);
  }

  private static long oneByOne(final long[] page, final int length) {
    long hash = 0;
    for (int word = 0; word < length; word++) {
      hash = Hash.combine(hash, page[word]);
    }
    return hash;
  }
}
