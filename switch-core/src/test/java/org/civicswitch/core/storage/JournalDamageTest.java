package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.civicswitch.core.storage.JournalFixture.SMALL;
import static org.civicswitch.core.storage.JournalFixture.append;
import static org.civicswitch.core.storage.JournalFixture.readAll;
import static org.civicswitch.core.storage.JournalFixture.segments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One test per row of the decision table in the package's README. */
class JournalDamageTest {
  private final SimStorage storage = new SimStorage();
  private final List<Long> places = new ArrayList<>();
  private List<String> names;

  /** Groups of four; the last one is 1297 to 1300. */
  @BeforeEach
  void write() throws IOException {
    try (Journal journal = Journal.create(storage, SMALL)) {
      append(journal, 1300, 4);
    }
    names = segments(storage);
    assertThat(names).hasSizeGreaterThan(2);
    try (SegmentWalk walk = new SegmentWalk(SegmentScanner.open(storage, last()), null)) {
      while (walk.next()) {
        places.add(walk.entry().place());
      }
    }
  }

  private String last() {
    return names.get(names.size() - 1);
  }

  /** Where the entry lies that is so many from the end of the last segment; 0 is the last. */
  private long placeFromEnd(final int back) {
    return places.get(places.size() - 1 - back);
  }

  private ThrowingCallable reading() {
    return () -> readAll(storage, 1);
  }

  /** Neither read nor continued. */
  private void refused(final String file, final String message) {
    refusedToRead(file, message);
    assertThatThrownBy(() -> Journal.resume(storage, SMALL).close())
        .isInstanceOf(StorageCorruptException.class);
  }

  private void refusedToRead(final String file, final String message) {
    assertThatThrownBy(reading())
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(message);
  }

  @Test
  void aGroupSharesNoSectorWithTheOneBefore() {
    for (int back = 3; back < places.size(); back += 4) {
      assertThat(placeFromEnd(back) % EntryFormat.SECTOR).isZero();
    }
  }

  @Test
  void theLastEntryDamagedIsATornTail() throws IOException {
    storage.damage(last(), placeFromEnd(0) + 33, 1);
    assertThat(readAll(storage, 1)).isEqualTo(1299);
    try (Journal journal = Journal.resume(storage, SMALL)) {
      assertThat(journal.committedSequence()).isEqualTo(1299);
      append(journal, 50, 5);
    }
    assertThat(readAll(storage, 1)).isEqualTo(1349);
  }

  @Test
  void aGroupTornInItsMiddleIsATornTail() throws IOException {
    storage.damage(last(), placeFromEnd(2) + 33, 1);
    assertThat(readAll(storage, 1)).isEqualTo(1297);
    try (JournalReader reader = JournalReader.open(storage, 1)) {
      while (reader.next()) {
        assertThat(reader.sequence()).isLessThan(1298);
      }
      assertThat(reader.torn()).isTrue();
    }
  }

  @Test
  void whatWasTornOffIsNeverReadAgain() throws IOException {
    storage.damage(last(), placeFromEnd(3) + 33, 1);
    for (int life = 0; life < 3; life++) {
      try (Journal journal = Journal.resume(storage, SMALL)) {
        assertThat(journal.committedSequence()).isEqualTo(1296 + life);
        append(journal, 1, 1);
      }
    }
    assertThat(readAll(storage, 1)).isEqualTo(1299);
  }

  @Test
  void aDamagedEntryBeforeALaterGroupIsAHole() {
    storage.damage(last(), placeFromEnd(4) + 33, 1);
    assertThatThrownBy(reading())
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining(last())
        .hasMessageContaining("offset " + placeFromEnd(4))
        .hasMessageContaining("no valid entry of sequence 1296")
        .hasMessageContaining("was written after it was durable")
        .hasMessageContaining("Put the segment back from a copy");
    refused(last(), "no valid entry of sequence 1296");
  }

  @Test
  void aDamagedEntryInASealedSegmentIsAHole() {
    storage.damage(names.get(1), 4096 + 33, 1);
    refusedToRead(names.get(1), "proves that there was one");
  }

  @Test
  void aDamagedLengthIsLikeADamagedEntry() {
    storage.damage(last(), placeFromEnd(4), 0x7f);
    refused(last(), "no valid entry of sequence 1296");
  }

  @Test
  void aDamagedHeaderStops() {
    storage.damage(last(), 45, 1);
    refused(last(), "the header's checksum does not match");
  }

  @Test
  void anotherKindOfFileStops() {
    storage.damage(last(), 0, 1);
    refused(last(), "not a journal segment");
  }

  @Test
  void aNewerAndAnOlderFormatStop() {
    storage.damage(last(), 8, 2);
    refused(last(), "journal format 3 is newer than format 1");
    storage.damage(last(), 8, 3);
    refused(last(), "journal format 0 is older than format 1");
  }

  @Test
  void aMissingSegmentInTheMiddleStops() throws IOException {
    storage.delete(names.get(1));
    refused(names.get(1), "the segment is missing between 1 and 3");
  }

  @Test
  void theMissingLastSegmentStops() throws IOException {
    storage.delete(last());
    refused(last(), "the segment is missing");
  }

  @Test
  void swappedSegmentsStop() throws IOException {
    storage.rename(names.get(0), "x");
    storage.rename(names.get(1), names.get(0));
    storage.rename("x", names.get(1));
    refused(names.get(0), "files were swapped");
  }

  @Test
  void aTruncatedSegmentStops() throws IOException {
    try (Storage.StoredFile file = storage.open(names.get(1))) {
      file.truncate(50_000);
    }
    refused(names.get(1), "the file is truncated: 50000 of 131072 bytes");
    try (Storage.StoredFile file = storage.open(names.get(1))) {
      file.truncate(100);
    }
    refused(names.get(1), "the file is truncated: 100 bytes");
  }

  @Test
  void anEntryOfAnotherSequenceStops() throws IOException {
    rewrite(
        last(),
        placeFromEnd(4),
        entry -> entry.putLong(EntryFormat.SEQUENCE, 4711),
        placeFromEnd(4));
    refused(last(), "an entry of sequence 4711 where 1296 belongs");
  }

  @Test
  void anEntryAtAnotherPlaceIsNoEntry() throws IOException {
    final ByteBuffer entry = read(last(), placeFromEnd(3), 512);
    try (Storage.StoredFile file = storage.open(last())) {
      file.write(entry, placeFromEnd(7));
    }
    refused(last(), "no valid entry of sequence 1293");
  }

  @Test
  void aSegmentOfAnotherLifeStops() throws IOException {
    // Right in itself, but not the one that its successor continues.
    rewrite(
        names.get(0),
        4096,
        entry -> entry.putLong(EntryFormat.TIME, JournalFixture.time(1)).put(32, (byte) 99),
        4096);
    assertThatThrownBy(
            () -> {
              try (JournalReader reader = JournalReader.open(storage, 1)) {
                while (reader.next()) {
                  assertThat(reader.sequence()).isPositive();
                }
              }
            })
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("the entries are not the ones that segment 2 continues");
  }

  private ByteBuffer read(final String name, final long place, final int bytes) throws IOException {
    final ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try (Storage.StoredFile file = storage.open(name)) {
      file.read(buffer, place);
    }
    return buffer.flip();
  }

  /** Changes an entry and gives it a checksum that is right. */
  private void rewrite(
      final String name,
      final long place,
      final java.util.function.Consumer<ByteBuffer> change,
      final long saltPlace)
      throws IOException {
    final ByteBuffer entry = read(name, place, 1024);
    change.accept(entry);
    final int length = entry.getInt(0);
    final CRC32C crc = new CRC32C();
    crc.update(
        entry.duplicate().limit(EntryFormat.HEADER_BYTES + length).position(EntryFormat.SEQUENCE));
    try (Storage.StoredFile file = storage.open(name)) {
      final long nonce = SegmentHeader.read(file, name).nonce();
      entry.putInt(
          EntryFormat.CRC, (int) crc.getValue() ^ EntryFormat.salt(nonce, saltPlace, length));
      file.write(entry.position(0).limit(EntryFormat.size(length)), place);
    }
  }
}
