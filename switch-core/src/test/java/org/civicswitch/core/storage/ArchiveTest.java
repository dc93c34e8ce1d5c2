package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.civicswitch.core.storage.JournalFixture.SMALL;
import static org.civicswitch.core.storage.JournalFixture.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveTest {
  private final SimStorage journalDisk = new SimStorage();
  private final SimStorage disk = new SimStorage();
  private List<SealedSegment> sealed;

  @BeforeEach
  void write() throws IOException {
    try (Journal journal = Journal.create(journalDisk, SMALL)) {
      append(journal, 2000, 4);
      sealed = journal.sealed();
    }
  }

  @Test
  void holdsTheSegmentsAndProvesThem() throws IOException {
    final Archive archive = Archive.open(disk);
    for (final SealedSegment segment : sealed) {
      archive.add(journalDisk, segment);
      archive.add(journalDisk, segment);
    }
    assertThat(archive.size()).isEqualTo(sealed.size());
    assertThat(archive.verify()).isEmpty();
    final Archive again = Archive.open(disk);
    assertThat(again.lastSequence()).isEqualTo(sealed.get(sealed.size() - 1).lastSequence());
    assertThat(again.lastLink()).isEqualTo(archive.lastLink()).hasSize(64);
    final ByteBuffer content = ByteBuffer.allocate((int) sealed.get(1).end());
    final ByteBuffer original = ByteBuffer.allocate((int) sealed.get(1).end());
    try (Storage.StoredFile file = journalDisk.open(sealed.get(1).fileName());
        Storage.StoredFile unpacked = again.open(sealed.get(1).fileName())) {
      file.read(original, 0);
      unpacked.read(content, 0);
      assertThat(unpacked.size()).isEqualTo(file.size());
    }
    assertThat(content.array()).isEqualTo(original.array());
  }

  @Test
  void theWholeJournalIsReadFromBothPlaces() throws IOException {
    final Archive archive = Archive.open(disk);
    for (final SealedSegment segment : sealed.subList(0, 3)) {
      archive.add(journalDisk, segment);
    }
    final long last = JournalFixture.readAll(journalDisk, 1);
    for (final SealedSegment segment : sealed.subList(0, 2)) {
      journalDisk.delete(segment.fileName());
    }
    final WholeJournal whole = new WholeJournal(journalDisk, archive);
    assertThat(JournalReader.firstSequence(whole)).isEqualTo(1);
    assertThat(JournalFixture.readAll(whole, 1)).isEqualTo(last);
    final long middle = sealed.get(1).firstSequence() + 5;
    assertThat(JournalFixture.readAll(whole, middle)).isEqualTo(last);
    disk.damage(Archive.fileName(2), 5000, 1);
    assertThatThrownBy(() -> JournalFixture.readAll(whole, 1))
        .isInstanceOf(StorageCorruptException.class);
    disk.delete(Archive.fileName(1));
    assertThatThrownBy(() -> JournalFixture.readAll(whole, middle))
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("the archived segment is missing");
  }

  @Test
  void changesAreFound() throws IOException {
    final Archive archive = Archive.open(disk);
    for (final SealedSegment segment : sealed) {
      archive.add(journalDisk, segment);
    }
    disk.damage(Archive.fileName(2), 5000, 1);
    disk.delete(Archive.fileName(3));
    assertThat(archive.verify()).hasSize(2);
    disk.damage(Archive.MANIFEST, 2, 1);
    assertThatThrownBy(() -> Archive.open(disk))
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("line 1 does not follow");
  }

  @Test
  void aDamagedSegmentIsNotTakenForEvidence() throws IOException {
    final Archive archive = Archive.open(disk);
    archive.add(journalDisk, sealed.get(0));
    journalDisk.damage(sealed.get(1).fileName(), 5000, 1);
    assertThatThrownBy(() -> archive.add(journalDisk, sealed.get(1)))
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining(sealed.get(1).fileName());
    assertThat(archive.size()).isEqualTo(1);
    journalDisk.damage(sealed.get(1).fileName(), 5000, 1);
    archive.add(journalDisk, sealed.get(1));
    assertThat(archive.verify()).isEmpty();
  }

  @Test
  void anUnreachableArchiveTakesNothingAndGoesOnLater() throws IOException {
    final Archive archive = Archive.open(disk);
    archive.add(journalDisk, sealed.get(0));
    disk.failForceAfter(0);
    assertThatThrownBy(() -> archive.add(journalDisk, sealed.get(1)))
        .isInstanceOf(IOException.class);
    disk.failForceAfter(-1);
    disk.capacity(Long.MAX_VALUE - disk.usableBytes() + 100);
    assertThatThrownBy(() -> archive.add(journalDisk, sealed.get(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    assertThat(archive.size()).isEqualTo(1);
    disk.capacity(Long.MAX_VALUE);
    archive.add(journalDisk, sealed.get(1));
    assertThat(archive.verify()).isEmpty();
  }

  @Test
  void aGapIsRefused() throws IOException {
    final Archive archive = Archive.open(disk);
    archive.add(journalDisk, sealed.get(0));
    assertThatThrownBy(() -> archive.add(journalDisk, sealed.get(2)))
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("it ends with segment 1, and segment 3 comes next");
  }

  @Test
  void anInterruptedAddIsDoneAgain() throws IOException {
    for (long seed = 1; seed <= 60; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final SimStorage sim = new SimStorage();
      int durable = 0;
      for (int life = 0; life < 4; life++) {
        sim.stopAfter(random.nextInt(20));
        try {
          final Archive archive = Archive.open(sim);
          assertThat(archive.size()).as("seed %s", seed).isGreaterThanOrEqualTo(durable);
          for (final SealedSegment segment : sealed) {
            archive.add(journalDisk, segment);
            durable = Math.max(durable, (int) segment.number());
          }
        } catch (final IOException e) {
          assertThat(e).hasMessageContaining("no power");
        }
        sim.crash(random);
      }
      final Archive archive = Archive.open(sim);
      for (final SealedSegment segment : sealed) {
        archive.add(journalDisk, segment);
      }
      assertThat(archive.verify()).as("seed %s", seed).isEmpty();
      assertThat(archive.size()).isEqualTo(sealed.size());
    }
  }
}
