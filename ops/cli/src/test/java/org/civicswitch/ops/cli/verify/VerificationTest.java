package org.civicswitch.ops.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.StorageCorruptException;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.PublishedKeys;
import org.civicswitch.ops.cli.world.Seeding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify finds in a directory that somebody has touched. */
@Tag("slow")
final class VerificationTest {
  private static final String FIRST_SEGMENT = "journal/journal-0000000000000000001.seg";

  @TempDir private Path data;

  private LocalSwitch open() throws IOException {
    return LocalSwitch.open(
        data,
        new SwitchEngine(),
        HostOptions.defaults(),
        JournalOptions.defaults().withSegmentBytes(JournalOptions.MIN_SEGMENT_BYTES),
        note -> {});
  }

  /** A small world; with more, so much that the first segment is archived. */
  private void live(final boolean more) throws Exception {
    try (LocalSwitch local = open()) {
      Seeding.apply(
          local,
          Genesis.commands(
              System.currentTimeMillis(),
              name -> new Digest256(1, 2, 3, name.hashCode()),
              PublishedKeys::of,
              0));
      local.host().requestSnapshot().get();
      for (int round = 0; more && round < 3; round++) {
        nonsense(local, 5);
        local.host().requestSnapshot().get();
      }
      nonsense(local, 1);
    }
  }

  /** Commands that are long and refused. */
  private static void nonsense(final LocalSwitch local, final int count) {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[60_000]);
    try (SwitchClient client = local.newClient()) {
      int answered = 0;
      int offered = 0;
      while (answered < count) {
        if (offered < count
            && client.offer(command, 0, command.capacity(), offered) == SwitchClient.ACCEPTED) {
          offered++;
        }
        answered += client.poll((id, outcome, offset, length) -> {}, 1);
      }
    }
  }

  private void flip(final Path file, final int at) throws IOException {
    final byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  private List<String> problems() throws IOException {
    return Verification.of(data).problems();
  }

  private Path only(final String directory, final String part) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve(directory))) {
      return files
          .filter(file -> file.getFileName().toString().contains(part))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  /** Every file with its size and time. */
  private Map<String, String> listing() throws IOException {
    final Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(data, FileVisitOption.FOLLOW_LINKS)) {
      for (final Path file : all.toList()) {
        files.put(
            file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
      }
    }
    return files;
  }

  @Test
  void aWholeDirectoryIsRightAndIsNotChanged() throws Exception {
    live(false);
    final Map<String, String> before = listing();
    final Verification found = Verification.of(data);
    assertThat(found.problems()).isEmpty();
    assertThat(found.notes()).isEmpty();
    assertThat(found.summary().commands()).isEqualTo(found.replayed());
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void oneWhoseBeginningIsArchivedIsReplayedOutOfTheArchive() throws Exception {
    live(true);
    assertThat(data.resolve(FIRST_SEGMENT)).doesNotExist();
    final Verification found = Verification.of(data);
    assertThat(found.problems()).isEmpty();
    assertThat(found.notes()).isEmpty();
    assertThat(found.summary().commands()).isEqualTo(found.replayed());
    final Path archived = only("archive", "001.seg.gz");
    Files.move(archived, data.resolve("elsewhere"), StandardCopyOption.ATOMIC_MOVE);
    final Verification without = Verification.of(data);
    assertThat(without.problems()).singleElement().asString().contains("is missing");
    assertThat(without.notes()).hasSize(2).first().asString().contains("begun from a snapshot");
    assertThat(without.stateHash()).isEqualTo(found.stateHash());
  }

  @Test
  void aLostFeedIsMadeAgainFromJournalAndArchive() throws Exception {
    live(true);
    assertThat(data.resolve(FIRST_SEGMENT)).doesNotExist();
    final List<String> before = events();
    DirectoryTree.delete(data.resolve("feed"));
    open().close();
    assertThat(events()).isEqualTo(before).hasSizeGreaterThan(50);
    assertThat(problems()).isEmpty();
    DirectoryTree.delete(data.resolve("feed"));
    DirectoryTree.delete(data.resolve("archive"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageCorruptException.class)
        .hasMessageContaining("sequence 1 is wanted");
  }

  private List<String> events() {
    final List<String> events = new ArrayList<>();
    try (FeedReader reader = FeedReaders.open(data.resolve("feed"), 1)) {
      final FeedReader.Handler handler =
          (sequence, event, offset, length) -> {
            final byte[] bytes = new byte[length];
            event.getBytes(offset, bytes);
            events.add(sequence + " " + HexFormat.of().formatHex(bytes));
          };
      while (reader.poll(handler, 100) > 0) {
        // to the end
      }
    }
    return events;
  }

  @Test
  void damageInTheFirstSegmentIsNotTakenForArchived() throws Exception {
    live(false);
    flip(data.resolve(FIRST_SEGMENT), 4096 + 40);
    assertThat(problems()).anyMatch(problem -> problem.contains("no valid entry of sequence 1"));
  }

  @Test
  void aDamagedSnapshotIsNamed() throws Exception {
    live(false);
    final Path snapshot = only("journal", ".snap");
    flip(snapshot, 200);
    assertThat(problems())
        .singleElement()
        .asString()
        .contains(snapshot.getFileName().toString(), "checksum");
  }

  @Test
  void aChangedEventIsFoundEvenWithARightChecksumAroundIt() throws Exception {
    live(false);
    final Path other = Files.createTempDirectory(data, "other");
    Files.move(data.resolve("feed"), other.resolve("feed"));
    final Path mine = data;
    data = other.resolve("world");
    live(false);
    Files.move(other.resolve("feed"), mine.resolve("feed-of-before"));
    // The same world, made a moment later: well-formed, and not what happened here.
    Files.move(data.resolve("feed"), mine.resolve("feed"));
    data = mine;
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("feed: event 1 is not the one that a replay gives");
  }

  @Test
  void aDirectoryInUseIsRefused() throws Exception {
    live(false);
    try (LocalSwitch local =
        LocalSwitch.open(
            data,
            new SwitchEngine(),
            HostOptions.defaults(),
            JournalOptions.defaults(),
            note -> {})) {
      assertThat(local.recovered().fresh()).isFalse();
      assertThatThrownBy(this::problems)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process");
    }
  }
}
