package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFilesTest {
  private final SimStorage storage = new SimStorage();
  private final SnapshotFiles files = new SnapshotFiles(storage);
  private final List<StorageCorruptException> damaged = new ArrayList<>();

  private SnapshotInfo write(final long sequence) throws IOException {
    return files.write(
        sink -> {
          final long[] page = new long[8192 + 3];
          for (int i = 0; i < page.length; i++) {
            page[i] = sequence * i;
          }
          sink.section("first", 3);
          sink.putLong(sequence);
          sink.putLongs(page, 1, page.length - 1);
          sink.putLong(-1);
          sink.section("empty", 1);
          sink.section("second", 4);
          for (int i = 0; i < 20_000; i++) {
            sink.putLong(i + sequence);
          }
          return new SnapshotInfo(sequence, sequence * 10, sequence * 2, sequence * 99);
        });
  }

  private static void check(final SnapshotReader reader, final long sequence) {
    assertThat(reader.info())
        .isEqualTo(new SnapshotInfo(sequence, sequence * 10, sequence * 2, sequence * 99));
    assertThat(reader.section("first")).isEqualTo(3);
    assertThat(reader.getLong()).isEqualTo(sequence);
    final long[] page = new long[8192 + 3];
    reader.getLongs(page, 1, page.length - 1);
    long wrong = 0;
    for (int i = 0; i < page.length; i++) {
      wrong += page[i] == sequence * i ? 0 : 1;
    }
    assertThat(reader.getLong()).isEqualTo(-1);
    assertThat(reader.section("empty")).isEqualTo(1);
    assertThat(reader.section("second")).isEqualTo(4);
    for (int i = 0; i < 20_000; i++) {
      wrong += reader.getLong() == i + sequence ? 0 : 1;
    }
    reader.end();
    assertThat(wrong).isZero();
    assertThatThrownBy(reader::getLong).isInstanceOf(IllegalStateException.class);
    reader.end();
  }

  private void checkNewest(final long sequence) throws IOException {
    checkNewest(files, sequence);
  }

  private void checkNewest(final SnapshotFiles from, final long sequence) throws IOException {
    final SnapshotInfo loaded =
        from.loadNewest(
            Long.MAX_VALUE, reader -> check(reader, reader.info().sequence()), this::note);
    assertThat(loaded.sequence()).isEqualTo(sequence);
  }

  private void note(final StorageCorruptException found) {
    damaged.add(found);
  }

  private static void refuse(final SnapshotReader reader) {
    throw new AssertionError("nothing is to be loaded: " + reader.name());
  }

  @Test
  void readsBackWhatWasWrittenAndKeepsTwo() throws IOException {
    assertThat(files.loadNewest(Long.MAX_VALUE, SnapshotFilesTest::refuse, this::note)).isNull();
    assertThat(files.coveredSequence()).isZero();
    write(5);
    assertThat(files.coveredSequence()).isZero();
    write(70);
    write(600);
    assertThat(storage.list())
        .containsExactly("snapshot-0000000000000000070.snap", "snapshot-0000000000000000600.snap");
    assertThat(files.coveredSequence()).isEqualTo(70);
    assertThat(files.newestSequence()).isEqualTo(600);
    checkNewest(600);
    assertThat(damaged).isEmpty();
  }

  @Test
  void anyFlippedBitIsFoundAndTheOlderOneTaken() throws IOException {
    write(5);
    write(70);
    final String name = "snapshot-0000000000000000070.snap";
    final long size;
    try (Storage.StoredFile file = storage.open(name)) {
      size = file.size();
    }
    final SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      final long at = i < 120 ? i : random.nextLong(size);
      if (at >= 56 && at < 64) {
        continue; // reserved, but covered by the header's checksum all the same
      }
      final int mask = 1 << random.nextInt(8);
      storage.damage(name, at, mask);
      damaged.clear();
      checkNewest(5);
      assertThat(damaged).as("byte %s", at).hasSize(1);
      assertThat(damaged.get(0).getMessage()).contains(name);
      storage.damage(name, at, mask);
    }
    checkNewest(70);
  }

  @Test
  void truncatedOnesAreSkippedAndSaySo() throws IOException {
    write(5);
    write(70);
    for (final String name : storage.list()) {
      try (Storage.StoredFile file = storage.open(name)) {
        file.truncate(file.size() - 20);
      }
    }
    assertThat(files.loadNewest(Long.MAX_VALUE, SnapshotFilesTest::refuse, this::note)).isNull();
    assertThat(damaged).hasSize(2).allSatisfy(e -> assertThat(e).hasMessageContaining("truncated"));
  }

  @Test
  void anotherFormatIsNotSkipped() throws IOException {
    write(5);
    final String name = storage.list().get(0);
    final ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    try (Storage.StoredFile file = storage.open(name)) {
      file.read(header, 0);
      header.putInt(8, 2);
      header.putInt(SnapshotFormat.HEADER_CRC_AT, SnapshotFormat.headerCrc(header));
      file.write(header.flip(), 0);
    }
    assertThatThrownBy(
            () -> files.loadNewest(Long.MAX_VALUE, SnapshotFilesTest::refuse, this::note))
        .isInstanceOf(StorageFormatException.class)
        .hasMessageContaining("snapshot format 2 is newer than format 1");
  }

  @Test
  void oneAheadOfTheFeedIsNotUsed() throws IOException {
    write(5);
    write(70);
    assertThat(files.loadNewest(139, reader -> check(reader, 5), this::note).sequence())
        .isEqualTo(5);
    assertThat(files.loadNewest(9, SnapshotFilesTest::refuse, this::note)).isNull();
    assertThat(damaged).isEmpty();
    // Damage is found in one that is not used all the same: it must not stand for the journal.
    storage.damage("snapshot-0000000000000000070.snap", 100_000, 1);
    assertThat(files.loadNewest(139, reader -> check(reader, 5), this::note).sequence())
        .isEqualTo(5);
    assertThat(damaged).hasSize(1);
  }

  @Test
  void aWrongSectionIsNamed() throws IOException {
    write(5);
    assertThatThrownBy(
            () -> files.loadNewest(Long.MAX_VALUE, reader -> reader.section("other"), this::note))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("section first, wanted other");
  }

  @Test
  void valuesThatNobodyTookAreNoticed() throws IOException {
    write(5);
    assertThatThrownBy(
            () ->
                files.loadNewest(
                    Long.MAX_VALUE,
                    reader -> {
                      reader.section("first");
                      reader.getLong();
                    },
                    this::note))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("values are left before the end");
  }

  /** A real directory, where another thread reads ahead. */
  @Test
  void readAheadItIsTheSame(@TempDir final Path directory) throws IOException {
    final int pages = 200;
    final String name = "snapshot-0000000000000000070.snap";
    try (DirectoryStorage real = DirectoryStorage.open(directory)) {
      final SnapshotFiles tested = new SnapshotFiles(real);
      for (final long sequence : new long[] {5, 70}) {
        tested.write(
            sink -> {
              sink.section("pages", 1);
              final long[] page = new long[8192];
              for (int i = 0; i < pages; i++) {
                Arrays.fill(page, sequence * i);
                sink.putLongs(page, 0, page.length);
              }
              return new SnapshotInfo(sequence, 0, 0, 0);
            });
      }
      final Consumer<SnapshotReader> load =
          reader -> {
            reader.section("pages");
            final long[] page = new long[8192];
            for (int i = 0; i < pages; i++) {
              reader.getLongs(page, 0, page.length);
              assertThat(page).containsOnly(reader.info().sequence() * i);
            }
          };
      assertThat(tested.loadNewest(Long.MAX_VALUE, load, this::note).sequence()).isEqualTo(70);
      // Given up in its middle, with runs on both sides: the thread ends all the same.
      assertThatThrownBy(
              () -> tested.loadNewest(Long.MAX_VALUE, reader -> reader.section("x"), this::note))
          .isInstanceOf(IllegalStateException.class);
      assertThat(damaged).isEmpty();
      try (Storage.StoredFile file = real.open(name)) {
        for (final long place : new long[] {100, 5_000_000, file.size() - 1}) {
          flip(file, place);
          assertThat(tested.loadNewest(Long.MAX_VALUE, load, this::note).sequence()).isEqualTo(5);
          flip(file, place);
        }
      }
      assertThat(damaged).hasSize(3).allSatisfy(e -> assertThat(e).hasMessageContaining(name));
    }
  }

  private static void flip(final Storage.StoredFile file, final long position) throws IOException {
    final ByteBuffer one = ByteBuffer.allocate(1);
    file.read(one, position);
    file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 4)}), position);
  }

  @Test
  void aFullDiskLeavesTheOldOnesAlone() throws IOException {
    write(5);
    storage.capacity(300_000);
    assertThatThrownBy(() -> write(70)).isInstanceOf(IOException.class);
    assertThat(storage.list()).containsExactly("snapshot-0000000000000000005.snap");
    checkNewest(5);
  }

  @Test
  void aCrashLeavesAWholeSnapshotOrNone() throws IOException {
    for (long seed = 1; seed <= 60; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final SimStorage sim = new SimStorage();
      final SnapshotFiles tested = new SnapshotFiles(sim);
      tested.write(
          sink -> {
            sink.section("a", 1);
            sink.putLong(1);
            return new SnapshotInfo(1, 1, 1, 1);
          });
      sim.stopAfter(random.nextInt(12));
      long expected = 1;
      try {
        tested.write(
            sink -> {
              sink.section("a", 1);
              sink.putLongs(new long[20_000], 0, 20_000);
              return new SnapshotInfo(2, 2, 2, 2);
            });
        expected = 2;
      } catch (final IOException e) {
        assertThat(e).hasMessageContaining("no power");
      }
      sim.crash(random);
      tested.clean();
      final SnapshotInfo loaded =
          tested.loadNewest(Long.MAX_VALUE, SnapshotReader::check, this::note);
      assertThat(loaded.sequence()).as("seed %s", seed).isGreaterThanOrEqualTo(expected);
      assertThat(damaged).as("seed %s", seed).isEmpty();
    }
  }
}
