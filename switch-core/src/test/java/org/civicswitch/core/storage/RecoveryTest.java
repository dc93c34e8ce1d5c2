package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.civicswitch.core.storage.JournalFixture.SMALL;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.QuarantineEncoder;
import org.civicswitch.core.sim.SimStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
  private final SimStorage storage = new SimStorage();
  private final List<Long> feed = new ArrayList<>();

  private ToySwitch start() throws IOException {
    return new ToySwitch(storage, SMALL, feed);
  }

  private void write(final String name, final String text) throws IOException {
    try (Storage.StoredFile file = storage.open(name)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(JournalFixture.ascii(text)), 0);
    }
  }

  @Test
  void aFreshDirectoryBeginsAndAStartedOneGoesOn(@TempDir final Path directory) throws IOException {
    final long hash;
    try (DirectoryStorage disk = DirectoryStorage.open(directory)) {
      try (ToySwitch toy = new ToySwitch(disk, SMALL, feed)) {
        assertThat(toy.recovered.fresh()).isTrue();
        toy.take(300, 7);
        toy.snapshot();
        toy.take(100, 7);
        hash = toy.engine.stateHash();
      }
      try (ToySwitch toy = new ToySwitch(disk, SMALL, feed)) {
        assertThat(toy.recovered.fresh()).isFalse();
        assertThat(toy.recovered.snapshotSequence()).isEqualTo(300);
        assertThat(toy.recovered.replayed()).isEqualTo(100);
        assertThat(toy.engine.stateHash()).isEqualTo(hash);
        assertThat(toy.notes).isEmpty();
      }
    }
  }

  @Test
  void snapshotAndTailGiveTheSameAsTheWholeJournal() throws IOException {
    final long hash;
    try (ToySwitch toy = start()) {
      toy.take(300, 7);
      toy.snapshot();
      toy.take(100, 7);
      hash = toy.engine.stateHash();
    }
    for (final long snapshot : new long[] {300, 0}) {
      final ToyEngine engine = new ToyEngine();
      final long replayed =
          new Recovery(storage, note -> {}).read(engine, snapshot, ReplayVisitor.NONE);
      assertThat(replayed).isEqualTo(400 - snapshot);
      assertThat(engine.stateHash()).isEqualTo(hash);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDamagedNewestSnapshotCostsOnlyTime(final boolean atItsEnd) throws IOException {
    final long hash;
    try (ToySwitch toy = start()) {
      toy.take(100, 7);
      toy.snapshot();
      toy.take(100, 7);
      toy.snapshot();
      hash = toy.engine.stateHash();
    }
    damage(SnapshotFormat.fileName(200), atItsEnd);
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.snapshotSequence()).isEqualTo(100);
      assertThat(toy.notes).singleElement().asString().contains("snapshot skipped");
      assertThat(toy.engine.stateHash()).isEqualTo(hash);
    }
    damage(SnapshotFormat.fileName(100), atItsEnd);
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.snapshotSequence()).isZero();
      assertThat(toy.engine.stateHash()).isEqualTo(hash);
    }
  }

  /** At its end the damage is found when everything else has been read. */
  private void damage(final String name, final boolean atItsEnd) throws IOException {
    try (Storage.StoredFile file = storage.open(name)) {
      storage.damage(name, atItsEnd ? file.size() - 1 : 100, 1);
    }
  }

  @Test
  void aDamagedSnapshotNeverCoversTheJournal() throws IOException {
    final SnapshotFiles snapshots = new SnapshotFiles(storage);
    try (ToySwitch toy = start()) {
      for (int i = 0; i < 2; i++) {
        toy.take(100, 7);
        toy.snapshot();
      }
    }
    storage.damage(SnapshotFormat.fileName(200), 100, 1);
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.snapshotSequence()).isEqualTo(100);
      assertThat(storage.list()).contains("damaged-" + SnapshotFormat.fileName(200));
      assertThat(snapshots.coveredSequence()).isZero();
      toy.take(100, 7);
      toy.snapshot();
      // The older of two that can be started from, and that one is still there.
      assertThat(snapshots.coveredSequence()).isEqualTo(100);
    }
    storage.damage(SnapshotFormat.fileName(300), 100, 1);
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.snapshotSequence()).isEqualTo(100);
    }
  }

  @Test
  void eventsThatTheFeedLostComeAgainOnce() throws IOException {
    final List<Long> whole;
    try (ToySwitch toy = start()) {
      toy.take(100, 7);
      toy.snapshot();
      toy.take(100, 7);
      whole = new ArrayList<>(feed);
      toy.snapshot();
    }
    feed.subList(whole.size() - 30, whole.size()).clear();
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.snapshotSequence()).isEqualTo(100);
      assertThat(feed).isEqualTo(whole);
    }
    feed.clear();
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.snapshotSequence()).isZero();
      assertThat(feed).isEqualTo(whole);
    }
  }

  @Test
  void aJournalBehindItsSnapshotStops() throws IOException {
    final SimStorage other = new SimStorage();
    try (ToySwitch toy = start();
        ToySwitch longer = new ToySwitch(other, SMALL, new ArrayList<>())) {
      toy.take(50, 7);
      longer.take(80, 7);
      longer.snapshot();
    }
    final String name = SnapshotFormat.fileName(80);
    try (Storage.StoredFile from = other.open(name);
        Storage.StoredFile to = storage.open(name)) {
      final ByteBuffer all = ByteBuffer.allocate((int) from.size());
      from.read(all, 0);
      to.write(all.flip(), 0);
    }
    assertThatThrownBy(() -> new ToySwitch(storage, SMALL, longFeed()))
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("the journal ends at sequence 50, and there is a snapshot of")
        .hasMessageContaining("sequence 80");
  }

  private static List<Long> longFeed() {
    return new ArrayList<>(java.util.Collections.nCopies(1000, 1L));
  }

  @Test
  void aDirectoryOfAnotherFormatSaysWhatItFound() throws IOException {
    start().close();
    write(DataFormat.FILE, "civicswitch data format " + (DataFormat.VERSION + 1) + "\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(StorageFormatException.class)
        .hasMessageContaining("FORMAT")
        .hasMessageContaining(
            "data format %d is newer than format %d", DataFormat.VERSION + 1, DataFormat.VERSION);
    write(DataFormat.FILE, "civicswitch data format 1\n");
    assertThatThrownBy(this::start)
        .hasMessageContaining("data format 1 is older than format %d", DataFormat.VERSION);
    write(DataFormat.FILE, "civicswitch data format x\n");
    assertThatThrownBy(this::start).hasMessageContaining("\"x\" is no version");
    write(DataFormat.FILE, "holiday pictures");
    assertThatThrownBy(this::start).hasMessageContaining("it says \"holiday pictures\"");
  }

  @Test
  void aMissingFormatOrJournalStops() throws IOException {
    try (ToySwitch toy = start()) {
      toy.take(10, 2);
    }
    storage.rename(DataFormat.FILE, "away");
    assertThatThrownBy(this::start)
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("the file is missing, and the directory is not empty");
    storage.rename("away", DataFormat.FILE);
    for (final String name : JournalFixture.segments(storage)) {
      storage.delete(name);
    }
    assertThatThrownBy(this::start).hasMessageContaining("has no journal");
  }

  @Test
  void aFirstStartThatWasInterruptedIsDoneAgain() throws IOException {
    start().close();
    storage.delete(DataFormat.FILE);
    try (ToySwitch toy = start()) {
      assertThat(toy.recovered.fresh()).isTrue();
      toy.take(5, 1);
    }
    assertThat(storage.list()).contains(DataFormat.FILE);
  }

  @Test
  void aPoisonedCommandStopsUntilItIsQuarantined() throws IOException {
    final byte[] poison = new byte[20];
    poison[0] = ToyEngine.POISON;
    try (ToySwitch toy = start()) {
      toy.take(10, 2);
      assertThatThrownBy(() -> toy.take(poison)).isInstanceOf(IllegalArgumentException.class);
      toy.journal.commit();
    }
    assertThatThrownBy(this::start)
        .isInstanceOf(PoisonedCommandException.class)
        .hasMessageContaining("failed on command 11")
        .hasMessageContaining("quarantine sequence 11");

    final UnsafeBuffer command = new UnsafeBuffer(new byte[1024]);
    final QuarantineEncoder quarantine = new QuarantineEncoder();
    quarantine.wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
    quarantine.quarantinedSequence(11);
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + quarantine.encodedLength();
    assertThat(QuarantineFiles.write(storage, command, 0, length)).isEqualTo(11);
    final long hash;
    try (ToySwitch toy = start()) {
      assertThat(toy.engine.sequence()).isEqualTo(11);
      toy.take(10, 2);
      hash = toy.engine.stateHash();
    }
    try (ToySwitch toy = start()) {
      assertThat(toy.engine.stateHash()).isEqualTo(hash);
    }
    final ToyEngine strict = new ToyEngine();
    strict.refuseQuarantine();
    assertThatThrownBy(() -> new Recovery(storage, n -> {}).read(strict, 0, ReplayVisitor.NONE))
        .hasMessageContaining("refuses the quarantine of sequence 11: OPERATOR_UNKNOWN");
    storage.damage("quarantine-0000000000000000011.cmd", 40, 1);
    assertThatThrownBy(this::start)
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("not a whole Quarantine command");
    assertThatThrownBy(() -> QuarantineFiles.write(storage, new UnsafeBuffer(poison), 0, 20))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
