package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoreTest {
  private static final int BYTES_PER_RECORD = 120;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsWhatWasPutThroughSaveAndLoad(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    StateSpace space = new StateSpace();
    BlobStore blobs = new BlobStore(space, "blobs", 2_000);
    final TreeMap<Integer, byte[]> model = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      if (model.isEmpty() || random.nextInt(10) < 6) {
        final byte[] bytes = bytes(random, random.nextInt(20) == 0 ? 70_000 : 400);
        final int at = random.nextInt(9);
        final UnsafeBuffer source = new UnsafeBuffer(new byte[at + bytes.length]);
        source.putBytes(at, bytes);
        final int free = blobs.records().capacity() - blobs.records().size();
        final int needed = Math.max(1, (bytes.length + BYTES_PER_RECORD - 1) / BYTES_PER_RECORD);
        assertThat(BlobStore.recordsFor(bytes.length)).isEqualTo(needed);
        assertThat(blobs.hasRoomFor(bytes.length)).isEqualTo(free >= needed);
        assertThat(blobs.hasRoomForRecords(free)).isTrue();
        assertThat(blobs.hasRoomForRecords(free + 1L)).isFalse();
        final int handle = blobs.put(source, at, bytes.length);
        if (free >= needed) {
          assertThat(model.put(handle, bytes)).as("seed %d", seed).isNull();
        } else {
          assertThat(handle).isZero();
          assertThat(blobs.records().capacity() - blobs.records().size()).isEqualTo(free);
        }
      } else {
        final Integer key = model.ceilingKey(random.nextInt(model.lastKey()) + 1);
        assertBlob(seed, blobs, key, model.get(key));
        blobs.release(key);
        model.remove(key);
      }
      if (i % 4_999 == 0) {
        final HeapSnapshot snapshot = new HeapSnapshot();
        try (StateSpace.Image image = space.freeze()) {
          image.writeTo(snapshot);
        }
        space = new StateSpace();
        blobs = new BlobStore(space, "blobs", 1);
        space.load(snapshot);
        for (final var entry : model.entrySet()) {
          assertBlob(seed, blobs, entry.getKey(), entry.getValue());
        }
      }
    }
    for (final int handle : model.keySet()) {
      blobs.release(handle);
    }
    assertThat(blobs.records().size()).isZero();
  }

  private static void assertBlob(
      final long seed, final BlobStore blobs, final int handle, final byte[] expected) {
    final byte[] target = new byte[expected.length + 3];
    Arrays.fill(target, (byte) 0x5A);
    assertThat(blobs.length(handle)).isEqualTo(expected.length);
    assertThat(blobs.get(handle, new UnsafeBuffer(target), 1)).isEqualTo(expected.length);
    assertThat(Arrays.copyOfRange(target, 1, 1 + expected.length))
        .as("seed %d", seed)
        .isEqualTo(expected);
    assertThat(target[0]).isEqualTo((byte) 0x5A);
    assertThat(target[expected.length + 1]).isEqualTo((byte) 0x5A);
  }

  private static byte[] bytes(final SplittableRandom random, final int bound) {
    final byte[] bytes = new byte[random.nextInt(bound)];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void emptyStringTakesOneRecord() {
    final BlobStore blobs = new BlobStore(new StateSpace(), "blobs", 1);
    final int handle = blobs.put(new UnsafeBuffer(new byte[0]), 0, 0);
    assertThat(handle).isPositive();
    assertThat(blobs.length(handle)).isZero();
    assertThat(blobs.put(new UnsafeBuffer(new byte[0]), 0, 0)).isZero();
    blobs.release(0);
    blobs.release(handle);
    assertThat(blobs.records().size()).isZero();
  }
}
