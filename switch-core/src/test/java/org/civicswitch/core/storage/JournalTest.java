package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.civicswitch.core.storage.JournalFixture.SMALL;
import static org.civicswitch.core.storage.JournalFixture.append;
import static org.civicswitch.core.storage.JournalFixture.readAll;
import static org.civicswitch.core.storage.JournalFixture.segments;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @Test
  void readsBackWhatWasCommittedOverManySegmentsOnARealDisk(@TempDir final Path directory)
      throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      try (Journal journal = Journal.create(storage, SMALL)) {
        append(journal, 3000, 7);
        assertThat(journal.committedSequence()).isEqualTo(3000);
        assertThat(journal.sealed()).hasSizeGreaterThan(3);
      }
      assertThat(readAll(storage, 1)).isEqualTo(3000);
      assertThat(readAll(storage, 1777)).isEqualTo(3000);
    }
  }

  @Test
  void goesOnWhereItStoppedEveryTime() throws IOException {
    final SimStorage storage = new SimStorage();
    Journal.create(storage, SMALL).close();
    for (int life = 0; life < 20; life++) {
      try (Journal journal = Journal.resume(storage, SMALL)) {
        assertThat(journal.committedSequence()).isEqualTo(life * 11L);
        append(journal, 11, 3);
      }
    }
    assertThat(readAll(storage, 1)).isEqualTo(220);
  }

  @Test
  void startsWithoutCommandsLeaveOneSegment() throws IOException {
    final SimStorage storage = new SimStorage();
    Journal.create(storage, SMALL).close();
    for (int i = 0; i < 5; i++) {
      Journal.resume(storage, SMALL).close();
    }
    assertThat(segments(storage)).hasSize(1);
  }

  @Test
  void uncommittedCommandsDoNotExist() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      append(journal, 5, 5);
      append(journal, 6);
      assertThat(journal.committedSequence()).isEqualTo(5);
    }
    assertThat(readAll(storage, 1)).isEqualTo(5);
  }

  @Test
  void recyclesRetiredSegmentsAndNeverReadsTheirOldEntries() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      append(journal, 2000, 5);
      final long first = journal.sealed().get(2).firstSequence();
      journal.retire(journal.sealed().get(0));
      journal.retire(journal.sealed().get(0));
      assertThat(storage.list()).filteredOn(n -> n.startsWith("spare-")).hasSize(2);
      append(journal, 2000, 5);
      assertThat(storage.list()).noneMatch(n -> n.startsWith("spare-"));
      assertThat(readAll(storage, first)).isEqualTo(4000);
    }
    assertThatThrownBy(() -> readAll(storage, 1))
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("sequence 1 is wanted and the first in the journal is");
  }

  @Test
  void provesAllButItsLastGroupToBeDurable() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      assertThat(JournalReader.provenSequence(storage)).isZero();
      append(journal, 3, 3);
      assertThat(JournalReader.provenSequence(storage)).isZero();
      append(journal, 2, 2);
      assertThat(JournalReader.provenSequence(storage)).isEqualTo(3);
      for (int i = 0; i < 300; i++) {
        append(journal, 7, 7);
        assertThat(JournalReader.provenSequence(storage))
            .isBetween(journal.committedSequence() - 7, journal.committedSequence());
      }
      assertThat(journal.sealed()).isNotEmpty();
    }
  }

  @Test
  void onlyTheOldestSegmentCanBeRetired() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      append(journal, 2000, 5);
      final SealedSegment second = journal.sealed().get(1);
      assertThatThrownBy(() -> journal.retire(second)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPreparedSpareIsUsedByTheNextRoll() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      journal.prepareSpare();
      journal.prepareSpare();
      assertThat(storage.list()).filteredOn(n -> n.startsWith("spare-")).hasSize(1);
      append(journal, 1000, 5);
      assertThat(storage.list()).noneMatch(n -> n.startsWith("spare-"));
    }
  }

  @Test
  void aSpareThatDoesNotFitLeavesTheRoomToOthers() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      storage.capacity(Long.MAX_VALUE - storage.usableBytes() + 100_000);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(journal::prepareSpare)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("No space left");
        assertThat(storage.usableBytes()).isEqualTo(100_000);
      }
      append(journal, 10, 5);
    }
  }

  @Test
  void aFailedForceKillsTheJournalForGood() throws IOException {
    final SimStorage storage = new SimStorage();
    final Journal journal = Journal.create(storage, SMALL);
    append(journal, 10, 2);
    storage.failForceAfter(0);
    append(journal, 11);
    assertThatThrownBy(journal::commit)
        .isInstanceOf(JournalFailedException.class)
        .hasMessageContaining("Input/output error")
        .hasMessageContaining("sequence 11");
    storage.failForceAfter(-1);
    assertThatThrownBy(journal::commit).isInstanceOf(JournalFailedException.class);
    assertThatThrownBy(() -> append(journal, 12)).isInstanceOf(JournalFailedException.class);
    assertThat(journal.committedSequence()).isEqualTo(10);
  }

  @Test
  void aSpareWhoseForceFailedIsNotUsedAgain() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      final SimStorage storage = new SimStorage();
      final Journal journal = Journal.create(storage, SMALL);
      journal.prepareSpare();
      storage.failForceAfter(2);
      assertThatThrownBy(() -> append(journal, 2000, 2000))
          .isInstanceOf(JournalFailedException.class)
          .hasMessageContaining("no new journal segment could be made");
      final long committed = journal.committedSequence();
      storage.kill();
      Journal.resume(storage, SMALL).close();
      storage.crash(new SplittableRandom(seed));
      assertThat(readAll(storage, 1)).as("seed %s", seed).isGreaterThanOrEqualTo(committed);
    }
  }

  @Test
  void aSegmentOfAnotherLifeIsNotUsedAgain() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      final SimStorage storage = new SimStorage();
      final Journal journal = Journal.create(storage, SMALL);
      append(journal, 100, 5);
      storage.failForceAfter(0);
      assertThatThrownBy(() -> append(journal, 5, 5)).isInstanceOf(JournalFailedException.class);
      storage.kill();
      try (Journal again = Journal.resume(storage, SMALL)) {
        again.retire(again.sealed().get(0));
        assertThat(storage.list()).noneMatch(SegmentFiles::isSpare);
        append(again, 2000, 5);
        storage.crash(new SplittableRandom(seed));
        assertThat(readAll(storage, again.sealed().get(0).firstSequence()))
            .as("seed %s", seed)
            .isEqualTo(again.committedSequence());
      }
    }
  }

  @Test
  void aFullDiskStopsAtTheRollAndLosesNothingCommitted() throws IOException {
    final SimStorage storage = new SimStorage();
    final Journal journal = Journal.create(storage, SMALL);
    storage.capacity(300 * 1024);
    assertThatThrownBy(() -> append(journal, 5000, 5))
        .isInstanceOf(JournalFailedException.class)
        .hasMessageContaining("No space left on device");
    final long committed = journal.committedSequence();
    storage.kill();
    storage.capacity(Long.MAX_VALUE);
    assertThat(readAll(storage, 1)).isEqualTo(committed);
    try (Journal again = Journal.resume(storage, SMALL)) {
      append(again, 100, 5);
    }
    assertThat(readAll(storage, 1)).isEqualTo(committed + 100);
  }

  @Test
  void limitsAreHeld() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Journal.MAX_ENTRY_BYTES + 1]);
      assertThat(journal.append(1, 1, buffer, 0, Journal.MAX_ENTRY_BYTES)).isTrue();
      assertThat(journal.append(2, 1, buffer, 0, Journal.MAX_ENTRY_BYTES)).isFalse();
      journal.commit();
      assertThat(journal.append(2, 1, buffer, 0, Journal.MAX_ENTRY_BYTES)).isTrue();
      assertThatThrownBy(() -> journal.append(3, 1, buffer, 0, Journal.MAX_ENTRY_BYTES + 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> journal.append(3, 1, buffer, 0, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> journal.append(4, 1, buffer, 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not follow");
    }
    assertThatThrownBy(() -> SMALL.withSegmentBytes(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("segmentBytes");
  }

  @Test
  void aReaderWithALimitDoesNotLookBehindIt() throws IOException {
    final SimStorage storage = new SimStorage();
    try (Journal journal = Journal.create(storage, SMALL)) {
      append(journal, 50, 5);
      try (JournalReader reader = JournalReader.open(storage, 20, 30)) {
        long count = 0;
        while (reader.next()) {
          count++;
        }
        assertThat(count).isEqualTo(11);
        assertThat(reader.lastSequence()).isEqualTo(30);
      }
    }
  }

  @Test
  void appendAndCommitAllocateNothing(@TempDir final Path directory) throws IOException {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final UnsafeBuffer command = new UnsafeBuffer(new byte[200]);
    try (DirectoryStorage storage = DirectoryStorage.open(directory);
        Journal journal = Journal.create(storage, SMALL.withSegmentBytes(16 << 20))) {
      final long id = Thread.currentThread().getId();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        final long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 5000; i++) {
          journal.append(journal.appendedSequence() + 1, i, command, 0, 200);
          if (i % 50 == 0) {
            journal.commit();
          }
        }
        journal.commit();
        least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
      }
      // Warming up may allocate; one object per command would be 80,000 bytes in every round.
      assertThat(least).isLessThan(2000);
    }
  }
}
